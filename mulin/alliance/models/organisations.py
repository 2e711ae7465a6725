"""Organisations with their dated names and codes."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.accounts.keys import new_key
from mulin.alliance.models.dated import Dated, ordered


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
        constraints = [ordered("organisation_name_dates")]

    def __str__(self) -> str:
        return self.name


class OrganisationCode(Dated):
    """An official code, which is an attribute with dates and never a key."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(max_length=20, default="stats")
    code = models.CharField(max_length=20, db_index=True)

    class Meta:
        constraints = [ordered("organisation_code_dates")]

    def __str__(self) -> str:
        return self.code
