"""Projects from their opening to the acceptance by those who asked."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from mulin.accounts.models import AnswerLink, Person
from mulin.alliance.models import Organisation
from mulin.history.models import Link
from mulin.notifications.models import Message
from mulin.projects.actions import (
    answer_acceptance,
    close_due_acceptances,
    explain_delay,
    hand_over_owner,
    note_progress,
    open_project,
    report_done,
    supervise,
    take_back_answer,
)
from mulin.projects.models import Acceptance, Project
from tests.projects.conftest import person_of

YESTERDAY = datetime.timedelta(days=-1)


def state_of(project: Project) -> str:
    project.refresh_from_db()
    return project.state


def delivered(street, *askers) -> tuple[Project, list[Acceptance]]:
    project = street.open(*askers)
    report_done(project, by=street.people["firm"], words="装好了")
    return project, list(project.acceptances.order_by("organisation__name"))


def pass_deadline(project: Project) -> None:
    project.acceptances.update(answer_by=timezone.localdate() + YESTERDAY)


def test_open_project_numbers_by_year_and_counts_on(street):
    year = timezone.localdate().year
    assert [street.open().number, street.open().number] == [f"XM-{year}-001", f"XM-{year}-002"]


def test_open_project_lets_the_other_sides_coordinator_answer_for_it(street):
    owners = street.open().owners.all()
    assert [(o.side, o.organisation.name, str(o.person)) for o in owners] == [
        (street.north, "示例厂", "firm"),
        (street.south, "南街", "south"),
    ]


def test_open_project_links_what_led_to_it(street):
    project = street.open()
    assert list(Link.objects.values_list("cause", "effect")) == [(street.first.pk, project.pk)]


def test_open_project_needs_an_asker(street):
    with pytest.raises(ValueError, match="asked for it"):
        open_project(
            alliance=street.alliance, title="x", due_on=timezone.localdate(), owners=[],
            askers=[], by=None, origin=street.first,
        )  # fmt: skip


def test_report_done_asks_every_asker_within_two_weeks(street):
    project, asked = delivered(street)
    by = timezone.localdate() + datetime.timedelta(days=14)
    assert [(a.organisation.name, a.answer, a.answer_by, a.round) for a in asked] == [
        ("一社区", "", by, 1),
        ("二社区", "", by, 1),
    ]
    assert state_of(project) == "delivered"


def test_report_done_sends_each_asker_a_personal_link(street):
    Person.objects.filter(name__in=["first", "second"]).update(email="a@b.example")
    _project, asked = delivered(street)
    links = AnswerLink.objects.filter(purpose="acceptance").values_list("person__name", "subject")
    assert set(links) == {("first", asked[0].pk), ("second", asked[1].pk)}
    bodies = Message.objects.filter(key__startswith="code:").values_list("body", flat=True)
    assert all("/projects/answer/" in body for body in bodies)


def test_report_done_leads_people_without_an_address_to_the_project(street):
    project, _asked = delivered(street, street.first)
    message = Message.objects.get(key__startswith="acceptance:")
    assert (message.url, message.body) == (f"/projects/{project.pk}/", "装好了")


def test_report_done_tells_the_coordinator_of_a_unit_without_people(street):
    street.people["first"].posts.all().delete()
    delivered(street, street.first)
    told = Message.objects.filter(key__startswith="acceptance_nobody").values_list("person__name")
    assert list(told) == [("south",)]


def test_answer_acceptance_closes_at_once_when_all_accept(street):
    project, (one, two) = delivered(street)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    assert state_of(project) == "delivered"
    answer_acceptance(two, by=street.people["second"], answer="accepted")
    assert state_of(project) == "closed"


def test_answer_acceptance_counts_a_second_answer_once(street):
    _project, (one, _two) = delivered(street)
    stale = Acceptance.objects.get(pk=one.pk)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    with pytest.raises(PermissionDenied):
        answer_acceptance(stale, by=street.people["first"], answer="objected", words="没有")
    assert Acceptance.objects.get(pk=one.pk).answer == "accepted"


def test_answer_acceptance_sees_what_another_answered_meanwhile(street):
    project, (one, two) = delivered(street)
    stale = Acceptance.objects.select_related("project").get(pk=two.pk)
    answer_acceptance(one, by=street.people["first"], answer="objected", words="松的")
    with pytest.raises(PermissionDenied):
        answer_acceptance(stale, by=street.people["second"], answer="accepted")
    assert state_of(project) == "running"


def test_answer_acceptance_reopens_on_an_objection_and_asks_all_again(street):
    project, (one, _two) = delivered(street)
    answer_acceptance(one, by=street.people["first"], answer="objected", words="两根松的")
    report_done(project, by=street.people["firm"], words="修好了")
    rounds = project.acceptances.values_list("round", "organisation__name", "answer")
    assert sorted(rounds) == [
        (1, "一社区", "objected"), (1, "二社区", ""), (2, "一社区", ""), (2, "二社区", ""),
    ]  # fmt: skip


def test_answer_acceptance_wants_words_with_an_objection(street):
    _project, (one, _two) = delivered(street)
    with pytest.raises(ValidationError):
        answer_acceptance(one, by=street.people["first"], answer="objected", words=" ")


@pytest.mark.parametrize("who", ["firm", "north", "south", "guide", "second"])
def test_answer_acceptance_is_for_the_asker_only(street, who):
    project, (one,) = delivered(street, street.first)
    with pytest.raises(PermissionDenied):
        answer_acceptance(one, by=street.people[who], answer="accepted")
    assert state_of(project) == "delivered"


def test_answer_acceptance_lets_the_successor_act(street):
    heir = Organisation.objects.create(name="新社区", kind="community")
    Organisation.objects.filter(pk=street.first.pk).update(
        dissolved_on=timezone.localdate(), successor=heir
    )
    project, (one,) = delivered(street, Organisation.objects.get(pk=street.first.pk))
    answer_acceptance(one, by=person_of(heir, "heir"), answer="accepted")
    assert state_of(project) == "closed"


def test_close_due_acceptances_closes_with_one_yes_and_shows_the_silence(street):
    project, (one, two) = delivered(street)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    pass_deadline(project)
    assert (close_due_acceptances(), state_of(project)) == (1, "closed")
    assert Acceptance.objects.get(pk=two.pk).answer == ""


def test_close_due_acceptances_waits_for_the_last_day_to_end(street):
    project, (one, _two) = delivered(street)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    project.acceptances.update(answer_by=timezone.localdate())
    assert (close_due_acceptances(), state_of(project)) == (0, "delivered")


def test_close_due_acceptances_never_takes_silence_for_a_yes(street):
    project, _asked = delivered(street)
    pass_deadline(project)
    assert (close_due_acceptances(), state_of(project)) == (0, "delivered")


def test_answer_acceptance_after_the_last_day_closes_at_once(street):
    project, (one, _two) = delivered(street)
    pass_deadline(project)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    assert state_of(project) == "closed"


def test_take_back_answer_until_the_project_is_closed(street):
    project, (one, two) = delivered(street)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    take_back_answer(one, by=street.people["first"])
    answer_acceptance(two, by=street.people["second"], answer="accepted")
    assert state_of(project) == "delivered"


def test_explain_delay_moves_the_date_and_keeps_the_first_promise(street):
    project = street.open()
    first = project.due_on
    later = first + datetime.timedelta(days=5)
    explain_delay(project, by=street.people["firm"], reason="等货", new_due_on=later)
    project.refresh_from_db()
    assert (project.due_on, project.first_due_on, project.was_moved) == (later, first, True)


def test_explain_delay_refuses_an_earlier_date(street):
    project = street.open()
    with pytest.raises(ValidationError):
        explain_delay(project, by=street.people["firm"], reason="等货", new_due_on=project.due_on)


@pytest.mark.parametrize("who", ["first", "north", "guide"])
def test_note_progress_is_for_owners(street, who):
    with pytest.raises(PermissionDenied):
        note_progress(street.open(), by=street.people[who], text="x")


def test_supervise_writes_a_word_and_changes_no_state(street):
    project = street.open()
    note = supervise(project, by=street.people["guide"], text="抓紧")
    assert (note.is_supervision, state_of(project)) == (True, "running")


def test_hand_over_owner_only_within_the_unit(street):
    owner = street.open().owners.get(organisation=street.firm)
    with pytest.raises(ValidationError):
        hand_over_owner(owner, by=street.people["firm"], to=street.people["first"])
    heir = person_of(street.firm, "heir")
    assert hand_over_owner(owner, by=street.people["firm"], to=heir).person == heir
