"""A small alliance of two streets with one community and one provider each, and their people."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Post, Side
from mulin.lists.models import Category, Item


@dataclass
class World:
    """The alliance and its people by short name: units `north…` and `south…`."""

    alliance: Alliance
    units: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def need(self, unit: str = "community", **fields) -> Item:
        return self.item(Item.Kind.NEED, unit, **fields)

    def resource(self, unit: str = "clinic", **fields) -> Item:
        return self.item(Item.Kind.RESOURCE, unit, **fields)

    def item(self, kind: str, unit: str, **fields) -> Item:
        defaults = {"title": "楼道加装扶手", "state": Item.State.PUBLISHED, "amount": Decimal(12)}
        values = {**defaults, "published_at": timezone.now(), **fields}
        return Item.objects.create(
            alliance=self.alliance, kind=kind, organisation=self.units[unit], **values
        )


ORGANISATIONS = {
    "north": ("北街道", Organisation.Kind.SUBDISTRICT, Membership.Role.SIDE),
    "south": ("南街道", Organisation.Kind.SUBDISTRICT, Membership.Role.SIDE),
    "community": ("柳树社区", Organisation.Kind.COMMUNITY, Membership.Role.MEMBER),
    "neighbour": ("槐树社区", Organisation.Kind.COMMUNITY, Membership.Role.MEMBER),
    "clinic": ("示例诊所", Organisation.Kind.HEALTH, Membership.Role.MEMBER),
    "school": ("示例小学", Organisation.Kind.SCHOOL, Membership.Role.MEMBER),
    "guide": ("示例社会工作部", Organisation.Kind.DEPARTMENT, Membership.Role.SUPERVISOR),
}
SIDES = {"community": "north", "neighbour": "north", "clinic": "south", "school": "south"}
ROLES = {"north": "coordinator", "south": "coordinator", "guide": "supervisor"}


@pytest.fixture
def world(db) -> World:
    alliance = Alliance.objects.create(name="示例共同体", slug="example")
    made = World(alliance)
    sides: dict[str, Side] = {}
    for key, (name, kind, role) in ORGANISATIONS.items():
        unit = made.units[key] = Organisation.objects.create(name=name, kind=kind)
        if role == Membership.Role.SIDE:
            sides[key] = Side.objects.create(
                alliance=alliance, organisation=unit, position=len(sides)
            )
        side = sides.get(SIDES.get(key, key))
        Membership.objects.create(alliance=alliance, organisation=unit, side=side, role=role)
        person = Person.objects.create_user(key, name=name + "的人", email=f"{key}@example.org")
        made.people[key] = person
        Post.objects.create(person=person, organisation=unit, role=ROLES.get(key, "liaison"))
    Category.objects.create(alliance=alliance, code="K01", name="小微改造")
    return made


@pytest.fixture
def stranger(db) -> Person:
    return Person.objects.create_user("stranger", name="外人")


@pytest.fixture
def tomorrow() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def no_static_folder(settings) -> None:
    """A clean checkout has no collected static files, which WhiteNoise warns about."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "whitenoise" not in one]
