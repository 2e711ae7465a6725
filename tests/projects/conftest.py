"""A small alliance of two sides, with the people who answer, and a project between them."""

import datetime
from dataclasses import dataclass

import pytest
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Post, Side
from mulin.projects.actions import OwnerSpec, open_project
from mulin.projects.models import Project

DUE = datetime.timedelta(days=10)


@dataclass
class Street:
    """The alliance of these tests: everybody by their part."""

    alliance: Alliance
    north: Side
    south: Side
    firm: Organisation
    first: Organisation
    second: Organisation
    people: dict[str, Person]

    def open(self, *askers: Organisation) -> Project:
        return open_project(
            alliance=self.alliance,
            title="装扶手",
            due_on=timezone.localdate() + DUE,
            owners=[OwnerSpec(self.north, self.firm, self.people["firm"], "出工")],
            askers=list(askers or [self.first, self.second]),
            by=self.people["firm"],
            origin=self.first,
        )


def person_of(body: Organisation, name: str, role: str = Post.Role.LIAISON) -> Person:
    person = Person.objects.create_user(name, name=name)
    Post.objects.create(person=person, organisation=body, role=role)
    return person


def _body(name: str, kind: str = "community", **fields) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, **fields)


@pytest.fixture
def street(db) -> Street:
    alliance = Alliance.objects.create(name="睦邻", slug="mulin")
    sides = [
        Side.objects.create(alliance=alliance, organisation=_body(name, "subdistrict"), position=at)
        for at, name in enumerate(["北街", "南街"])
    ]
    bodies = [_body("示例厂", "enterprise"), _body("一社区"), _body("二社区"), _body("组织部")]
    for body, side in zip(bodies[:3], [sides[0], sides[1], sides[1]], strict=True):
        Membership.objects.create(alliance=alliance, organisation=body, side=side)
    for side in sides:
        Membership.objects.create(
            alliance=alliance, organisation=side.organisation, side=side, role="side"
        )
    Membership.objects.create(alliance=alliance, organisation=bodies[3], role="supervisor")
    people = {
        "north": person_of(sides[0].organisation, "north", Post.Role.COORDINATOR),
        "south": person_of(sides[1].organisation, "south", Post.Role.COORDINATOR),
        "firm": person_of(bodies[0], "firm"),
        "first": person_of(bodies[1], "first"),
        "second": person_of(bodies[2], "second"),
        "guide": person_of(bodies[3], "guide", Post.Role.SUPERVISOR),
    }
    return Street(alliance, *sides, *bodies[:3], people)
