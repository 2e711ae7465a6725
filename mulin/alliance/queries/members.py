"""Who belongs to an alliance on a day, and what stands above and below it."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mulin.alliance.models import Alliance, Membership, Organisation, Post, Side
from mulin.alliance.queries.sides import sides_of
from mulin.hanzi import fold


def members_of(alliance: Alliance, on: datetime.date | None = None) -> QuerySet[Organisation]:
    """Organisations that belong to the alliance on that day, sides included."""
    current = Membership.objects.current(on).filter(alliance=alliance)
    members = Organisation.objects.filter(pk__in=current.values("organisation"))
    return members.select_related("parent")


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
