"""What waits for a person about projects, and what they wait for in others' hands."""

import datetime

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.alliance.queries import Standing
from mulin.alliance.wording import in_a_row
from mulin.notifications.notices import Answer, Waiting
from mulin.projects.models import Acceptance, Owner, Project
from mulin.projects.queries import asked_of, owned_by

SOON = datetime.timedelta(days=7)
AT_MOST = 20


def waiting_for(standing: Standing) -> list[Waiting]:
    """Acceptances to answer, objections to mend, and promises late or due within a week."""
    today, bodies = timezone.localdate(), standing.bodies
    due = (
        Project.objects.filter(owned_by(standing.person, bodies), state=Project.State.RUNNING)
        .filter(Q(due_on__lte=today + SOON) | Q(acceptances__answer=Acceptance.Answer.OBJECTED))
        .distinct()
    )
    objected = Acceptance.objects.filter(answer=Acceptance.Answer.OBJECTED).order_by("-answered_at")
    due = due.prefetch_related(Prefetch("acceptances", objected, to_attr="objections"))
    asked = [_acceptance(row) for row in asked_of(bodies)[:AT_MOST]]
    return asked + [_promise(project) for project in due[:AT_MOST]]


def _acceptance(acceptance: Acceptance) -> Waiting:
    url = reverse("projects:accept", args=[acceptance.pk])
    return Waiting(
        seal="项",
        title=format_lazy(_("Is “{title}” done as you asked?"), title=acceptance.project.title),
        due_on=acceptance.answer_by,
        detail=format_lazy(
            _("{unit} asked for it. Only you can close it."), unit=acceptance.organisation.name
        ),
        url=reverse("projects:project", args=[acceptance.project_id]),
        answers=(
            Answer(_("Done as asked"), url, fields={"answer": "accepted"}),
            Answer(
                pgettext_lazy("project", "Not done yet"),
                url,
                fields={"answer": "objected"},
                asks=_("What is missing?"),
            ),
        ),
    )


def _promise(project: Project) -> Waiting:
    url = reverse("projects:project", args=[project.pk])
    objections = project.objections  # type: ignore[attr-defined]
    late = project.days_late
    if objections:
        title, detail = _("Not done yet, says who asked: {title}"), objections[0].words
    elif late:
        title, detail = _("Past its date: {title}"), _("Say why and by when, or report it done.")
    else:
        title, detail = (
            _("Due soon: {title}"),
            _("Report it done when it is, or say what happened."),
        )
    answers = [Answer(_("Report it done"), f"{url}?say=done#done", opens=True)]
    delay = _("Say why, and another date") if late else _("Another date")
    answers.append(Answer(delay, f"{url}?say=delay#delay", opens=True))
    return Waiting(
        seal="督" if late or objections else "项",
        title=format_lazy(title, title=project.title),
        due_on=project.due_on,
        detail=detail,
        url=url,
        answers=tuple(answers),
    )


def held_by_others(standing: Standing) -> list[Waiting]:
    """For owners: who hasn't accepted yet. For coordinators: also what is late, in whose hands."""
    bodies, alliances = standing.bodies, standing.coordinated
    mine = owned_by(standing.person, bodies) | Q(alliance__in=alliances)
    delivered = Acceptance.objects.filter(
        project__in=Project.objects.filter(mine, state=Project.State.DELIVERED),
        answer=Acceptance.Answer.SILENT,
        ended_at=None,
    ).exclude(organisation__in=bodies)
    late = (
        Project.objects.filter(alliance__in=alliances)
        .exclude(owned_by(standing.person, bodies))
        .late()
    )
    owners = Owner.objects.select_related("organisation")
    overdue = late.prefetch_related(Prefetch("owners", owners), "notes")[:AT_MOST]
    waiting = delivered.select_related("project", "organisation")[:AT_MOST]
    return [_late(project) for project in overdue] + [_asked(row) for row in waiting]


def _late(project: Project) -> Waiting:
    reasons = [note.text for note in project.notes.all() if note.is_late_reason]
    units = in_a_row([owner.organisation.name for owner in project.owners.all()])
    return Waiting(
        seal="项",
        title=project.title,
        due_on=project.due_on,
        detail=format_lazy("{units} · {reason}", units=units, reason=reasons[-1])
        if reasons
        else format_lazy(_("{units} · no reason given"), units=units),
        url=reverse("projects:project", args=[project.pk]),
        tone="late",
    )


def _asked(acceptance: Acceptance) -> Waiting:
    return Waiting(
        seal="项",
        title=acceptance.project.title,
        due_on=acceptance.answer_by,
        detail=acceptance.organisation.name,
        url=reverse("projects:project", args=[acceptance.project_id]),
        tone="checking",
    )
