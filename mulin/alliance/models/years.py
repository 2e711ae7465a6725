"""What an alliance runs by: whose turn it is to lead, and its numbered mechanism."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.alliance.models.alliances import Alliance, Side


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
