"""Founding the example: the alliance, its members, posts, places and accounts, from the facts."""

import datetime
import json
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import (
    Alliance,
    Group,
    GroupMember,
    Jurisdiction,
    LeadTerm,
    MechanismNode,
    Membership,
    Organisation,
    OrganisationCode,
    Place,
    Post,
    Side,
)
from mulin.history.actions import record
from mulin.lists.models import Category

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
PASSWORD = "mulin-demo-2023"  # noqa: S105 - printed for everybody who tries the example
Role = Post.Role


def facts() -> dict:
    return json.loads((FIXTURES / "facts.json").read_text(encoding="utf-8"))


class Founding:
    """Builds everything but the lists; keeps the organisations by name."""

    def __init__(self) -> None:
        self.facts = facts()
        self.bodies: dict[str, Organisation] = {}
        self.sides: dict[str, Side] = {}
        self.people: dict[str, Person] = {}

    def build(self) -> Alliance:
        """Write it all; the database holds no alliance yet."""
        said = self.facts["alliance"]
        self.alliance = Alliance.objects.create(
            name=said["name"],
            slug=said["slug"],
            introduction=said["introduction"],
            year_starts_on=datetime.date.fromisoformat(said["year_starts_on"]),
            founded_on=datetime.date.fromisoformat(said["founded_on"]),
            is_example=True,
        )
        self._sides()
        self._members()
        self._rotation()
        self._accounts()
        self._rest()
        record("alliance_founded", self.alliance, by=None, scope=self.alliance.pk)
        return self.alliance

    def _body(self, name: str, kind: str, code: str = "", **fields: object) -> Organisation:
        body = Organisation.objects.create(name=name, kind=kind, **fields)
        if code:
            OrganisationCode.objects.create(organisation=body, code=code)
        self.bodies[name] = body
        return body

    def _join(self, body: Organisation, side: Side | None, role: str = "member") -> None:
        Membership.objects.create(alliance=self.alliance, organisation=body, side=side, role=role)

    def _post(self, name: str, body: Organisation, role: str) -> None:
        """An invented person with no way to sign in until an account is named for them."""
        person = Person(username=f"demo{len(self.people) + 1:03d}", name=name)
        person.set_unusable_password()
        person.save()
        self.people[name] = person
        Post.objects.create(person=person, organisation=body, role=role)

    def _sides(self) -> None:
        named = self.facts["district"]
        district = self._body(named["name"], "district", named["code"])
        for position, said in enumerate(self.facts["sides"]):
            body = self._body(said["name"], "subdistrict", said["code"], parent=district)
            side = Side.objects.create(alliance=self.alliance, organisation=body, position=position)
            self.sides[said["name"]] = side
            self._join(body, side, "side")
            for row in said["communities"]:
                community = self._body(row["name"], "community", row["code"], parent=body)
                self._join(community, side)
                self._post(row["secretary"], community, Role.SECRETARY)
        guide = self._body(self.facts["guiding"]["name"], "department", parent=district)
        self._join(guide, None, "supervisor")

    def _members(self) -> None:
        for row in self.facts["others"]:
            body = self._body(row["name"], row["kind"], parent=self.bodies["青山区"])
            self._join(body, None)
            self._post(row["person"], body, Role.LIAISON)
        for row in self.facts["members"]:
            body = self._body(
                row["name"], row["kind"], parent=self.bodies[row["side"]], is_example=True
            )
            self._join(body, self.sides[row["side"]])
            if row["person"]:
                self._post(row["person"], body, Role.LIAISON)

    def _rotation(self) -> None:
        """The two known terms, then a change every year up to today."""
        first = datetime.date.fromisoformat(self.facts["alliance"]["year_starts_on"])
        order = [self.sides[row["side"]] for row in self.facts["rotation"]]
        notes = {row["year"]: row["note"] for row in self.facts["rotation"]}
        for year in range(self.facts["rotation"][0]["year"], timezone.localdate().year + 1):
            LeadTerm.objects.create(
                alliance=self.alliance,
                side=order[(year - 2022) % len(order)],
                starts_on=first.replace(year=year),
                note=notes.get(year, "示例：每年轮换"),
            )

    def _accounts(self) -> None:
        password = make_password(PASSWORD)
        for row in self.facts["accounts"]:
            person = Person.objects.create(
                username=row["username"],
                name=row["name"],
                password=password,
                is_operator=row["role"] == "operator",
            )
            if row["unit"]:
                body = self.bodies[row["unit"]]
                body.posts.filter(role=row["role"]).delete()
                Post.objects.create(person=person, organisation=body, role=row["role"])
            self.people[row["username"]] = person

    def _rest(self) -> None:
        for said in self.facts["groups"]:
            group = Group.objects.create(
                alliance=self.alliance, name=said["name"], kind=said["kind"]
            )
            for name in said["members"]:
                GroupMember.objects.create(group=group, organisation=self.bodies[name])
        for said in self.facts["places"]:
            place = Place.objects.create(alliance=self.alliance, name=said["name"])
            Jurisdiction.objects.create(place=place, organisation=self.bodies[said["of"]])
        for position, heading in enumerate(self.facts["mechanism"]):
            MechanismNode.objects.create(alliance=self.alliance, position=position, heading=heading)
        for position, said in enumerate(self.facts["categories"]):
            Category.objects.create(alliance=self.alliance, position=position, **said)
