"""What the matching proposed, and which needs it could not serve."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.lists.models.items import Item


class MatchRun(models.Model):
    """One pressing of "propose": what the engine found, with its certificate."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="runs")
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    objective = models.FloatField()
    bound = models.FloatField()
    gap = models.FloatField()
    seconds = models.FloatField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.alliance} {self.made_at:%F %T}"


class Proposal(models.Model):
    """A pairing the engine proposes; one refused is kept with its reason, not proposed again."""

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        SENT = "sent", _("sent to both sides")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    need = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposals")
    resource = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposed_for")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    """Of the need, in its measure."""
    resource_amount = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    """Of the resource, in its own."""
    supplies = models.JSONField(default=list, blank=True)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("why it doesn't fit"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.resource} → {self.need}"


class Unmet(models.Model):
    """A need the run could not serve (wholly), with the first true cause."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="unmet")
    need = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    cause = models.JSONField()

    def __str__(self) -> str:
        return str(self.need)
