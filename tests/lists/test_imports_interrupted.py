"""Imports killed after any of their commits: nothing half is seen, and the next try ends it."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from mulin.history.models import Event, Link
from mulin.lists.actions import imports
from mulin.lists.actions.imports import reading, taking
from mulin.lists.models import ImportBatch, ImportRow, Item
from tests.lists.test_imports import HEAD, ROWS, ready, sheet, start, taken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def row_by_row(monkeypatch) -> None:
    """As many transactions as there are rows."""
    for module in (reading, taking):
        monkeypatch.setattr(module, "CHUNK", 1)
    monkeypatch.setattr(reading.chunks, "__defaults__", (1,))


def killed_after(commits: int, work: Callable[[], object]) -> bool:
    """Do the work in another process that is killed after so many commits; False: it ended."""
    connections.close_all()
    if child := os.fork():
        status = os.waitpid(child, 0)[1]
        assert status in (0, signal.SIGKILL)
        return status != 0
    try:
        die_after(commits, work)
    finally:
        os._exit(1)


def die_after(commits: int, work: Callable[[], object]) -> None:
    left = [commits]

    def count(_=None) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    commit = connection._commit
    connection._commit = lambda: count(commit())

    def statement(execute, sql, *rest):
        done = execute(sql, *rest)
        if not connection.in_atomic_block and sql.startswith(("UPDATE", "INSERT", "DELETE")):
            count()
        return done

    with connection.execute_wrapper(statement):
        work()
    os._exit(0)


def kills(work: Callable[[], object]) -> Iterator[int]:
    """Kill the work after one commit, after two …, until it is quicker; yields after each."""
    at = 1
    while killed_after(at, work):
        yield at
        at += 1
        ImportBatch.objects.exclude(state="taken").update(
            taken_at=timezone.now() - reading.LEASE - timedelta(seconds=1)
        )


def seen(world) -> int:
    return Item.objects.visible_to(world.people["north"]).count()


def test_taking_in_shows_all_or_nothing_whenever_it_dies(world):
    by = world.people["north"]
    batch = ready(world, start(world))
    found = [seen(world) for _ in kills(lambda: imports.take_in(batch, by=by))]
    assert (len(found) > len(ROWS) + 2, set(found[:-1]), found[-1]) == (True, {0}, 3)
    assert imports.take_in(batch, by=by) == 3
    assert set(Item.objects.values_list("state", flat=True)) == {"submitted"}
    assert (Event.objects.filter(verb="imported").count(), Link.objects.count()) == (1, 3)


def test_undoing_hides_all_at_once_whenever_it_dies(world):
    by = world.people["north"]
    batch = taken(world, start(world))
    found = [seen(world) for _ in kills(lambda: imports.undo_import(batch, by=by))]
    assert found == [0, 0, 0]
    assert (Item.objects.count(), Link.objects.count()) == (0, 0)
    assert Event.objects.filter(verb="import_undone").count() == 1


def test_reading_that_died_is_finished_by_reading_again(world):
    by = world.people["north"]
    found = [set(world_of_batches()) for _ in kills(lambda: start(world))]
    assert found[-1] == {("preview", 3), *(("reading", rows) for rows in range(4))}
    for batch in ImportBatch.objects.all():
        imports.read_again(batch, by=by)
    assert set(world_of_batches()) == {("preview", 3)}


def world_of_batches() -> list[tuple[str, int]]:
    """State and rows of every batch; a new one is begun each time."""
    return [
        (batch.state, ImportRow.objects.filter(table__batch=batch).count())
        for batch in ImportBatch.objects.all()
    ]


def test_reading_again_that_died_keeps_the_corrections(world):
    by = world.people["north"]
    batch = ready(world, start(world))
    assert [batch.pk for _ in kills(lambda: imports.read_again(batch, by=by))]
    dues = ImportRow.objects.order_by("row").values_list("cells__due__state", flat=True)
    assert list(dues) == ["read", "fixed", "fixed"]


def test_a_reading_is_not_read_again_while_it_lives(world):
    batch = start(world)
    ImportBatch.objects.update(state="reading", taken_at=timezone.now())
    with pytest.raises(ValidationError, match="还在读"):
        imports.read_again(batch, by=world.people["north"])


def test_discarding_wins_over_a_reading_that_goes_on(world, monkeypatch):
    by, settled = world.people["north"], reading.settler_for

    def discard_first(batch, person):
        imports.discard_import(batch, by=person)
        return settled(batch, person)

    monkeypatch.setattr(reading, "settler_for", discard_first)
    batch = imports.start_import(world.alliance, by=by, file=sheet(HEAD, *ROWS))
    batch.refresh_from_db()
    assert (batch.state, batch.grids, ImportRow.objects.count()) == ("discarded", [], 0)


def test_left_over_items_are_removed_but_not_those_just_being_taken_in(world, monkeypatch):
    running, dead = (ready(world, start(world)) for _ in "12")
    monkeypatch.setattr(taking, "_show", lambda *_args: os._exit(0))
    for batch in (running, dead):
        assert not killed_after(99, lambda batch=batch: taken_in(world, batch))
    imports.discard_import(dead, by=world.people["north"])
    assert imports.remove_left_over() == 1
    assert set(Item.objects.values_list("batch", flat=True)) == {running.pk}


def taken_in(world, batch) -> int:
    return imports.take_in(batch, by=world.people["north"])
