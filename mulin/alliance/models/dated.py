"""Things in force from one day to another."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


def ordered(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(from_on=None) | Q(until_on=None) | Q(from_on__lte=F("until_on")), name=name
    )
