"""The desk, the alliance at a glance and the public page, over the example."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.projects.models import Acceptance, Project

pytestmark = pytest.mark.django_db


def signed_in(client, name: str) -> Person:
    person = Person.objects.get(username=name)
    client.force_login(person)
    return person


def text_of(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_public_leads_to_the_only_alliance(client, example):
    assert client.get("/").url == "/a/qingshan/"


def test_public_leads_to_sign_in_without_an_alliance(client, example):
    Alliance.objects.update(is_public=False)
    assert client.get("/").url == reverse("account_login")


def test_public_alliance_names_no_person(client, example):
    page = text_of(client, "home:public_alliance", "qingshan", all="")
    named = [name for name in Person.objects.values_list("name", flat=True) if name in page]
    assert named == []


def test_public_alliance_puts_late_promises_first(client, example):
    response = client.get("/a/qingshan/?all")
    states = [project.look_state for project in response.context["shown"]]
    assert states == sorted(states, key=["late", "agreed", "checking", "done"].index)
    assert states[0] == "late"


def test_public_alliance_hides_one_that_is_not_public(client, example):
    Alliance.objects.update(is_public=False)
    assert client.get("/a/qingshan/").status_code == 404


@pytest.mark.parametrize("page", ["home:desk", "home:alliance", "home:overview"])
@pytest.mark.parametrize("who", ["honggang", "xingou", "liaison", "secretary", "supervisor"])
def test_pages_open_for_every_role(client, example, page, who):
    signed_in(client, who)
    text_of(client, page)


def test_desk_answers_an_acceptance_on_the_spot(client, example):
    signed_in(client, "secretary")
    asked = Acceptance.objects.get(project__title__contains="晾衣架")
    assert reverse("projects:accept", args=[asked.pk]) in text_of(client, "home:desk")
    said = {"answer": "accepted", "next": "/desk/"}
    response = client.post(reverse("projects:accept", args=[asked.pk]), said)
    asked.project.refresh_from_db()
    assert (response.url, asked.project.state) == ("/desk/", "closed")


def test_desk_says_when_nothing_waits(client, example):
    signed_in(client, "supervisor")
    assert client.get("/desk/").context["days"] == []


def test_alliance_figures_open_as_many_rows_as_they_say(client, example):
    signed_in(client, "honggang")
    promises = client.get("/our/").context["promises"]
    rows = client.get("/projects/?state=all&due=month").context["page"].paginator.count
    assert rows == len(promises.projects)


def test_story_is_hidden_from_strangers(client, example):
    Person.objects.create_user("stranger", name="x")
    signed_in(client, "stranger")
    project = Project.objects.first()
    assert client.get(reverse("home:story", args=[project.pk])).status_code == 404
    assert client.get(reverse("projects:project", args=[project.pk])).status_code == 404


def test_accept_goes_nowhere_else_than_here(client, example):
    signed_in(client, "secretary")
    asked = Acceptance.objects.get(project__title__contains="晾衣架")
    said = {"answer": "objected", "reason": "", "next": "https://elsewhere.example/"}
    response = client.post(reverse("projects:accept", args=[asked.pk]), said)
    assert response.url == reverse("projects:project", args=[asked.project_id])
    assert len(list(get_messages(response.wsgi_request))) == 1
