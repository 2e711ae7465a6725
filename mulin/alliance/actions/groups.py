"""Groups inside an alliance, and places with their dated jurisdiction."""

import datetime
from datetime import timedelta

from django.db import transaction

from mulin.accounts.models import Person
from mulin.alliance.models import (
    Alliance,
    Group,
    GroupMember,
    Jurisdiction,
    Organisation,
    Place,
)
from mulin.alliance.rules import may_edit
from mulin.history.actions import record


@transaction.atomic
def add_group(
    alliance: Alliance, *, by: Person, name: str, kind: str, members: list[Organisation]
) -> Group:
    """Some members that govern something together, from today on."""
    may_edit(by, alliance).require()
    group = Group.objects.create(alliance=alliance, name=name, kind=kind)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, organisation=organisation) for organisation in members
    )
    record("group_formed", group, by=by, members=[str(member) for member in members])
    return group


@transaction.atomic
def join_group(
    group: Group, *, by: Person, organisation: Organisation, from_on: datetime.date
) -> GroupMember:
    """The organisation takes part from that day; one that does already is kept as it is."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    may_edit(by, group.alliance).require()
    member, is_new = GroupMember.objects.get_or_create(
        group=group, organisation=organisation, until_on=None, defaults={"from_on": from_on}
    )
    if is_new:
        record("group_joined", group, by=by, member=str(organisation), on=from_on)
    return member


@transaction.atomic
def leave_group(member: GroupMember, *, by: Person, until_on: datetime.date) -> GroupMember:
    """The organisation's last day in the group."""
    member = GroupMember.objects.select_for_update().get(pk=member.pk)
    may_edit(by, member.group.alliance).require()
    member.until_on = until_on
    member.save(update_fields=["until_on"])
    record("group_left", member.group, by=by, member=str(member), on=until_on)
    return member


@transaction.atomic
def add_place(
    alliance: Alliance, *, by: Person, name: str, organisation: Organisation | None = None
) -> Place:
    """A place, with whom it has belonged to so far."""
    may_edit(by, alliance).require()
    place = Place.objects.create(alliance=alliance, name=name)
    if organisation:
        Jurisdiction.objects.create(place=place, organisation=organisation)
    record("place_added", place, by=by, organisation=str(organisation or ""))
    return place


@transaction.atomic
def hand_place_to(
    place: Place, *, by: Person, organisation: Organisation, from_on: datetime.date
) -> Jurisdiction:
    """From that day it belongs to the organisation; the earlier holder ends the day before."""
    place = Place.objects.select_for_update().get(pk=place.pk)
    may_edit(by, place.alliance).require()
    place.jurisdictions.filter(from_on__gte=from_on).delete()
    place.jurisdictions.current(from_on).update(until_on=from_on - timedelta(days=1))
    given = Jurisdiction.objects.create(place=place, organisation=organisation, from_on=from_on)
    record("place_handed", place, by=by, organisation=str(organisation), on=from_on)
    return given
