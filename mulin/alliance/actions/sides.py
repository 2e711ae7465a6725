"""What an alliance is called, and which sub-districts make it up, from when and until when."""

import datetime

from django.db import transaction
from django.db.models import Max

from mulin.accounts.models import Person
from mulin.alliance.actions.memberships import admit_member
from mulin.alliance.models import Alliance, Membership, Organisation, Side
from mulin.alliance.rules import may_change_sides, may_edit, may_end_side
from mulin.history.actions import record


@transaction.atomic
def edit_alliance(
    alliance: Alliance, *, by: Person, name: str, introduction: str, is_public: bool
) -> Alliance:
    """Its name, its introduction, and whether it has a public page; its address stays."""
    alliance = Alliance.objects.select_for_update().get(pk=alliance.pk)
    may_edit(by, alliance).require()
    old = alliance.name if alliance.name != name else ""
    alliance.name, alliance.introduction, alliance.is_public = name, introduction, is_public
    alliance.save(update_fields=["name", "introduction", "is_public"])
    record("alliance_edited", alliance, by=by, scope=alliance.pk, old=old)
    return alliance


@transaction.atomic
def add_side(
    alliance: Alliance, *, by: Person, organisation: Organisation, from_on: datetime.date
) -> Side:
    """From that day the sub-district is a side, the last in the order of rotation.

    Its communities become members with it. One that was a side before takes its place again.
    """
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    may_change_sides(by, alliance).require()
    last = alliance.sides.aggregate(last=Max("position"))["last"] or 0
    side, _ = Side.objects.get_or_create(
        alliance=alliance, organisation=organisation, defaults={"position": last + 1}
    )
    role = Membership.Role.SIDE
    admit_member(alliance, by=by, organisation=organisation, side=side, from_on=from_on, role=role)
    below = organisation.children.filter(kind=Organisation.Kind.COMMUNITY, dissolved_on=None)
    entered = alliance.memberships.filter(until_on=None).values("organisation")
    Membership.objects.bulk_create(
        Membership(alliance=alliance, organisation=body, side=side, from_on=from_on)
        for body in below.exclude(pk__in=entered)
    )
    return side


@transaction.atomic
def end_side(side: Side, *, by: Person, until_on: datetime.date) -> int:
    """Its last day; the members that stand on it leave with it. Returns how many memberships end.

    What they asked for, offered and promised stays, with its owners. Undone by `keep_side`.
    """
    Alliance.objects.select_for_update().get(pk=side.alliance_id)
    may_end_side(by, side, until_on).require()
    ended = Membership.objects.filter(side=side, until_on=None).update(until_on=until_on)
    record("side_left", side, by=by, scope=side.alliance_id, on=until_on)
    return ended


@transaction.atomic
def keep_side(side: Side, *, by: Person) -> int:
    """Take back `end_side`: those who left with it on that day stay. Returns how many."""
    Alliance.objects.select_for_update().get(pk=side.alliance_id)
    may_change_sides(by, side.alliance).require()
    own = Membership.objects.filter(side=side, organisation=side.organisation_id).exclude(
        until_on=None
    )
    last = own.order_by("-until_on").first()
    if last is None or own.model.objects.filter(side=side, role="side", until_on=None).exists():
        return 0
    together = Membership.objects.filter(side=side, until_on=last.until_on)
    kept = together.update(until_on=None)
    record("side_kept", side, by=by, scope=side.alliance_id)
    return kept
