"""Who may act for whom: posts, the units a person answers for, what a person coordinates."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Post, Side
from mulin.alliance.queries.members import organisations_under
from mulin.alliance.queries.once import asked_once
from mulin.alliance.queries.sides import leading_side, sides_of


def posts_of(person: Person) -> QuerySet[Post]:
    return Post.objects.filter(person=person).current().select_related("organisation__parent")


@asked_once
def acts_for(person: Person, organisation: Organisation) -> bool:
    """Whether the person may answer for this organisation (once dissolved, for its successor)."""
    return (
        posts_of(person).filter(organisation=organisation.acting(), role__in=Post.ANSWERS).exists()
    )


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Organisations for which the person may answer."""
    held = Post.objects.filter(person=person, role__in=Post.ANSWERS).current()
    return Organisation.objects.filter(pk__in=held.values("organisation")).select_related("parent")


@dataclass(frozen=True)
class Standing:
    """A person, with the units they answer for and the alliances they coordinate, read once."""

    person: Person

    @cached_property
    def bodies(self) -> list[uuid.UUID]:
        """Keys of the units the person answers for, dissolved ones they succeed included."""
        keys = set(organisations_of(self.person).values_list("pk", flat=True))
        dissolved = Organisation.objects.filter(dissolved_on__lte=timezone.localdate())
        for body in dissolved.exclude(successor=None).select_related("successor"):
            if body.acting().pk in keys:
                keys.add(body.pk)
        return list(keys)

    @cached_property
    def coordinated(self) -> list[Alliance]:
        """The alliances of which the person coordinates a side; all of them for an operator."""
        if self.person.is_operator:
            return list(Alliance.objects.all())
        held = Post.objects.filter(person=self.person, role=Post.Role.COORDINATOR).current()
        sides = Side.objects.current().filter(organisation__in=held.values("organisation"))
        seen = Alliance.objects.visible_to(self.person)
        return list(seen.filter(pk__in=sides.values("alliance")))


@asked_once
def is_coordinator(person: Person, alliance: Alliance) -> bool:
    """A coordinator of any side: may collect, review and publish."""
    sides = sides_of(alliance).values("organisation")
    return (
        person.is_operator
        or posts_of(person).filter(role=Post.Role.COORDINATOR, organisation__in=sides).exists()
    )


@asked_once
def is_lead(person: Person, alliance: Alliance) -> bool:
    """A coordinator of the side that leads today: may run the year."""
    side = leading_side(alliance)
    return person.is_operator or bool(
        side
        and posts_of(person)
        .filter(role=Post.Role.COORDINATOR, organisation=side.organisation_id)
        .exists()
    )


@asked_once
def is_supervisor(person: Person, alliance: Alliance) -> bool:
    guiding = Membership.objects.current().filter(
        alliance=alliance, role=Membership.Role.SUPERVISOR
    )
    return (
        posts_of(person)
        .filter(role=Post.Role.SUPERVISOR, organisation__in=guiding.values("organisation"))
        .exists()
    )


@asked_once
def people_answering_for(organisation: Organisation) -> list[Person]:
    """Liaisons and alternates of the acting organisation; its secretaries where it has neither."""
    posts = list(
        Post.objects.filter(organisation=organisation.acting(), role__in=Post.ANSWERS)
        .current()
        .select_related("person")
    )
    liaisons = [p.person for p in posts if p.role in (Post.Role.LIAISON, Post.Role.ALTERNATE)]
    return liaisons or [p.person for p in posts]


@asked_once
def coordinators_of(side: Side) -> list[Person]:
    return list(
        Person.objects.filter(
            Exists(
                Post.objects.filter(
                    person=OuterRef("pk"),
                    organisation=side.organisation_id,
                    role=Post.Role.COORDINATOR,
                ).current()
            )
        )
    )


def people_in(alliance: Alliance) -> QuerySet[Person]:
    """Who holds or held a post in an organisation of the alliance."""
    held = Post.objects.filter(organisation__in=organisations_under(alliance).values("pk"))
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name")
