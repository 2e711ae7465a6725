"""What happens to the lists by itself: expiry, reminders, freezing past rounds, being found,
matching."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.history.actions import record
from mulin.lists.actions.finding import index_all, index_recent
from mulin.lists.actions.imports import remove_left_over
from mulin.lists.actions.rounds import freeze_round, remind_missing
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import CollectionRound, Item, ItemQuerySet
from mulin.lists.tasks.working import work_left_over

ASK_BEFORE = 14
"""Days before its date an item's unit is asked whether it is still true."""

REMIND_BEFORE = (3, 1)
"""Days before a round's last day the missing units are reminded."""


def every_minute() -> None:
    """What came in bulk is found within the minute; no run of the matching is left lying."""
    index_recent()
    work_left_over()


def every_day() -> None:
    """Everything that falls due by date; doing it twice on one day changes nothing."""
    today = timezone.localdate()
    ask_still_true(today)
    expire_items(today)
    remind_rounds(today)
    freeze_rounds(today)
    index_all()
    remove_left_over()


def ask_still_true(today: datetime.date) -> int:
    """Ask the units of items about to expire, once per item and date; returns how many items."""
    until = today + datetime.timedelta(days=ASK_BEFORE)
    ending = _published().filter(expires_on__range=(today, until), taken=0)
    for item in ending:
        title = format_lazy(_("Still true? {title}"), title=item.title)
        people = voices_of(item.organisation, item.alliance)
        tell(people, f"still_true:{item.pk}:{item.expires_on}", title, item=item)
    return len(ending)


def expire_items(today: datetime.date) -> int:
    """Take items past their date, which nobody has taken on, off the open list."""
    past = _published().filter(expires_on__lt=today, taken=0)
    for item in past:
        _expire(item)
    return len(past)


@transaction.atomic
def _expire(item: Item) -> None:
    # The condition again, because somebody may have taken it on since it was read.
    changed = Item.objects.filter(pk=item.pk, state=Item.State.PUBLISHED, taken=0).update(
        state=Item.State.EXPIRED
    )
    if changed:
        record("expired", item, by=None)


def _published() -> ItemQuerySet:
    return Item.objects.published().select_related("organisation", "alliance")


def remind_rounds(today: datetime.date) -> int:
    """Remind the missing units of rounds that end soon."""
    days = [today + datetime.timedelta(days=before) for before in REMIND_BEFORE]
    ending = CollectionRound.objects.filter(
        state=CollectionRound.State.OPEN, closes_on__in=days
    ).select_related("alliance")
    waiting = [one for one in ending if not _reminded_on(one, today)]
    return sum(remind_missing(one, by=None) for one in waiting)


def _reminded_on(collection: CollectionRound, day: datetime.date) -> bool:
    last = collection.submissions.exclude(reminded_at=None).order_by("-reminded_at").first()
    return bool(last and timezone.localdate(last.reminded_at) == day)


def freeze_rounds(today: datetime.date) -> int:
    """Freeze rounds whose last day has passed."""
    past = list(
        CollectionRound.objects.filter(state=CollectionRound.State.OPEN, closes_on__lt=today)
    )
    for one in past:
        freeze_round(one, by=None)
    return len(past)
