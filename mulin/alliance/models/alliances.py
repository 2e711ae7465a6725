"""Alliances with their sides and memberships."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models.dated import Dated, ordered
from mulin.alliance.models.organisations import Organisation
from mulin.alliance.models.posts import Post


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


class SideQuerySet(models.QuerySet["Side"]):
    def current(self, on: datetime.date | None = None) -> Self:
        """The sides of a day: those whose membership hasn't ended by then."""
        entered = Membership.objects.filter(
            alliance=OuterRef("alliance"),
            organisation=OuterRef("organisation"),
            role=Membership.Role.SIDE,
        )
        return self.filter(~Exists(entered) | Exists(entered.current(on)))


class Side(models.Model):
    """One of the sub-districts that make up the alliance, in the order of rotation."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects = SideQuerySet.as_manager()

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
            ordered("membership_dates"),
        ]

    def __str__(self) -> str:
        return self.organisation.name
