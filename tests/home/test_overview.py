"""The overview: each figure opens as many rows as it says; supervisors speak in place."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mulin.history.models import Event
from mulin.lists.models import Comment, Item
from mulin.projects.models import Acceptance, Note, Project
from tests.factories.things import make_item, make_project

pytestmark = pytest.mark.django_db
OVERVIEW = reverse("home:overview")
LONG_AGO = timezone.localdate() - datetime.timedelta(days=3)
LINK = re.compile(r'class="figure-link" href="([^"]+)"[^>]*>(\d+)<')


@pytest.fixture
def busy(cast) -> Project:
    """Needs in several states, a resource, and a silent acceptance."""
    for state in ("published", "published", "parked", "expired", "draft"):
        make_item(cast, state=state)
    make_item(cast, kind="resource")
    project = make_project(cast)
    Acceptance.objects.create(project=project, organisation=cast.member, answer_by=LONG_AGO)
    return project


def rows_of(client, url: str) -> int:
    context = client.get(url).context
    return context["total"] if "total" in context else context["page"].paginator.count


def test_figures_open_as_many_rows_as_they_say(client, cast, busy):
    client.force_login(cast.sun)
    links = LINK.findall(client.get(OVERVIEW).content.decode())
    said = [(address.partition("?")[0], int(number)) for address, number in links]
    found = [(address.partition("?")[0], rows_of(client, address)) for address, _ in links]
    assert said == [("/lists/", 3), ("/lists/resources/", 1), ("/projects/", 1)]
    assert found == said


def test_state_figures_open_as_many_projects_as_they_say(client, cast, busy):
    make_project(cast, number="X-2")
    Project.objects.filter(number="X-2").update(due_on=LONG_AGO)
    client.force_login(cast.sun)
    states = dict(client.get(OVERVIEW).context["states"])
    words = {"late": "late", "agreed": "running", "checking": "delivered", "done": "closed"}
    found = {state: rows_of(client, f"/projects/?state={word}") for state, word in words.items()}
    assert found == states == {"late": 1, "agreed": 1, "checking": 0, "done": 0}


def test_open_needs_count_what_their_list_shows(client, cast, busy):
    client.force_login(cast.sun)
    assert client.get(reverse("home:alliance")).context["needs"].count == rows_of(client, "/lists/")


def test_supervisor_speaks_in_place_on_a_project_and_an_item(client, cast, busy):
    client.force_login(cast.sun)
    item = Item.objects.filter(state="published").first()
    project = reverse("projects:word", args=[busy.pk])
    said = client.post(project, {"word-text": "抓紧", "next": OVERVIEW})
    commented = client.post(
        reverse("lists:comment", args=[item.pk]), {"text": "看过", "next": OVERVIEW}
    )
    assert (said.url, commented.url) == (OVERVIEW, OVERVIEW)
    assert (Note.objects.get().text, Comment.objects.get().text) == ("抓紧", "看过")
    shown = [row["word"].text for row in client.get(OVERVIEW).context["words"]]
    assert shown == ["看过", "抓紧"]


def test_overview_offers_words_to_supervisors_alone(client, cast, busy):
    client.force_login(cast.mei)
    assert "word-text" not in client.get(OVERVIEW).content.decode()
    before = Event.objects.count()
    answer = client.post(reverse("projects:word", args=[busy.pk]), {"word-text": "x"})
    assert (answer.status_code, Event.objects.count()) == (403, before)


@pytest.mark.parametrize("unit", ["x", "0" * 40, "00000000-0000-0000-0000-000000000000"])
def test_projects_bear_any_unit(client, cast, busy, unit):
    client.force_login(cast.sun)
    assert rows_of(client, f"/projects/?state=all&silent={unit}") == 1


def test_parts_of_open_needs_open_as_many_rows_as_they_say(client, cast):
    today = timezone.localdate()
    for days in (-1, 0, 30, 31, 60, 61, 400):
        make_item(cast, asked_on=today - datetime.timedelta(days=days))
    client.force_login(cast.sun)
    needs = client.get(reverse("home:alliance")).context["needs"]
    said = [number for number, _, _ in needs.parts]
    assert [rows_of(client, link) for link in needs.links] == said == [3, 2, 2]
    assert rows_of(client, "/lists/?age=over30") == needs.over_a_month == 4


def test_lists_bear_any_age(client, cast):
    make_item(cast)
    client.force_login(cast.sun)
    assert rows_of(client, "/lists/?age=x") == 1


def test_parts_of_promises_open_as_many_rows_as_they_say(client, cast):
    today = timezone.localdate()
    for n, state in enumerate(["running", "running", "delivered", "closed"]):
        make_project(cast, number=f"X-{n}")
        due = today if n else today.replace(day=1)
        Project.objects.filter(number=f"X-{n}").update(state=state, due_on=due)
    client.force_login(cast.sun)
    said = client.get(reverse("home:alliance")).context["promises"]
    words = ("closed", "late", "delivered", "running")
    found = [rows_of(client, f"/projects/?due=month&state={word}") for word in words]
    assert found == [said.met, said.late, said.waiting, said.not_due]


def test_all_needs_waiting_too_long_are_named_in_ochre(client, cast):
    today = timezone.localdate()
    for days in (*range(91, 98), 40, 3):
        make_item(cast, title=f"需求{days}", asked_on=today - datetime.timedelta(days=days))
    client.force_login(cast.sun)
    page = client.get(OVERVIEW)
    named = [need.title for need in page.context["longest"]]
    assert named == [f"需求{days}" for days in range(97, 90, -1)]
    assert page.content.decode().count('<span class="late">9') == 7
