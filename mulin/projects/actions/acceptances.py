"""The end of a project: those who asked say whether it is done, and nobody else can close it."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.actions import issue_link
from mulin.accounts.models import Person
from mulin.alliance.models import Organisation
from mulin.alliance.queries import coordinators_of, people_answering_for, side_of
from mulin.history.actions import record
from mulin.history.models import Event
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice
from mulin.projects.actions.telling import locked, tell
from mulin.projects.models import Acceptance, Project
from mulin.projects.queries import current_acceptances, current_round, owner_people
from mulin.projects.rules import may_answer, may_report, may_take_back

ANSWER_DAYS = 14
LATE_ANSWER_DAYS = 60
PURPOSE = "acceptance"


@transaction.atomic
def report_done(
    project: Project, *, by: Person, words: str, answer_by: datetime.date | None = None
) -> list[Acceptance]:
    """Report the work done, which asks every unit that asked to accept it: a new round.

    answer_by: the last day to answer (default: two weeks from today).
    """
    project = locked(project)
    may_report(by, project).require()
    answer_by = answer_by or timezone.localdate() + datetime.timedelta(days=ANSWER_DAYS)
    if answer_by < timezone.localdate():
        raise ValidationError(_("Give those who asked until today at least."))
    number = current_round(project) + 1
    Project.objects.filter(pk=project.pk).update(
        state=Project.State.DELIVERED, delivered_at=timezone.now(), version=F("version") + 1
    )
    askers = [one.organisation for one in project.askers.select_related("organisation__successor")]
    record(
        "project_delivered", project, by=by, text=words.strip(), answer_by=answer_by, round=number,
        asked=[asker.name for asker in askers],
    )  # fmt: skip
    return [_ask(project, asker, number, answer_by, words) for asker in askers]


def _ask(
    project: Project, organisation: Organisation, number: int, answer_by: datetime.date, words: str
) -> Acceptance:
    acceptance = Acceptance.objects.create(
        project=project,
        organisation=organisation,
        round=number,
        answer_by=answer_by,
        asked_at=timezone.now(),
    )
    people = people_answering_for(organisation)
    for person in people:
        ask_person(person, project, acceptance, f"acceptance:{acceptance.pk}", words.strip())
    if not people:
        _tell_of_nobody(project, acceptance)
    return acceptance


def ask_person(
    person: Person, project: Project, acceptance: Acceptance, key: str, words: str
) -> None:
    """A letter with a personal link where there is an address, else a notice in the inbox.

    The link's token goes into the letter's erasable body only: no copy of it stays stored.
    """
    by_letter = bool(person.email and person.wants_email)
    link = settings.SITE_URL + personal_path(acceptance, person) if by_letter else ""
    notice = Notice(
        key=f"code:{key}" if by_letter else key,
        title=format_lazy(_("Is “{title}” done as you asked?"), title=project.title),
        body="\n\n".join(part for part in (words, link) if part),
        url="" if by_letter else reverse("projects:project", args=[project.pk]),
        why=format_lazy(_("{unit} asked for it."), unit=acceptance.organisation.name),
        scope=project.alliance_id,
        secret=by_letter,
    )
    notify([person], notice)


def personal_path(acceptance: Acceptance, person: Person) -> str:
    """A fresh personal link of this person to this acceptance; its token is stored as a hash."""
    days = (acceptance.answer_by - timezone.localdate()).days + LATE_ANSWER_DAYS
    token = issue_link(person, purpose=PURPOSE, subject=acceptance.pk, days=days)
    return reverse("projects:answer", args=[token])


def _tell_of_nobody(project: Project, acceptance: Acceptance) -> None:
    """A unit without a person can't answer: its coordinators can name one, not answer for it."""
    side = side_of(acceptance.organisation.acting(), project.alliance)
    tell(
        coordinators_of(side) if side else [],
        f"acceptance_nobody:{acceptance.pk}",
        format_lazy(_("Nobody answers for {unit}"), unit=acceptance.organisation.name),
        project=project,
        body=_("It asked for this project and has to say whether it is done. Name a liaison."),
    )


@transaction.atomic
def answer_acceptance(
    acceptance: Acceptance, *, by: Person, answer: str, words: str = ""
) -> Acceptance:
    """Say that it is done as asked, or what isn't yet.

    answer: "accepted" or "objected"; an objection needs words (ValidationError) and reopens the
    project. Once all have accepted it closes; after the last day one acceptance is enough.
    """
    project = locked(acceptance.project)
    acceptance = Acceptance.objects.select_related("project", "organisation__successor").get(
        pk=acceptance.pk
    )
    may_answer(by, acceptance).require()
    if answer not in (Acceptance.Answer.ACCEPTED, Acceptance.Answer.OBJECTED):
        raise ValidationError(_("Choose one of the two answers."))
    words = words.strip()
    if answer == Acceptance.Answer.OBJECTED and not words:
        raise ValidationError(_("Say in a sentence what is missing."))
    acceptance.answer, acceptance.words = answer, words
    acceptance.answered_by, acceptance.answered_at = by, timezone.now()
    acceptance.save(update_fields=["answer", "words", "answered_by", "answered_at"])
    verb = f"acceptance_{answer}"
    record(verb, project, by=by, unit=acceptance.organisation.name, text=words)
    if answer == Acceptance.Answer.OBJECTED:
        _reopen(project, acceptance)
    else:
        _close_if_settled(project)
    return acceptance


@transaction.atomic
def take_back_answer(acceptance: Acceptance, *, by: Person) -> Acceptance:
    """Take an acceptance back while the project is still waiting for others."""
    project = locked(acceptance.project)
    acceptance = Acceptance.objects.select_related("project", "organisation__successor").get(
        pk=acceptance.pk
    )
    may_take_back(by, acceptance).require()
    acceptance.answer, acceptance.words = Acceptance.Answer.SILENT, ""
    acceptance.answered_by = acceptance.answered_at = None
    acceptance.save(update_fields=["answer", "words", "answered_by", "answered_at"])
    record("acceptance_taken_back", project, by=by, unit=acceptance.organisation.name)
    return acceptance


def _reopen(project: Project, objection: Acceptance) -> None:
    """An objection keeps the project open; the next report asks everybody again."""
    Project.objects.filter(pk=project.pk).update(
        state=Project.State.RUNNING, delivered_at=None, version=F("version") + 1
    )
    current_acceptances(project).filter(answer="").update(ended_at=timezone.now())
    tell(
        owner_people(project),
        f"objected:{objection.pk}",
        format_lazy(
            _("{unit}: “{title}” isn't done yet"),
            unit=objection.organisation.name,
            title=project.title,
        ),
        project=project,
        body=objection.words,
        why=_("You answer for it on your side."),
    )


def _close_if_settled(project: Project) -> bool:
    """Close when all have accepted; after the last day, when one has and none objected."""
    asked = list(current_acceptances(project))
    answers = {row.answer for row in asked}
    over = all(row.answer_by < timezone.localdate() for row in asked)
    accepted, objected, silent = (value in answers for value in ("accepted", "objected", ""))
    if objected or not accepted or (silent and not over):
        return False
    Project.objects.filter(pk=project.pk).update(
        state=Project.State.CLOSED, closed_at=timezone.now(), version=F("version") + 1
    )
    silences = [row.organisation.name for row in asked if not row.answer]
    record("project_closed", project, by=None, silent=silences, accepted=len(asked) - len(silences))
    askers = {p for row in asked for p in people_answering_for(row.organisation)}
    tell(
        {*owner_people(project), *askers},
        f"project_closed:{project.pk}",
        format_lazy(_("Closed: {title}"), title=project.title),
        project=project,
        body=_("Those who asked have accepted it."),
    )
    return True


def close_due_acceptances() -> int:
    """Close delivered projects whose last day to answer has passed; returns how many closed.

    Where nobody answered, the project stays awaiting: silence is never taken for a yes.
    """
    due = Project.objects.filter(
        state=Project.State.DELIVERED, acceptances__answer_by__lt=timezone.localdate()
    )
    return sum(_close_due(project) for project in due.distinct())


@transaction.atomic
def _close_due(project: Project) -> bool:
    project = locked(project)
    if project.state != Project.State.DELIVERED:
        return False
    closed = _close_if_settled(project)
    if not closed:
        _record_silence(project)
    return closed


def _record_silence(project: Project) -> None:
    """Write down, once a round, who hasn't answered by the last day."""
    silent = [row for row in current_acceptances(project) if not row.answer]
    over = [row.organisation.name for row in silent if row.answer_by < timezone.localdate()]
    told = Event.objects.filter(
        subject=project.pk, verb="acceptance_silent", happened_at__gte=project.delivered_at
    )
    if over and not told.exists():
        record("acceptance_silent", project, by=None, silent=over)
