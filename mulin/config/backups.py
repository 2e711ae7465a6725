"""Whole copies of the database in one file, and putting one back."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils import timezone

from mulin.history.actions import head

ABOUT = "about.json"
COPIES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
LAST_SEAL = "SELECT chain FROM history_seal ORDER BY id DESC LIMIT 1"


class BackupError(Exception):
    """A backup that can't be made or put back, with the reason for the operator."""


def back_up(destination: Path) -> tuple[Path, dict]:
    """Write a consistent copy while the server runs; returns the file and what it says of itself.

    destination: a folder, or the name of a file that doesn't exist yet.
    Raises BackupError; then no file is there.
    """
    now = timezone.localtime()
    if destination.is_dir():
        destination /= f"mulin-{now:%Y%m%d-%H%M%S}.zip"
    if destination.exists():
        raise BackupError(f"{destination} exists already")
    if not destination.parent.is_dir():
        raise BackupError(f"there is no folder {destination.parent}")
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".mulin-") as folder:
        copy = Path(folder) / COPIES[connection.vendor]
        sealed = head()
        if connection.vendor == "sqlite":
            sealed = _copy_sqlite(copy)
        else:
            _run_tool("pg_dump", "--format=custom", f"--file={copy}")
        about = {
            "made_at": now.isoformat(timespec="seconds"),
            "database": connection.vendor,
            "sha256": sha256_of(copy),
            "history_head": sealed,
            "secret_key": "not in here: keep var/secret_key apart; without it all sign in again",
        }
        _write_zip(Path(folder) / "whole.zip", copy, about).replace(destination)
    return destination, about


def _copy_sqlite(copy: Path) -> str:
    """SQLite's own backup: a consistent state even while others write. Returns the copy's head."""
    ours = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(ours) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return inspect(copy)


def inspect(copy: Path) -> str:
    """The history head in a SQLite file; BackupError where the file is damaged."""
    try:
        with closing(sqlite3.connect(copy)) as database:
            result = database.execute("PRAGMA integrity_check").fetchone()[0]
            seal = database.execute(LAST_SEAL).fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"the database in it is damaged: {error}") from error
    if result != "ok":
        raise BackupError(f"the database in it is damaged: {result}")
    return seal[0] if seal else ""


def _write_zip(path: Path, copy: Path, about: dict) -> Path:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(ABOUT, json.dumps(about, indent=2))
            archive.write(copy, copy.name)
        file.flush()
        os.fsync(file.fileno())
    return path


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def restore(path: Path, *, replace: bool = False) -> dict:
    """Put a backup in the database's place after checking it; returns what it says of itself.

    replace: allows giving up the present database, which then lies beside the new one.
    Raises BackupError, having changed nothing.
    """
    target = Path(str(connection.settings_dict["NAME"]))
    folder = target.parent if connection.vendor == "sqlite" else Path(tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".mulin-") as unpacked:
        copy, about = _unpack(path, Path(unpacked))
        if connection.vendor == "sqlite":
            if inspect(copy) != about.get("history_head"):
                raise BackupError("its history doesn't end where the backup says")
            _swap_in(copy, target, replace=replace)
        else:
            _restore_dump(copy, replace=replace)
    return about


def _unpack(path: Path, folder: Path) -> tuple[Path, dict]:
    name = COPIES[connection.vendor]
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(ABOUT))
            if about["database"] != connection.vendor:
                raise BackupError(f"it is of {about['database']}, this is {connection.vendor}")
            with archive.open(name) as source, (folder / name).open("wb") as target:
                shutil.copyfileobj(source, target, 1024 * 1024)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BackupError(f"{path} is not a backup of mulin, or damaged: {error}") from error
    if sha256_of(folder / name) != about.get("sha256"):
        raise BackupError("its contents are not what was backed up: the checksum differs")
    return folder / name, about


def _swap_in(copy: Path, target: Path, *, replace: bool) -> None:
    if target.exists() and not replace:
        raise BackupError(f"{target} exists; --replace moves it aside")
    _migrate(copy)
    connection.close()
    if target.exists():
        _close_wal(target)
        aside = target.with_name(f"{target.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
        os.link(target, aside)
    copy.replace(target)


def _migrate(copy: Path) -> None:
    """Bring an older copy up to this version, in a process that knows no other database."""
    env = os.environ | {"MULIN_DATABASE": f"sqlite:///{copy}"}
    command = [sys.executable, "-m", "django", "migrate", "-v0"]
    env["DJANGO_SETTINGS_MODULE"] = "mulin.config.settings"
    done = subprocess.run(command, env=env, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        raise BackupError(f"it can't be brought up to this version: {done.stderr[-300:]}")
    _close_wal(copy)


def _close_wal(path: Path) -> None:
    """Fold the log into the file; SQLite refuses while anybody else has the database open."""
    try:
        with closing(sqlite3.connect(path, timeout=2)) as database:
            mode = database.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "locked"
    if mode != "delete":
        raise BackupError("the server is running; stop it first")


def _restore_dump(copy: Path, *, replace: bool) -> None:
    if connection.introspection.table_names() and not replace:
        raise BackupError("the database isn't empty; --replace overwrites it")
    connection.close()
    flags = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run_tool("pg_restore", *flags, str(copy))


def _run_tool(name: str, *flags: str) -> None:
    """Run PostgreSQL's own tool on our database; the password goes by the environment."""
    tool = shutil.which(name)
    if not tool:
        raise BackupError(f"{name} is missing: install the PostgreSQL client of your version")
    settings = connection.settings_dict
    to = {"host": settings["HOST"], "port": str(settings["PORT"]), "username": settings["USER"]}
    where = [f"--{flag}={value}" for flag, value in to.items() if value]
    env = os.environ | {"PGPASSWORD": settings["PASSWORD"]}
    command = [tool, *flags, *where, f"--dbname={settings['NAME']}"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        raise BackupError(f"{name}: {done.stderr.strip()[-300:]}")
