"""SQLite whose writers wait by turns: who waits longest asks for the lock as often as anyone.

SQLite's own wait asks less and less often, at last every 100 ms. A writer of many short
transactions (an import) then takes the lock again and again before the one who waits looks up.
"""

import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db.backends.sqlite3 import base

PATIENCE = 20.0
"""Seconds until a wait for the lock is an error."""

EVERY = 0.003
"""Seconds between two tries; far less than the pause an import makes between two transactions."""

T = TypeVar("T")


def patiently(work: Callable[[], T]) -> T:
    """Do what may meet a locked database, again until the lock is free or patience ends."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            # The low byte is the cause; the others say on which occasion.
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
            if code != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(EVERY)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits where a lock is taken; inside a transaction it is held already."""

    def execute(self, query: str, params: Any = None) -> Any:
        if self.connection.in_transaction:
            return super().execute(query, params)
        return patiently(partial(super().execute, query, params))

    def executemany(self, query: str, param_list: Any) -> Any:
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        return patiently(partial(super().executemany, query, list(param_list)))


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with that cursor; SQLite's own wait serves only while a connection opens."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
