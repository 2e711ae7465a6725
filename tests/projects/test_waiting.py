"""What lies on the desks of owners, askers and coordinators."""

import datetime

from django.utils import timezone

from mulin.alliance.queries import Standing
from mulin.projects.actions import answer_acceptance, report_done
from mulin.projects.models import Project
from mulin.projects.waiting import held_by_others, waiting_for


def titles(tasks) -> list[str]:
    return [str(task.title) for task in tasks]


def due_in(project: Project, days: int) -> None:
    day = timezone.localdate() + datetime.timedelta(days=days)
    Project.objects.filter(pk=project.pk).update(due_on=day)


def test_waiting_for_leaves_owners_alone_until_a_week_before(street):
    project = street.open()
    due_in(project, 8)
    assert waiting_for(Standing(street.people["firm"])) == []
    due_in(project, 7)
    assert [task.due_on for task in waiting_for(Standing(street.people["firm"]))] == [
        timezone.localdate() + datetime.timedelta(days=7)
    ]


def test_waiting_for_asks_the_askers_until_they_answer(street):
    project = street.open()
    report_done(project, by=street.people["firm"], words="好了")
    (task,) = waiting_for(Standing(street.people["first"]))
    assert [answer.fields for answer in task.answers] == [
        {"answer": "accepted"},
        {"answer": "objected"},
    ]
    one = project.acceptances.get(organisation=street.first)
    answer_acceptance(one, by=street.people["first"], answer="accepted")
    assert waiting_for(Standing(street.people["first"])) == []


def test_waiting_for_brings_an_objection_back_to_the_owner(street):
    project = street.open(street.first)
    report_done(project, by=street.people["firm"], words="好了")
    one = project.acceptances.get()
    answer_acceptance(one, by=street.people["first"], answer="objected", words="松的")
    assert [task.detail for task in waiting_for(Standing(street.people["firm"]))] == ["松的"]


def test_held_by_others_shows_coordinators_what_is_late_elsewhere(street):
    project = street.open()
    project.owners.filter(side=street.south).delete()
    due_in(project, -3)
    assert [task.tone for task in held_by_others(Standing(street.people["south"]))] == ["late"]
    assert held_by_others(Standing(street.people["second"])) == []
