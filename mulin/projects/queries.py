"""Reads about projects: who answers for them, who is asked, what is due, what was promised."""

import datetime
import uuid

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Post
from mulin.alliance.queries import (
    Standing,
    acts_for,
    coordinators_of,
    is_coordinator,
    people_answering_for,
    side_of,
)
from mulin.projects.models import Acceptance, Owner, Project


def owned_by(person: Person, bodies: list[uuid.UUID] | None = None) -> Q:
    """Projects whose owner is the person, or a unit the person answers for.

    bodies: `Standing.bodies`, where the caller has it already.
    """
    units = Standing(person).bodies if bodies is None else bodies
    owners = Owner.objects.filter(Q(person=person) | Q(organisation__in=units)).values("project")
    return Q(pk__in=owners)


def works_on(person: Person, project: Project) -> bool:
    """Whether the person is an owner, or answers for the unit of one."""
    return any(
        owner.person_id == person.pk or acts_for(person, owner.organisation)
        for owner in project.owners.select_related("organisation__successor")
    )


def people_of(owner: Owner) -> list[Person]:
    """The owner in person, or those who answer for its unit."""
    return [owner.person] if owner.person else people_answering_for(owner.organisation)


def owner_people(project: Project) -> list[Person]:
    owners = project.owners.select_related("person", "organisation__successor")
    return list({person for owner in owners for person in people_of(owner)})


def current_round(project: Project) -> int:
    """Number of the latest round of acceptance; 0 before the first."""
    return project.acceptances.aggregate(last=Max("round"))["last"] or 0


def current_acceptances(project: Project) -> QuerySet[Acceptance]:
    return project.acceptances.filter(round=current_round(project)).select_related(
        "organisation__successor", "answered_by"
    )


def open_acceptances() -> QuerySet[Acceptance]:
    """Unanswered acceptances of delivered projects, which are always of the latest round."""
    return Acceptance.objects.filter(
        project__state=Project.State.DELIVERED, answer=Acceptance.Answer.SILENT, ended_at=None
    )


def silent_of(project: Project) -> list[Acceptance]:
    """The acceptances of the latest round that nobody has answered."""
    return list(
        open_acceptances()
        .filter(project=project)
        .select_related("organisation__successor")
        .order_by("organisation__name")
    )


def coordinates_asker(person: Person, acceptance: Acceptance) -> bool:
    """Whether the person coordinates the asking unit's side; any side where it stands on none."""
    alliance = acceptance.project.alliance
    side = side_of(acceptance.organisation.acting(), alliance)
    if side is None or person.is_operator:
        return is_coordinator(person, alliance)
    return person in coordinators_of(side)


def silences(on: datetime.date | None = None) -> QuerySet[Acceptance]:
    """Acceptances whose last day has passed without an answer, those of closed projects too."""
    return Acceptance.objects.filter(
        answer=Acceptance.Answer.SILENT, ended_at=None, answer_by__lt=on or timezone.localdate()
    )


def asked_of(bodies: list[uuid.UUID]) -> QuerySet[Acceptance]:
    """Unanswered acceptances of these units, as `Standing.bodies` gives them."""
    return (
        open_acceptances()
        .filter(organisation__in=bodies)
        .select_related("project__alliance", "organisation")
        .order_by("answer_by")
    )


def late_projects(alliance: Alliance, on: datetime.date | None = None) -> QuerySet[Project]:
    """Promises past their date, the latest first in days."""
    late = Project.objects.filter(alliance=alliance).late(on)
    return late.prefetch_related(
        "owners__organisation", "owners__side__organisation", "owners__person", "notes"
    ).order_by("due_on")


def promised_between(
    alliance: Alliance, first: datetime.date, last: datetime.date
) -> QuerySet[Project]:
    """Projects due from `first` to `last`, both included; dropped ones left out."""
    return (
        Project.objects.filter(alliance=alliance, due_on__range=(first, last))
        .exclude(state=Project.State.DROPPED)
        .order_by("due_on")
    )


def hand_over_choices(owner: Owner) -> QuerySet[Person]:
    """Who may become owner: those who answer for the owner's unit today."""
    posts = Post.objects.filter(
        organisation=owner.organisation.acting(), role__in=Post.ANSWERS
    ).current()
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True)


def is_untouched(project: Project) -> bool:
    """Whether the project was opened within a day, and nobody has done anything on it since."""
    fresh = project.opened_at > timezone.now() - datetime.timedelta(days=1)
    runs = project.state == Project.State.RUNNING and project.version == 1
    return fresh and runs and not project.notes.exists()
