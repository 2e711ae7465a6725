"""Groups inside an alliance, and places with their jurisdiction."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.accounts.keys import new_key
from mulin.alliance.models.alliances import Alliance
from mulin.alliance.models.dated import Dated, ordered
from mulin.alliance.models.organisations import Organisation


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
            ordered("group_member_dates"),
        ]

    def __str__(self) -> str:
        return self.organisation.name


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
        constraints = [ordered("jurisdiction_dates")]

    def __str__(self) -> str:
        return f"{self.place} · {self.organisation}"
