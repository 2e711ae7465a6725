"""Who takes which part of a need, with what and with whom, and who has said yes to it."""

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
    """A provider takes (part of) a need, perhaps with a listed resource and with partners.

    It becomes a project once the provider, every partner and the unit that asked have said yes.
    """

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
    amount = models.DecimalField(_("how much"), max_digits=14, decimal_places=2)
    resource_amount = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    supplies = models.JSONField(default=list, blank=True)
    """Which of the several things a need wants this serves; empty where it wants only one."""
    note = models.CharField(_("what we would do"), max_length=200, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    provider_said_yes_at = models.DateTimeField(null=True, blank=True)
    asker_said_yes_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Counts what was promised anew: a yes to an earlier promise is none to this one."""
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    refused_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    need_version = models.PositiveIntegerField(null=True, blank=True)
    resource_version = models.PositiveIntegerField(null=True, blank=True)
    """Of the items as they were when it was refused; the pair isn't proposed until one changes."""
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

    @property
    def missing(self) -> list[tuple[str, Organisation]]:
        """Whose yes it still takes: "asker", "provider" or "partner", and the unit."""
        asked = [] if self.asker_said_yes_at else [("asker", self.need.organisation)]
        if not self.provider_said_yes_at:
            asked.append(("provider", self.organisation))
        open_ones = [one for one in self.partners.all() if not one.said_yes_at]
        return asked + [("partner", partner.organisation) for partner in open_ones]

    @property
    def to_answer(self) -> list[Organisation]:
        """The units whose turn it is: after a partner's no, the one that offers has to choose."""
        if self.declined_partners:
            return [self.organisation]
        return [unit for _side, unit in self.missing]

    @property
    def declined_partners(self) -> list["Partner"]:
        """Partners who said no, while the claim's own unit hasn't chosen how to go on."""
        return [partner for partner in self.partners.all() if partner.refused_at]


class Partner(models.Model):
    """A unit that promises together with the claim's own; who said no stays until it is chosen
    whether to go on without it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partnerships"
    )
    said_yes_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "organisation"], name="partner_once"),
            models.CheckConstraint(
                condition=Q(said_yes_at=None) | Q(refused_at=None), name="partner_yes_or_no"
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def has_answered(self) -> bool:
        return bool(self.said_yes_at or self.refused_at)
