"""Reminding the silent, and the links that answer for a unit: who gets them, what is recorded."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mulin.accounts.models import AnswerLink, Person
from mulin.history.models import Event
from mulin.notifications.models import Message
from mulin.projects.actions import answer_acceptance, hand_out_link, remind_silent, report_done
from mulin.projects.models import Project


@pytest.fixture
def delivered(street) -> Project:
    """Reported done; `first` and `second`, both of the south, are asked."""
    project = street.open()
    report_done(project, by=street.people["firm"], words="好了")
    return project


def page(client, project: Project, person: Person):
    client.force_login(person)
    return client.get(reverse("projects:project", args=[project.pk]))


def test_remind_silent_asks_those_still_missing_once_a_day(delivered, street):
    asked = delivered.acceptances.get(organisation=street.first)
    answer_acceptance(asked, by=street.people["first"], answer="accepted")
    for _ in range(2):
        silent = remind_silent(delivered, by=street.people["firm"])
    again = Message.objects.filter(key__startswith="acceptance_again:")
    assert [row.organisation for row in silent] == [street.second]
    assert [message.person for message in again] == [street.people["second"]]
    assert Event.objects.filter(verb="acceptance_reminded").count() == 2


@pytest.mark.parametrize("who", ["first", "guide"])
def test_remind_silent_is_for_owners_and_coordinators(delivered, street, who):
    with pytest.raises(PermissionDenied):
        remind_silent(delivered, by=street.people[who])


@pytest.mark.parametrize("who", ["firm", "north", "first", "guide"])
def test_hand_out_link_is_refused_to_who_does_the_work_and_to_strangers(delivered, street, who):
    asked = delivered.acceptances.get(organisation=street.first)
    with pytest.raises(PermissionDenied):
        hand_out_link(asked, by=street.people[who])
    assert AnswerLink.objects.count() == 0


def test_hand_out_link_answers_for_the_unit_and_its_people_are_told(client, delivered, street):
    asked = delivered.acceptances.get(organisation=street.first)
    ((person, path),) = hand_out_link(asked, by=street.people["south"])
    told = Message.objects.get(key__startswith="acceptance_link:")
    assert (person, told.person) == (street.people["first"], street.people["first"])
    client.post(path, {"answer": "accepted"})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("accepted", person)


def test_hand_out_link_ends_with_the_answer(delivered, street):
    asked = delivered.acceptances.get(organisation=street.first)
    answer_acceptance(asked, by=street.people["first"], answer="accepted")
    with pytest.raises(PermissionDenied):
        hand_out_link(asked, by=street.people["south"])


def test_project_page_names_the_missing_to_those_who_may_remind(client, delivered, street):
    asked = delivered.acceptances.get(organisation=street.first)
    answer_acceptance(asked, by=street.people["first"], answer="accepted")
    words = page(client, delivered, street.people["firm"]).context["reminder"]
    assert (street.second.name in words, street.first.name in words) == (True, False)
    assert f"{asked.answer_by:%Y-%m-%d}" in words
    assert "reminder" not in page(client, delivered, street.people["guide"]).context


def test_project_page_offers_links_to_the_asking_side_alone(client, delivered, street):
    offered = {
        who: [
            one["may_link"] for one in page(client, delivered, street.people[who]).context["rounds"]
        ]
        for who in ("south", "north", "firm")
    }
    assert offered == {"south": [True, True], "north": [False, False], "firm": [False, False]}


def test_personal_link_is_shown_once(client, delivered, street):
    asked = delivered.acceptances.get(organisation=street.first)
    client.force_login(street.people["south"])
    shown = client.post(reverse("projects:personal_link", args=[asked.pk]))
    ((_, address),) = shown.context["links"]
    assert shown["Cache-Control"].startswith("max-age=0")
    assert address in shown.content.decode()
    assert address not in page(client, delivered, street.people["south"]).content.decode()


def test_remind_says_how_many(client, delivered, street):
    client.force_login(street.people["north"])
    answer = client.post(reverse("projects:remind", args=[delivered.pk]), follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["已提醒 2 家。"]
    assert (
        timezone.localdate().isoformat()
        in Message.objects.filter(key__startswith="acceptance_again:").first().key
    )
