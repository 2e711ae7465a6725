"""What happens once a day."""

import datetime

import pytest
from django.utils import timezone

from mulin.lists.actions import open_round, say_still_true
from mulin.lists.models import CollectionRound, ImportBatch, Item
from mulin.lists.tasks import every_day
from mulin.notifications.models import Message


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.mark.parametrize(
    ("expires_on", "taken", "state"),
    [(-1, 0, "expired"), (0, 0, "published"), (-1, 3, "published"), (None, 0, "published")],
)
def test_past_items_nobody_took_expire(world, expires_on, taken, state):
    until = None if expires_on is None else days(expires_on)
    item = world.need(expires_on=until, taken=taken)
    every_day()
    item.refresh_from_db()
    assert item.state == state


def test_unit_is_asked_once_whether_it_is_still_true(world):
    world.need(expires_on=days(10))
    every_day()
    every_day()
    assert [message.person.username for message in Message.objects.all()] == ["community"]


def test_still_true_brings_an_expired_item_back_for_a_year(world):
    item = world.need(state=Item.State.EXPIRED, expires_on=days(-1))
    item = say_still_true(item, by=world.people["community"])
    assert (item.state, item.expires_on) == ("published", days(365))


def opened(world, closes_on) -> CollectionRound:
    return open_round(
        world.alliance, by=world.people["north"], title="征集", closes_on=closes_on,
        organisations=[world.units["clinic"]],
    )  # fmt: skip


def test_missing_units_are_reminded_once_on_the_days_before(world):
    opened(world, days(3))
    before = Message.objects.count()
    every_day()
    every_day()
    assert Message.objects.count() - before == 1


def test_past_round_freezes(world):
    collection = opened(world, days(0))
    CollectionRound.objects.update(closes_on=days(-1))
    every_day()
    collection.refresh_from_db()
    assert collection.state == "frozen"


def test_daily_tasks_remove_what_an_interrupted_import_left(world):
    batch = ImportBatch.objects.create(alliance=world.alliance, state="discarded")
    world.need(title="半途而废", state="staged", batch=batch)
    every_day()
    assert not Item.objects.filter(title="半途而废").exists()
