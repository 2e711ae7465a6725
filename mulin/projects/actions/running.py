"""While a project runs: progress, delays with their reason, supervision, another owner."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.actions import record
from mulin.projects.actions.telling import locked, tell
from mulin.projects.models import Note, Owner, Project
from mulin.projects.queries import hand_over_choices, owner_people
from mulin.projects.rules import may_hand_over, may_report, may_supervise


def _written(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError(_("Write a sentence."))
    return text


@transaction.atomic
def note_progress(project: Project, *, by: Person, text: str) -> Note:
    """Write down what happened."""
    project = locked(project)
    may_report(by, project).require()
    note = Note.objects.create(
        written_at=timezone.now(), project=project, by=by, text=_written(text)
    )
    record("project_noted", project, by=by, text=note.text)
    return note


@transaction.atomic
def explain_delay(project: Project, *, by: Person, reason: str, new_due_on: datetime.date) -> Note:
    """Say why the date can't be kept, and which one will be. The first promise stays on record.

    Raises ValidationError without a reason or with a date that is past or not a later one.
    """
    project = locked(project)
    may_report(by, project).require()
    if new_due_on <= max(project.due_on, timezone.localdate() - datetime.timedelta(days=1)):
        raise ValidationError(_("Give a new date after the one promised, today or later."))
    note = Note.objects.create(
        written_at=timezone.now(),
        project=project,
        by=by,
        text=_written(reason),
        is_late_reason=True,
        new_due_on=new_due_on,
    )
    record("project_delayed", project, by=by, text=note.text, was=project.due_on, due_on=new_due_on)
    Project.objects.filter(pk=project.pk).update(due_on=new_due_on, version=F("version") + 1)
    tell(
        [person for person in owner_people(project) if person != by],
        f"project_delayed:{note.pk}",
        format_lazy(_("Another date for “{title}”"), title=project.title),
        project=project,
        body=note.text,
        why=_("You answer for it on your side."),
    )
    return note


@transaction.atomic
def supervise(project: Project, *, by: Person, text: str) -> Note:
    """Leave a supervisor's word; the owners are told. It changes no state."""
    project = locked(project)
    may_supervise(by, project).require()
    note = Note.objects.create(
        written_at=timezone.now(), project=project, by=by, text=_written(text), is_supervision=True
    )
    record("project_supervised", project, by=by, text=note.text)
    tell(
        owner_people(project),
        f"project_supervised:{note.pk}",
        format_lazy(_("A supervisor's word on “{title}”"), title=project.title),
        project=project,
        body=note.text,
        why=_("You answer for it on your side."),
    )
    return note


@transaction.atomic
def hand_over_owner(owner: Owner, *, by: Person, to: Person) -> Owner:
    """Let another person of the same unit answer for the project from now on.

    Raises ValidationError when that person doesn't answer for the unit.
    """
    project = locked(owner.project)
    owner = Owner.objects.select_related("organisation", "person", "project").get(pk=owner.pk)
    may_hand_over(by, owner).require()
    if not hand_over_choices(owner).filter(pk=to.pk).exists():
        raise ValidationError(_("Choose a person who answers for this unit."))
    before, owner.person = owner.person, to
    owner.save(update_fields=["person"])
    record(
        "owner_handed_over",
        project,
        by=by,
        was=str(before or ""),
        now=str(to),
        unit=owner.organisation.name,
    )
    tell(
        [to],
        f"owner:{owner.pk}:{to.pk}:{timezone.now():%F %T}",
        format_lazy(_("You now answer for “{title}”"), title=project.title),
        project=project,
    )
    return owner
