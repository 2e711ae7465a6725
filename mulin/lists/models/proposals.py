"""What the matching proposed, and which needs it could not serve."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.lists.models.items import Item


class MatchRunQuerySet(models.QuerySet["MatchRun"]):
    def active(self) -> Self:
        return self.filter(state__in=MatchRun.ACTIVE)

    def move(self, to: str, **values: Any) -> int:
        """Carry those of these rows that may go there into a state; returns how many did."""
        came_from = [state for state, nexts in MatchRun.NEXT.items() if to in nexts]
        return self.filter(state__in=came_from).update(state=to, **values)


class MatchRun(models.Model):
    """One pressing of "propose": the order, how far it is, what came out, with its certificate.

    The row is the queue: whoever moves it from waiting to running works it out, as `worker`, and
    lets `beat_at` tell that it still does.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being worked out")
        DONE = "done", _("worked out")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    NEXT = {
        State.WAITING: (State.RUNNING, State.CANCELLED, State.FAILED),
        State.RUNNING: (State.DONE, State.FAILED, State.CANCELLED, State.WAITING),
    }
    """Waiting again: its process died, and another takes it up."""
    ACTIVE = (State.WAITING, State.RUNNING)

    class Fairness(models.TextChoices):
        MOST = "none", _("as much as possible")
        LEAST_FIRST = "maxmin", _("the least served first")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="runs")
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    fairness = models.CharField(max_length=6, choices=Fairness.choices, default=Fairness.MOST)
    stage = models.CharField(max_length=12, blank=True)
    progress = models.FloatField(default=0)
    worker = models.UUIDField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=12, blank=True)
    error_item = models.CharField(max_length=200, blank=True)
    objective = models.FloatField(default=0)
    bound = models.FloatField(default=0)
    gap = models.FloatField(default=0)
    seconds = models.FloatField(default=0)
    shares = models.JSONField(default=dict, blank=True)
    """How much of what each community asks for is served, 0..1, by its name."""
    cost = models.FloatField(default=0)
    """What was given up for fairness: a fraction of what could be served altogether."""
    changes = models.JSONField(default=dict, blank=True)
    """Against the run before: how many pairs were kept, which are new, which are gone and why."""

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_match_run_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.alliance} {self.made_at:%F %T}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE


class Proposal(models.Model):
    """A pairing the engine proposes; one refused is kept with its reason.

    `need_version` and `resource_version` are those of the items it was made for; of a refused one,
    those that were refused: the pair isn't proposed again until one of the items is changed.
    """

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
    is_changed = models.BooleanField(default=False)
    """Whether a coordinator wrote other amounts than the engine found."""
    need_version = models.PositiveIntegerField(default=1)
    resource_version = models.PositiveIntegerField(default=1)
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
