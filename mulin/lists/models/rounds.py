"""Collection rounds: what is asked of the units, and each unit's answer."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation


class RoundQuerySet(models.QuerySet["CollectionRound"]):
    def visible_to(self, person: Person) -> Self:
        return self.filter(alliance__in=Alliance.objects.visible_to(person))


class CollectionRound(models.Model):
    """A call to the members for their resources and needs, with a deadline and a freeze."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("collecting")
        FROZEN = "frozen", _("frozen")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="rounds")
    title = models.CharField(_("title"), max_length=80)
    message = models.TextField(_("what to say to the units"), blank=True)
    closes_on = models.DateField(_("last day"))
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    group_token = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on"]

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """One asked unit's answer to a round."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    round = models.ForeignKey(CollectionRound, on_delete=models.CASCADE, related_name="submissions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="asked_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.organisation}"
