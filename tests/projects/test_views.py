"""Answering by a personal link, without signing in."""

import pytest
from django.urls import reverse

from mulin.accounts.models import AnswerLink, Person
from mulin.notifications.models import Message
from mulin.projects.actions import report_done
from mulin.projects.models import Project


@pytest.fixture
def asked(street) -> tuple[Project, str]:
    """A delivered project with one asker, and that asker's link."""
    project = street.open(street.first)
    Person.objects.filter(pk=street.people["first"].pk).update(email="a@b.example")
    report_done(project, by=street.people["firm"], words="装好了")
    body = Message.objects.get(key__startswith="code:").body
    return project, body[body.index("/projects/") :]


def state_of(project: Project) -> str:
    project.refresh_from_db()
    return project.state


def test_answer_link_asks_without_sign_in(client, asked):
    project, url = asked
    page = client.get(url)
    assert (page.status_code, project.title in page.content.decode()) == (200, True)


def test_answer_link_accepts_once(client, asked):
    project, url = asked
    assert client.post(url, {"answer": "accepted"}).url == url
    assert (state_of(project), AnswerLink.objects.usable().count()) == ("closed", 0)
    client.post(url, {"answer": "objected", "reason": "x"})
    assert state_of(project) == "closed"


def test_answer_link_stays_usable_after_an_objection_without_words(client, asked):
    project, url = asked
    assert client.post(url, {"answer": "objected", "reason": " "}).status_code == 422
    assert (state_of(project), AnswerLink.objects.usable().count()) == ("delivered", 1)


def test_answer_link_of_another_post_holder_is_refused(client, asked, street):
    project, url = asked
    street.people["first"].posts.all().delete()
    assert client.post(url, {"answer": "accepted"}).status_code == 422
    assert state_of(project) == "delivered"


def test_answer_link_unknown_is_not_found(client, db):
    assert client.get(reverse("projects:answer", args=["nobody"])).status_code == 404


def test_project_page_shows_forms_to_owners_only(client, street):
    url = reverse("projects:project", args=[street.open().pk])
    client.force_login(street.people["firm"])
    assert set(client.get(url).context["forms"]) == {"note", "delay", "done"}
    client.force_login(street.people["first"])
    assert client.get(url).context["forms"] == {}
    client.force_login(street.people["guide"])
    assert set(client.get(url).context["forms"]) == {"word"}


def test_delay_without_a_reason_shows_the_page_again(client, street):
    project = street.open()
    client.force_login(street.people["firm"])
    response = client.post(reverse("projects:delay", args=[project.pk]), {"delay-reason": ""})
    assert (response.status_code, project.notes.count()) == (422, 0)


def test_steps_of_owners_are_written(client, street):
    project = street.open()
    client.force_login(street.people["firm"])
    client.post(reverse("projects:note", args=[project.pk]), {"note-text": "在装"})
    client.post(reverse("projects:done", args=[project.pk]), {"done-words": "好了"})
    assert (project.notes.get().text, state_of(project)) == ("在装", "delivered")


def test_projects_lists_what_is_asked_for(client, street):
    client.force_login(street.people["firm"])
    street.open()
    url = reverse("projects:projects")
    counts = [len(client.get(url, q).context["page"]) for q in ({}, {"state": "late"}, {"mine": 1})]
    assert counts == [1, 0, 1]
    client.force_login(street.people["first"])
    assert len(client.get(url, {"mine": 1}).context["page"]) == 0
