"""The count of what waits, on every page; and answers that stay on the desk with their undo."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mulin.home import context
from mulin.home.answered import SESSION_KEY
from mulin.projects.models import Acceptance, Project
from tests.factories.things import SOON, make_project

pytestmark = pytest.mark.django_db
DESK = reverse("home:desk")


@pytest.fixture
def asked(cast) -> Acceptance:
    """Mei's unit and another are asked whether a project is done."""
    project = make_project(cast)
    Project.objects.update(state=Project.State.DELIVERED)
    Acceptance.objects.create(
        project=project, organisation=cast.other_side.organisation, answer_by=SOON
    )
    return Acceptance.objects.create(project=project, organisation=cast.member, answer_by=SOON)


def answer(client, asked: Acceptance):
    """Accept as the desk's button does; the desk that follows."""
    said = {"answer": "accepted", "next": f"{DESK}?done={asked.answer_by}"}
    return client.post(reverse("projects:accept", args=[asked.pk]), said, follow=True)


def rows(page) -> list[tuple]:
    return [(row.day, row.undo) for day in page.context["days"] for row in day.answered]


def test_answer_stays_on_the_desk_with_its_undo(client, cast, asked):
    client.force_login(cast.mei)
    page = answer(client, asked)
    undo = reverse("projects:take_back", args=[asked.pk])
    assert (page.redirect_chain[-1][0], rows(page)) == (DESK, [(asked.answer_by, undo)])
    assert [message.level_tag for message in page.context["messages"]] == []


def test_answer_taken_back_on_the_desk_waits_again(client, cast, asked):
    client.force_login(cast.mei)
    ((_, undo),) = rows(answer(client, asked))
    page = client.post(undo, {"next": f"{DESK}?undone={undo}"}, follow=True)
    asked.refresh_from_db()
    assert (asked.answer, rows(page), page.context["waiting_count"]) == ("", [], 1)


def test_answer_leaves_the_desk_after_ten_minutes(client, cast, asked):
    client.force_login(cast.mei)
    answer(client, asked)
    session = client.session
    old = (timezone.now() - datetime.timedelta(minutes=11)).isoformat()
    session[SESSION_KEY] = [[*row[:3], old] for row in session[SESSION_KEY]]
    session.save()
    assert rows(client.get(DESK)) == []
    assert client.session[SESSION_KEY] == []


def test_refusal_on_the_desk_stays_a_notice(client, cast, asked):
    client.force_login(cast.mei)
    said = {"answer": "objected", "reason": "", "next": f"{DESK}?done={asked.answer_by}"}
    page = client.post(reverse("projects:accept", args=[asked.pk]), said, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert rows(page) == []


@pytest.mark.parametrize("day", ["", "x", "2026-13-01", "not-a-date"])
def test_desk_bears_any_day(client, cast, asked, day):
    client.force_login(cast.mei)
    assert client.get(DESK, {"done": day}, follow=True).status_code == 200


def test_every_page_counts_what_waits_and_says_it(client, cast, asked):
    client.force_login(cast.mei)
    page = client.get(reverse("notifications:inbox")).content.decode()
    assert page.count('<span class="unseen">，有 1 件等您答复</span>') == 2


def test_own_answer_counts_at_once_elsewhere(client, cast, asked):
    client.force_login(cast.mei)
    inbox = reverse("notifications:inbox")
    assert context.count_waiting(cast.mei) == 1
    client.post(reverse("projects:accept", args=[asked.pk]), {"answer": "accepted"})
    assert "件等您答复" not in client.get(inbox).content.decode()


def test_count_costs_one_query_while_it_is_remembered(cast, asked):
    context.count_waiting(cast.mei)
    with CaptureQueriesContext(connection) as queries:
        assert context.count_waiting(cast.mei) == 1
    assert len(queries) == 1
