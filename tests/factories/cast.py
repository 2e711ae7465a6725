"""The known cast: two alliances, and people whose rights every test can remember."""

import datetime
from dataclasses import dataclass

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, LeadTerm, Membership, Organisation, Post, Side

LONG_AGO = datetime.date(2020, 1, 1)
Kind = Organisation.Kind


@dataclass
class Cast:
    """Lin coordinates the side that leads; Deng the other side; Mei answers for a member of
    Lin's side; Sun supervises; Wang coordinates another alliance and may see nothing here."""

    alliance: Alliance
    lead: Side
    other_side: Side
    member: Organisation
    lin: Person
    deng: Person
    mei: Person
    sun: Person
    wang: Person
    elsewhere: Alliance


def make_cast() -> Cast:
    district = make_organisation("示例区", kind=Kind.DISTRICT)
    alliance, (lead, other_side) = make_alliance("东街西街睦邻共同体", "here", district)
    elsewhere, (far, _) = make_alliance("南街北街睦邻共同体", "elsewhere", district)
    member = make_organisation("东街第一社区", kind=Kind.COMMUNITY, parent=lead.organisation)
    join(alliance, member, side=lead)
    join(alliance, district, role=Membership.Role.SUPERVISOR)
    return Cast(
        alliance=alliance,
        elsewhere=elsewhere,
        lead=lead,
        other_side=other_side,
        member=member,
        lin=make_person("lin", lead.organisation, Post.Role.COORDINATOR),
        deng=make_person("deng", other_side.organisation, Post.Role.COORDINATOR),
        mei=make_person("mei", member, Post.Role.LIAISON),
        sun=make_person("sun", district, Post.Role.SUPERVISOR),
        wang=make_person("wang", far.organisation, Post.Role.COORDINATOR),
    )


def make_alliance(name: str, slug: str, district: Organisation) -> tuple[Alliance, list[Side]]:
    """An alliance of two sub-districts, named by its first four characters, the first leading."""
    alliance = Alliance.objects.create(name=name, slug=slug, founded_on=LONG_AGO)
    sides = []
    for position, street in enumerate((name[:2], name[2:4])):
        organisation = make_organisation(f"{street}街道", kind=Kind.SUBDISTRICT, parent=district)
        side = Side.objects.create(alliance=alliance, organisation=organisation, position=position)
        join(alliance, organisation, side=side, role=Membership.Role.SIDE)
        sides.append(side)
    LeadTerm.objects.create(alliance=alliance, side=sides[0], starts_on=LONG_AGO)
    return alliance, sides


def make_organisation(
    name: str, *, kind: str = Kind.COMMUNITY, parent: Organisation | None = None
) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, parent=parent)


def join(
    alliance: Alliance,
    organisation: Organisation,
    *,
    side: Side | None = None,
    role: str = Membership.Role.MEMBER,
) -> Membership:
    return Membership.objects.create(
        alliance=alliance, organisation=organisation, side=side, role=role, from_on=LONG_AGO
    )


def make_person(username: str, organisation: Organisation | None = None, role: str = "") -> Person:
    """A person whose password is their name four times, with at most one post."""
    person = Person.objects.create_user(
        username=username, password=username * 4, name=username.title(), email=f"{username}@x.test"
    )
    if organisation:
        Post.objects.create(person=person, organisation=organisation, role=role, from_on=LONG_AGO)
    return person
