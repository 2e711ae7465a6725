"""Items: handing in, publishing, numbers, withdrawing, merging and carrying forward."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from mulin.history.queries import story
from mulin.lists.actions import (
    merge_items,
    publish_item,
    restore_item,
    submit_item,
    unmerge_item,
    withdraw_item,
)
from mulin.lists.models import Item

YEAR = timezone.localdate().year


def test_numbers_run_by_kind_and_stay(world):
    by = world.people["north"]
    made = [world.need(state="submitted"), world.need(state="submitted")]
    made.append(world.resource(state="submitted"))
    numbers = [publish_item(item, by=by).number for item in made]
    assert numbers == [f"XQ-{YEAR}-001", f"XQ-{YEAR}-002", f"ZY-{YEAR}-001"]


def test_number_goes_on_past_999(world):
    world.need(number=f"XQ-{YEAR}-1000")
    world.need(number=f"XQ-{YEAR}-999")
    item = publish_item(world.need(state="submitted"), by=world.people["north"])
    assert item.number == f"XQ-{YEAR}-1001"


@pytest.mark.django_db(transaction=True)
def test_two_publishers_never_give_one_number_twice(world):
    items = [world.need(state="submitted") for _ in range(6)]
    start = threading.Barrier(2)

    def publish(half: list[Item], unit: str) -> None:
        start.wait()
        for item in half:
            publish_item(item, by=world.people[unit])
        connection.close()

    halves = [(items[:3], "north"), (items[3:], "south")]
    racers = [threading.Thread(target=publish, args=half) for half in halves]
    [racer.start() for racer in racers]
    [racer.join() for racer in racers]
    numbers = set(Item.objects.values_list("number", flat=True))
    assert numbers == {f"XQ-{YEAR}-{n:03d}" for n in range(1, 7)}


def test_unit_cannot_publish_its_own_item(world):
    with pytest.raises(PermissionDenied):
        publish_item(world.need(state="submitted"), by=world.people["community"])


def test_untitled_draft_is_not_handed_in(world):
    with pytest.raises(PermissionDenied):
        submit_item(world.need(state="draft", title=" "), by=world.people["community"])


def test_taken_item_is_not_withdrawn(world):
    with pytest.raises(PermissionDenied):
        withdraw_item(world.need(taken=1), by=world.people["community"])


def test_withdrawal_is_undone(world):
    by = world.people["community"]
    item = withdraw_item(world.need(number="XQ-1"), by=by)
    assert (item.state, restore_item(item, by=by).state) == ("withdrawn", "published")


def test_merged_item_is_in_the_story_and_comes_apart(world):
    into, other = world.need(title="甲"), world.need("neighbour", title="乙", number="XQ-2")
    by = world.people["north"]
    merge_items(into, items=[other], by=by)
    verbs = {event.verb for event in story(into.pk, audiences=["alliance"])}
    counted = Item.objects.with_requests().get(pk=into.pk).requests
    assert (verbs, counted) == ({"merged", "took_in"}, 2)
    other.refresh_from_db()
    assert unmerge_item(other, by=by).state == "published"


@pytest.mark.parametrize("kind", ["need", "resource"])
def test_taken_item_or_item_of_the_other_list_is_not_merged(world, kind):
    other = world.item(kind, "neighbour", taken=1 if kind == "need" else 0)
    with pytest.raises(ValidationError):
        merge_items(world.need(), items=[other], by=world.people["north"])


def test_publishing_a_carried_row_replaces_last_years(world):
    old = world.need(number="XQ-2025-003")
    new = world.need(state="submitted", carried_from=old)
    publish_item(new, by=world.people["north"])
    old.refresh_from_db()
    assert (old.state, Item.objects.published().count()) == ("expired", 1)
