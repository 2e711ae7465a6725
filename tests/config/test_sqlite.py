"""Waiting for SQLite's lock by turns."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler, OperationalError

from mulin.config.settings import _database
from mulin.config.sqlite import base


@pytest.fixture
def two(tmp_path, django_db_blocker):
    """Two connections to one file; the file has a table of notes."""
    handlers = [ConnectionHandler({"default": _database(f"sqlite:///{tmp_path}/a")}) for _ in "12"]
    one, other = (handler["default"] for handler in handlers)
    with django_db_blocker.unblock():
        one.cursor().execute("CREATE TABLE note (words)")
        yield one, other
    one.close()
    other.close()


def naps(monkeypatch, then) -> list[float]:
    """Do `then` instead of sleeping; returns how long would have been slept."""
    slept = []
    monkeypatch.setattr(base.time, "sleep", lambda seconds: (slept.append(seconds), then(slept)))
    return slept


def test_one_who_waits_asks_again_every_few_milliseconds(two, monkeypatch):
    holder, waiter = two
    holder.cursor().execute("BEGIN IMMEDIATE")
    slept = naps(monkeypatch, lambda slept: len(slept) == 40 and holder.cursor().execute("COMMIT"))
    waiter.cursor().execute("BEGIN IMMEDIATE")
    assert (slept, waiter.connection.in_transaction) == ([base.EVERY] * 40, True)


def test_statement_outside_a_transaction_waits_too(two, monkeypatch):
    holder, waiter = two
    holder.cursor().execute("BEGIN IMMEDIATE")
    naps(monkeypatch, lambda _slept: holder.cursor().execute("COMMIT"))
    waiter.cursor().executemany("INSERT INTO note VALUES (%s)", ([word] for word in ("a", "b")))
    assert holder.cursor().execute("SELECT words FROM note").fetchall() == [("a",), ("b",)]


def test_patience_ends(two, monkeypatch):
    holder, waiter = two
    holder.cursor().execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(base, "PATIENCE", -1)
    with pytest.raises(OperationalError, match="locked"):
        waiter.cursor().execute("BEGIN IMMEDIATE")


def test_other_errors_are_told_at_once(two, monkeypatch):
    slept = naps(monkeypatch, lambda _slept: None)
    with pytest.raises(OperationalError, match="no such table"):
        two[0].cursor().execute("SELECT * FROM nowhere")
    assert slept == []


def test_acknowledged_is_on_the_disk(two):
    found = [
        two[0].cursor().execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous")
    ]
    assert found == ["wal", 2]


def test_patiently_passes_the_answer_on():
    assert base.patiently(lambda: sqlite3.SQLITE_OK) == 0
