"""Reads about alliances: who leads, who acts for whom, which people to tell."""

import datetime
import uuid
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import (
    Alliance,
    LeadTerm,
    MechanismNode,
    Membership,
    Organisation,
    Post,
    Side,
)
from mulin.hanzi import fold


def sides_of(alliance: Alliance, on: datetime.date | None = None) -> QuerySet[Side]:
    """The sides of a day in the order of rotation: those whose membership hasn't ended by then."""
    memberships = Membership.objects.filter(
        alliance=OuterRef("alliance"), organisation=OuterRef("organisation"), role="side"
    )
    here = Q(~Exists(memberships)) | Q(Exists(memberships.current(on)))
    return alliance.sides.filter(here).select_related("organisation")


def leading_side(alliance: Alliance, on: datetime.date | None = None) -> Side | None:
    """The side whose term runs on that day; rights move by themselves because nothing is stored."""
    term = (
        LeadTerm.objects.filter(alliance=alliance, starts_on__lte=on or timezone.localdate())
        .select_related("side__organisation")
        .order_by("-starts_on")
        .first()
    )
    return term.side if term else sides_of(alliance, on).first()


def posts_of(person: Person) -> QuerySet[Post]:
    return Post.objects.filter(person=person).current().select_related("organisation__parent")


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
        sides = Side.objects.filter(organisation__in=held.values("organisation"))
        seen = Alliance.objects.visible_to(self.person)
        return list(seen.filter(pk__in=sides.values("alliance")))


def members_of(alliance: Alliance, on: datetime.date | None = None) -> QuerySet[Organisation]:
    """Organisations that belong to the alliance on that day, sides included."""
    current = Membership.objects.current(on).filter(alliance=alliance)
    members = Organisation.objects.filter(pk__in=current.values("organisation"))
    return members.select_related("parent")


def is_coordinator(person: Person, alliance: Alliance) -> bool:
    """A coordinator of any side: may collect, review and publish."""
    sides = sides_of(alliance).values("organisation")
    return (
        person.is_operator
        or posts_of(person).filter(role=Post.Role.COORDINATOR, organisation__in=sides).exists()
    )


def is_lead(person: Person, alliance: Alliance) -> bool:
    """A coordinator of the side that leads today: may run the year."""
    side = leading_side(alliance)
    return person.is_operator or bool(
        side
        and posts_of(person)
        .filter(role=Post.Role.COORDINATOR, organisation=side.organisation_id)
        .exists()
    )


def is_supervisor(person: Person, alliance: Alliance) -> bool:
    guiding = Membership.objects.current().filter(
        alliance=alliance, role=Membership.Role.SUPERVISOR
    )
    return (
        posts_of(person)
        .filter(role=Post.Role.SUPERVISOR, organisation__in=guiding.values("organisation"))
        .exists()
    )


def people_answering_for(organisation: Organisation) -> list[Person]:
    """Liaisons and alternates of the acting organisation; its secretaries where it has neither."""
    posts = list(
        Post.objects.filter(organisation=organisation.acting(), role__in=Post.ANSWERS)
        .current()
        .select_related("person")
    )
    liaisons = [p.person for p in posts if p.role in (Post.Role.LIAISON, Post.Role.ALTERNATE)]
    return liaisons or [p.person for p in posts]


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


def side_of(organisation: Organisation, alliance: Alliance) -> Side | None:
    """The side an organisation stands on today; None for a department that belongs to neither."""
    membership = (
        Membership.objects.current()
        .filter(alliance=alliance, organisation=organisation)
        .select_related("side__organisation")
        .first()
    )
    return membership.side if membership else None


def named(alliance: Alliance, text: str) -> list[Organisation]:
    """Members whose name equals the text, else up to five whose name contains it; any script."""
    asked = fold(text.strip())
    if not asked:
        return []
    names = [(fold(member.name), member) for member in members_of(alliance)]
    exact = [member for name, member in names if name == asked]
    return exact or [member for name, member in names if asked in name][:5]


def alliances_of(organisation: Organisation) -> QuerySet[Alliance]:
    """Alliances to which the organisation belongs today, as side or member."""
    current = Membership.objects.current().filter(organisation=organisation)
    return Alliance.objects.filter(
        Q(pk__in=current.values("alliance")) | Q(sides__organisation=organisation)
    ).distinct()


def has_entered(organisation: Organisation, alliance: Alliance) -> bool:
    """Whether a membership is open, also one that begins later."""
    return Membership.objects.filter(
        alliance=alliance, organisation=organisation, until_on=None
    ).exists()


def organisations_under(alliance: Alliance) -> QuerySet[Organisation]:
    """Sides, members of any time, and all that stands below them in the tree, at any depth."""
    level: set[uuid.UUID] = set(
        Organisation.objects.filter(
            Q(memberships__alliance=alliance) | Q(pk__in=alliance.sides.values("organisation"))
        ).values_list("pk", flat=True)
    )
    found: set[uuid.UUID] = set()
    while level:
        found |= level
        children = Organisation.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = set(children) - found
    return Organisation.objects.filter(pk__in=found).select_related("parent")


def organisations_above(organisations: list[Organisation]) -> list[Organisation]:
    """The parents and their parents, as far as they aren't among the given ones."""
    known = {organisation.pk for organisation in organisations}
    wanted = {o.parent_id for o in organisations if o.parent_id} - known
    above: list[Organisation] = []
    while wanted:
        level = list(Organisation.objects.filter(pk__in=wanted).select_related("parent"))
        above += level
        known |= wanted
        wanted = {o.parent_id for o in level if o.parent_id} - known
    return above


@dataclass(frozen=True)
class Member:
    """A membership with those who answer for the unit."""

    membership: Membership
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class SideMembers:
    """The members that stand on one side; side None: on neither."""

    side: Side | None
    members: tuple[Member, ...]


def charter_of(alliance: Alliance, on: datetime.date | None = None) -> list[SideMembers]:
    """Members of a day by side, in the order of rotation, those on no side last; three queries."""
    memberships = list(
        Membership.objects.current(on)
        .filter(alliance=alliance)
        .select_related("organisation__parent", "side")
        .order_by("organisation__kind", "organisation__name")
    )
    memberships.sort(key=lambda membership: membership.role != Membership.Role.SIDE)
    posts: dict[uuid.UUID, list[Post]] = {}
    held = Post.objects.current(on).filter(
        organisation__in=[m.organisation_id for m in memberships], role__in=Post.ANSWERS
    )
    for post in held.select_related("person"):
        posts.setdefault(post.organisation_id, []).append(post)
    sides: list[Side | None] = [*sides_of(alliance, on), None]
    return [
        SideMembers(
            side,
            tuple(
                Member(m, tuple(posts.get(m.organisation_id, ())))
                for m in memberships
                if m.side_id == (side.pk if side else None)
            ),
        )
        for side in sides
    ]


def tree_of(alliance: Alliance) -> list[Organisation]:
    """Organisations of the alliance and what stands above them, each after its parent."""
    own = list(organisations_under(alliance))
    bodies = {body.pk: body for body in [*organisations_above(own), *own]}
    children: dict[uuid.UUID | None, list[Organisation]] = {}
    for body in sorted(bodies.values(), key=lambda body: (body.kind, body.name)):
        children.setdefault(body.parent_id if body.parent_id in bodies else None, []).append(body)
    found: list[Organisation] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        body = waiting.pop()
        found.append(body)
        waiting += reversed(children.get(body.pk, []))
    return found


def people_in(alliance: Alliance) -> QuerySet[Person]:
    """Who holds or held a post in an organisation of the alliance."""
    held = Post.objects.filter(organisation__in=organisations_under(alliance).values("pk"))
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("name")


@dataclass(frozen=True)
class Heading:
    """A node of the mechanism with its place: (1, 2) is the second under the first."""

    node: MechanismNode
    path: tuple[int, ...]
    is_last: bool


def mechanism_of(alliance: Alliance) -> list[Heading]:
    """All headings in reading order, numbered by their place; one query."""
    children: dict[uuid.UUID | None, list[MechanismNode]] = {}
    for node in alliance.mechanism.order_by("position", "pk"):
        children.setdefault(node.parent_id, []).append(node)

    def under(parent: uuid.UUID | None, path: tuple[int, ...]) -> list[Heading]:
        found: list[Heading] = []
        level = children.get(parent, [])
        for number, node in enumerate(level, start=1):
            found.append(Heading(node, (*path, number), number == len(level)))
            found += under(node.pk, (*path, number))
        return found

    return under(None, ())
