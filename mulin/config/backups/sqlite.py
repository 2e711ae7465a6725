"""Copies of a SQLite database: made while others write, put back in one step."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils import timezone

from mulin.config.backups.errors import BackupError
from mulin.config.backups.versions import APPLIED, migrate, require_known
from mulin.history.actions import head

NAME = "database.sqlite3"
LAST_SEAL = "SELECT chain FROM history_seal ORDER BY id DESC LIMIT 1"


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def room() -> Path:
    """A folder on the disk of the database, so that a copy can be moved in whole."""
    _file().parent.mkdir(parents=True, exist_ok=True)
    return _file().parent


def write(copy: Path) -> str:
    """SQLite's own backup: a consistent state even while others write. Returns the copy's head."""
    head()
    with closing(sqlite3.connect(_file())) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return inspect(copy)


def inspect(copy: Path) -> str:
    """The history head in a SQLite file; BackupError where the file is damaged or foreign."""
    try:
        with closing(sqlite3.connect(copy)) as database:
            result = database.execute("PRAGMA integrity_check").fetchone()[0]
            seal = database.execute(LAST_SEAL).fetchone()
            require_known(database.execute(APPLIED).fetchall())
    except sqlite3.DatabaseError as error:
        raise BackupError(f"the database in it is damaged: {error}") from error
    if result != "ok":
        raise BackupError(f"the database in it is damaged: {result}")
    return seal[0] if seal else ""


def put_back(copy: Path, *, head: str, replace: bool) -> str:
    """Move the copy into the database's place; returns where the former one lies, if any was."""
    target, aside = _file(), ""
    if inspect(copy) != head:
        raise BackupError("its history doesn't end where the backup says")
    if target.exists() and not replace:
        raise BackupError(f"{target} exists; --replace moves it aside")
    migrate(MULIN_DATABASE=f"sqlite:///{copy}")
    _close_wal(copy)
    flush(copy)
    connection.close()
    if target.exists():
        _close_wal(target)
        aside = f"{target}.before-{timezone.localtime():%Y%m%d-%H%M%S}"
        os.link(target, aside)
    copy.replace(target)
    flush(target.parent)
    return aside


def _close_wal(path: Path) -> None:
    """Fold the log into the file; SQLite refuses while anybody else has the database open."""
    try:
        with closing(sqlite3.connect(path, timeout=2)) as database:
            mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        mode = "locked" if "locked" in str(error) else str(error)
    if mode not in {"delete", "locked", "wal"}:
        raise BackupError(f"{path}: {mode}")
    if mode != "delete":
        raise BackupError("the server is running; stop it first")


def flush(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk: a power cut keeps them."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
