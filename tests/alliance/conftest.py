"""The cast: an alliance of two sides with its coordinators, and another alliance's member."""

from datetime import date
from types import SimpleNamespace

import pytest

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Post, Side


def _side(alliance: Alliance, name: str, position: int, parent: Organisation) -> Side:
    body = Organisation.objects.create(kind="subdistrict", name=name, parent=parent)
    side = Side.objects.create(alliance=alliance, organisation=body, position=position)
    Membership.objects.create(alliance=alliance, organisation=body, side=side, role="side")
    return side


def _person(username: str, body: Organisation, role: str) -> Person:
    person = Person.objects.create_user(username, name=username.title())
    Post.objects.create(person=person, organisation=body, role=role)
    return person


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """lin coordinates the east, hua the west, mei answers for a community, wang is a stranger."""
    district = Organisation.objects.create(kind="district", name="青山区")
    here = Alliance.objects.create(name="东西共同体", slug="here", founded_on=date(2022, 6, 16))
    east, west = _side(here, "东街道", 0, district), _side(here, "西街道", 1, district)
    lane = Organisation.objects.create(kind="community", name="一社区", parent=east.organisation)
    Membership.objects.create(alliance=here, organisation=lane, side=east)
    bureau = Organisation.objects.create(kind="department", name="组织部", parent=district)
    Membership.objects.create(alliance=here, organisation=bureau, role="supervisor")
    there = Alliance.objects.create(name="别的共同体", slug="there")
    far = _side(there, "远街道", 0, district)
    return SimpleNamespace(
        district=district, here=here, east=east, west=west, lane=lane, bureau=bureau,
        there=there, far=far,
        lin=_person("lin", east.organisation, "coordinator"),
        hua=_person("hua", west.organisation, "coordinator"),
        mei=_person("mei", lane, "liaison"),
        su=_person("su", bureau, "supervisor"),
        wang=_person("wang", far.organisation, "coordinator"),
    )  # fmt: skip
