"""Asking the silent once more, and handing out a link that answers for a unit."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.queries import people_answering_for
from mulin.history.actions import record
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice
from mulin.projects.actions.acceptances import ask_person, personal_path
from mulin.projects.actions.telling import locked
from mulin.projects.models import Acceptance, Project
from mulin.projects.queries import silent_of
from mulin.projects.rules import may_hand_out_link, may_remind


@transaction.atomic
def remind_silent(project: Project, *, by: Person) -> list[Acceptance]:
    """Ask the units that haven't answered once more, each person at most once a day.

    Returns the acceptances still unanswered.
    """
    project = locked(project)
    may_remind(by, project).require()
    silent = silent_of(project)
    for row in silent:
        key = f"acceptance_again:{row.pk}:{timezone.localdate()}"
        for person in people_answering_for(row.organisation):
            ask_person(person, project, row, key, "")
    record("acceptance_reminded", project, by=by, units=[row.organisation.name for row in silent])
    return silent


@transaction.atomic
def hand_out_link(acceptance: Acceptance, *, by: Person) -> list[tuple[Person, str]]:
    """A fresh personal link for everyone who answers for the unit, to be passed on by hand.

    It stands in the project's story and in those people's inbox: a link can't be used quietly.
    """
    project = locked(acceptance.project)
    acceptance = Acceptance.objects.select_related(
        "project__alliance", "organisation__successor"
    ).get(pk=acceptance.pk)
    may_hand_out_link(by, acceptance).require()
    people = people_answering_for(acceptance.organisation)
    record("acceptance_link", project, by=by, unit=acceptance.organisation.name)
    _tell_of_link(people, acceptance, by=by)
    return [(person, personal_path(acceptance, person)) for person in people]


def _tell_of_link(people: list[Person], acceptance: Acceptance, *, by: Person) -> None:
    notice = Notice(
        key=f"acceptance_link:{acceptance.pk}:{timezone.now():%F %T}",
        title=format_lazy(
            _("{name} has a link for you: is “{title}” done?"),
            name=by.name,
            title=acceptance.project.title,
        ),
        body=_("It answers in your name, once. If it doesn't reach you, answer here instead."),
        url=reverse("projects:project", args=[acceptance.project_id]),
        why=format_lazy(_("You answer for {unit}."), unit=acceptance.organisation.name),
        scope=acceptance.project.alliance_id,
    )
    notify([person for person in people if person != by], notice)
