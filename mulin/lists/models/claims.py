"""Who takes which part of a need, with what, and whether both sides have said yes."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.lists.models.items import Item
from mulin.projects.models import Project


class ClaimQuerySet(models.QuerySet["Claim"]):
    def active(self) -> Self:
        return self.filter(state__in=[Claim.State.OFFERED, Claim.State.CONFIRMED])

    def visible_to(self, person: Person) -> Self:
        return self.filter(need__alliance__in=Alliance.objects.visible_to(person))


class Claim(models.Model):
    """A provider takes (part of) a need, perhaps with a listed resource; both sides confirm."""

    class State(models.TextChoices):
        OFFERED = "offered", _("waiting for both sides")
        CONFIRMED = "confirmed", _("agreed by both sides")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Origin(models.TextChoices):
        PROVIDER = "provider", _("offered by the provider")
        ASKER = "asker", _("asked for by the unit in need")
        PROPOSAL = "proposal", _("proposed by the matching")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    need = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="claims")
    resource = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="uses"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="joint_claims")
    amount = models.DecimalField(_("how much"), max_digits=14, decimal_places=2)
    resource_amount = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    note = models.CharField(_("what we would do"), max_length=200, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    provider_said_yes_at = models.DateTimeField(null=True, blank=True)
    asker_said_yes_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    refused_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        indexes = [
            models.Index(fields=["need", "state"]),
            models.Index(fields=["organisation", "state"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.need}"

    @property
    def alliance_id(self):
        return self.need.alliance_id
