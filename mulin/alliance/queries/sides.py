"""Which sides an alliance has, which leads on a day, and on which side a unit stands."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from mulin.alliance.models import Alliance, LeadTerm, Membership, Organisation, Side
from mulin.alliance.queries.once import asked_once


def sides_of(alliance: Alliance, on: datetime.date | None = None) -> QuerySet[Side]:
    """The sides of a day in the order of rotation."""
    return alliance.sides.current(on).select_related("organisation")


def leading_side(alliance: Alliance, on: datetime.date | None = None) -> Side | None:
    """The side whose term runs on that day; rights move by themselves because nothing is stored."""
    term = (
        LeadTerm.objects.filter(alliance=alliance, starts_on__lte=on or timezone.localdate())
        .select_related("side__organisation")
        .order_by("-starts_on")
        .first()
    )
    return term.side if term else sides_of(alliance, on).first()


@asked_once
def side_of(organisation: Organisation, alliance: Alliance) -> Side | None:
    """The side an organisation stands on today; None for a department that belongs to neither."""
    membership = (
        Membership.objects.current()
        .filter(alliance=alliance, organisation=organisation)
        .select_related("side__organisation")
        .first()
    )
    return membership.side if membership else None
