"""Opening a project: its number, an owner per side, the units to ask in the end."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Organisation, Side
from mulin.alliance.queries import coordinators_of, side_of, sides_of
from mulin.history.actions import record
from mulin.projects.actions.telling import locked, tell
from mulin.projects.models import Asker, Owner, Project
from mulin.projects.queries import is_untouched, owner_people
from mulin.projects.search import put_in_search


@dataclass(frozen=True)
class OwnerSpec:
    """Who answers for the project on one side; no person means the organisation's liaison."""

    side: Side | None
    organisation: Organisation
    person: Person | None = None
    does: str = ""


@transaction.atomic
def open_project(
    *,
    alliance: Alliance,
    title: str,
    due_on: datetime.date,
    owners: list[OwnerSpec],
    askers: list[Organisation],
    by: Person | None,
    origin: models.Model,
    group: Group | None = None,
    detail: str = "",
) -> Project:
    """Open the project that both sides agreed to; the caller has checked that they did.

    owners: at most one per side. A side of the askers, and in an alliance of two the other side,
    that has none is answered for by its coordinator. askers: the units asked to accept in the end,
    at least one. origin: what led to it (a confirmed claim). Raises ValueError without an asker.
    """
    if not askers:
        raise ValueError("a project needs a unit that asked for it")
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    project = Project.objects.create(
        alliance=alliance,
        group=group,
        number=_next_number(alliance),
        title=title[:200],
        detail=detail,
        due_on=due_on,
        first_due_on=due_on,
        opened_at=timezone.now(),
    )
    specs = one_a_side([*owners, *_missing_sides(alliance, owners, askers)])
    Owner.objects.bulk_create([_owner(project, spec) for spec in specs])
    Asker.objects.bulk_create([Asker(project=project, organisation=body) for body in set(askers)])
    put_in_search([project])
    _announce(project, by=by, origin=origin)
    return project


@transaction.atomic
def take_opening_back(project: Project, *, by: Person) -> Project:
    """Drop a project on which nobody has begun, because a yes that led to it was taken back.

    The caller has checked that the person may say so. Raises ValidationError once somebody has.
    """
    project = locked(project)
    if not is_untouched(project):
        raise ValidationError(_("The project has begun: the yes can't be taken back any more."))
    project.state, project.version = Project.State.DROPPED, project.version + 1
    project.save(update_fields=["state", "version"])
    record("project_dropped", project, by=by)
    return project


def _announce(project: Project, *, by: Person | None, origin: models.Model) -> None:
    owners = project.owners.select_related("organisation", "person")
    record(
        "project_opened", project, by=by, causes=[origin], due_on=project.due_on,
        owners=[f"{owner.organisation} {owner.person or ''}".strip() for owner in owners],
    )  # fmt: skip
    tell(
        owner_people(project),
        f"project_opened:{project.pk}",
        format_lazy(_("Project opened: {title}"), title=project.title),
        project=project,
        why=_("You answer for it on your side."),
    )


def _owner(project: Project, spec: OwnerSpec) -> Owner:
    return Owner(
        project=project,
        side=spec.side,
        organisation=spec.organisation,
        person=spec.person,
        does=spec.does[:200],
    )


def _next_number(alliance: Alliance) -> str:
    """XM-2026-001 and onwards; the caller holds the alliance's row."""
    prefix = f"XM-{timezone.localdate().year}-"
    taken = Project.objects.filter(alliance=alliance, number__startswith=prefix)
    numbers = [
        int(number.removeprefix(prefix)) for number in taken.values_list("number", flat=True)
    ]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"


def one_a_side(specs: list[OwnerSpec]) -> list[OwnerSpec]:
    """The first owner named for each side; the others' part goes to the project's detail."""
    first: dict[object, OwnerSpec] = {}
    for spec in specs:
        first.setdefault(spec.side.pk if spec.side else None, spec)
    return list(first.values())


def _missing_sides(
    alliance: Alliance, owners: list[OwnerSpec], askers: list[Organisation]
) -> list[OwnerSpec]:
    sides = list(sides_of(alliance))
    asking = {side.pk for body in askers if (side := side_of(body, alliance))}
    named = {spec.side.pk for spec in owners if spec.side}
    wanted = [side for side in sides if side.pk in asking or len(sides) == 2]
    return [
        OwnerSpec(side, side.organisation, next(iter(coordinators_of(side)), None))
        for side in wanted
        if side.pk not in named
    ]
