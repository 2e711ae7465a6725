"""Organisations, alliances with their sides and groups, memberships, posts, places, rotation."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person


class DatedQuerySet(models.QuerySet):
    def current(self, on: datetime.date | None = None) -> Self:
        """Rows in force on a day (default: today); `until_on` is the last day."""
        on = on or timezone.localdate()
        return self.filter(
            Q(from_on=None) | Q(from_on__lte=on), Q(until_on=None) | Q(until_on__gte=on)
        )


class Dated(models.Model):
    """Something in force from one day to another, both included; open where empty."""

    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def _ordered(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(from_on=None) | Q(until_on=None) | Q(from_on__lte=F("until_on")), name=name
    )


class Organisation(models.Model):
    """A body: its key is ours; official codes and names are dated and change."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        DISTRICT = "district", _("district")
        SUBDISTRICT = "subdistrict", _("sub-district")
        COMMITTEE = "committee", _("party committee")
        OFFICE = "office", pgettext_lazy("organisation", "office")
        COMMUNITY = "community", _("community")
        DEPARTMENT = "department", _("district department")
        SCHOOL = "school", _("school")
        LIBRARY = "library", _("library")
        ENTERPRISE = "enterprise", _("enterprise")
        HEALTH = "health", _("health service")
        NEW_ORG = "new_org", _("new economic or social organisation")
        OTHER = "other", pgettext_lazy("organisation", "other")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name today"), max_length=80, db_index=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    is_example = models.BooleanField(_("example (示例)"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("pk")), name="organisation_not_own_parent"
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("pk")), name="organisation_not_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """The name with its parent's, because names repeat (城关镇 stands 88 times)."""
        return f"{self.parent.name} {self.name}" if self.parent else self.name

    def acting(self) -> "Organisation":
        """Who acts for this organisation today: itself, or its successor's successor…"""
        seen: set[uuid.UUID | None] = {self.pk}
        body, today = self, timezone.localdate()
        while body.dissolved_on and body.dissolved_on <= today and body.successor:
            if body.successor_id in seen:
                break
            seen.add(body.successor_id)
            body = body.successor
        return body


class OrganisationName(Dated):
    """A name an organisation bore; papers of that day show it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = [F("from_on").asc(nulls_first=True)]
        constraints = [_ordered("organisation_name_dates")]

    def __str__(self) -> str:
        return self.name


class OrganisationCode(Dated):
    """An official code, which is an attribute with dates and never a key."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(max_length=20, default="stats")
    code = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints = [_ordered("organisation_code_dates")]

    def __str__(self) -> str:
        return self.code


class AllianceQuerySet(models.QuerySet["Alliance"]):
    def visible_to(self, person: Person) -> Self:
        """Alliances in which the person holds a post through a member, its side or a supervisor."""
        if person.is_operator:
            return self
        today = timezone.localdate()
        held = Post.objects.filter(person=person).current(today).values("organisation")
        member = Membership.objects.current(today).filter(organisation__in=held).values("alliance")
        return self.filter(pk__in=member)


class Alliance(models.Model):
    """A neighbourhood alliance of two or more sub-districts."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("public address"), unique=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    year_starts_on = models.DateField(
        _("start of the alliance's year"), default=datetime.date(2023, 6, 16)
    )
    introduction = models.TextField(_("introduction"), blank=True)
    is_public = models.BooleanField(_("has a public page"), default=True)
    is_example = models.BooleanField(default=False)

    objects = AllianceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Side(models.Model):
    """One of the sub-districts that make up the alliance, in the order of rotation."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "organisation"], name="side_once")
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Membership(Dated):
    """An organisation belongs to the alliance; a department may belong to no side."""

    class Role(models.TextChoices):
        SIDE = "side", _("sub-district")
        MEMBER = "member", _("member unit")
        SUPERVISOR = "supervisor", _("guiding body")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    side = models.ForeignKey(Side, null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "organisation"],
                condition=Q(until_on=None),
                name="one_open_membership",
            ),
            _ordered("membership_dates"),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Group(models.Model):
    """Some members that govern something together: neighbours, a road, a building."""

    class Kind(models.TextChoices):
        NEIGHBOURS = "neighbours", _("neighbouring communities")
        ROAD = "road", _("demonstration road")
        BUILDING = "building", _("office building")
        OTHER = "other", pgettext_lazy("group", "other")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["alliance", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name


class GroupMember(Dated):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(until_on=None),
                name="one_open_group_membership",
            ),
            _ordered("group_member_dates"),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Post(Dated):
    """A person holds a post in an organisation, from–to; rights follow posts, not persons."""

    class Role(models.TextChoices):
        SECRETARY = "secretary", _("secretary")
        LIAISON = "liaison", _("liaison officer")
        ALTERNATE = "alternate", _("alternate")
        COORDINATOR = "coordinator", _("coordinator")
        SUPERVISOR = "supervisor", _("supervisor")
        STEWARD = "steward", _("steward")
        TEACHER = "teacher", _("teacher")

    ANSWERS = (Role.LIAISON, Role.ALTERNATE, Role.SECRETARY, Role.COORDINATOR)

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("post"), max_length=12, choices=Role.choices)

    class Meta:
        ordering = ["role"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(until_on=None),
                name="one_open_post",
            ),
            _ordered("post_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.get_role_display()}"


class Place(models.Model):
    """A place that belongs to somebody's jurisdiction, which moves with time."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["alliance", "name"], name="place_name_once")]

    def __str__(self) -> str:
        return self.name


class Jurisdiction(Dated):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="jurisdictions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = [F("from_on").asc(nulls_first=True)]
        constraints = [_ordered("jurisdiction_dates")]

    def __str__(self) -> str:
        return f"{self.place} · {self.organisation}"


class LeadTerm(models.Model):
    """From this day a side leads until the next term starts: no overlap, no gap."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="terms")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="terms")
    starts_on = models.DateField(_("starts on"))
    note = models.CharField(_("why it was skipped or swapped"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "starts_on"], name="one_term_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.side}"


class MechanismNode(models.Model):
    """A heading of the numbered mechanism; its number follows from its position in the tree."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="mechanism")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.heading
