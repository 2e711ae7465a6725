"""The loop of the alliance's year: from one conference to the next, with today's position."""

import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from mulin.alliance.models import Alliance
from mulin.lists.models import CollectionRound
from mulin.web.rings import Ring, Segment

# Each part of the loop and the day of the year on which it ends; the last ends with the year.
PARTS: tuple[tuple[str | Promise, int], ...] = (
    (pgettext_lazy("year", "Sign"), 22),
    (pgettext_lazy("year", "Collect"), 55),
    (pgettext_lazy("year", "Review"), 80),
    (pgettext_lazy("year", "Match"), 110),
    (pgettext_lazy("year", "Do"), 285),
    (pgettext_lazy("year", "Answer"), 317),
    (pgettext_lazy("year", "Account"), 345),
    (pgettext_lazy("year", "Hand on"), 365),
)


def year_of(alliance: Alliance, on: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First day of the alliance's year that a day falls in, and first day of the next."""
    start = _anniversary(alliance.year_starts_on, on.year)
    if start > on:
        return _anniversary(alliance.year_starts_on, on.year - 1), start
    return start, _anniversary(alliance.year_starts_on, on.year + 1)


def _anniversary(first: datetime.date, year: int) -> datetime.date:
    day = 28 if (first.month, first.day) == (2, 29) else first.day
    return datetime.date(year, first.month, day)


def ring_of(alliance: Alliance, on: datetime.date | None = None) -> Ring:
    """The year as drawn; the dates on its rim are the conference and the last days of rounds."""
    today = on or timezone.localdate()
    start, end = year_of(alliance, today)
    rounds = CollectionRound.objects.filter(alliance=alliance).exclude(state="draft")
    closing = list(rounds.filter(closes_on__gt=start, closes_on__lt=end).order_by("closes_on")[:3])
    ahead = next((collection for collection in closing if collection.closes_on >= today), None)
    day = (today - start).days + 1
    return Ring(
        starts_on=start,
        ends_on=end,
        today=today,
        segments=_segments(start, end),
        dates=((start, pgettext("year", "Conference")),),
        above=_("Year %(year)d, day %(day)d") % {"year": start.year, "day": day},
        below=_days_to(ahead, today) if ahead else _days_left(end, today),
    )


def _segments(start: datetime.date, end: datetime.date) -> tuple[Segment, ...]:
    segments, at = [], start
    for name, last in PARTS:
        until = end if last == PARTS[-1][1] else start + datetime.timedelta(days=last)
        segments.append(Segment(str(name), at, until))
        at = until
    return tuple(segments)


def _days_to(collection: CollectionRound, today: datetime.date) -> str:
    days = (collection.closes_on - today).days
    return ngettext("lists close in %(days)d day", "lists close in %(days)d days", days) % {
        "days": days
    }


def _days_left(end: datetime.date, today: datetime.date) -> str:
    days = (end - today).days
    return ngettext(
        "%(days)d day until the next conference", "%(days)d days until the next conference", days
    ) % {"days": days}
