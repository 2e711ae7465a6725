"""The file of a backup: the copy of a database, its checksum, and the head of its history."""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path
from types import ModuleType

from django.db import connection
from django.utils import timezone

from mulin.config.backups import postgres, sqlite
from mulin.config.backups.errors import BackupError

ABOUT = "about.json"
KEYS = {"made_at", "database", "sha256", "history_head"}
# What zipfile and json raise on files that aren't what they should be; not what a full disk raises.
UNREADABLE = (KeyError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)


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
    try:
        about = _write(destination, {"made_at": now.isoformat(timespec="seconds")})
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"can't write into {destination.parent}: {error}") from error
    return destination, about


def _write(destination: Path, about: dict) -> dict:
    with tempfile.TemporaryDirectory(dir=destination.parent, prefix=".mulin-") as folder:
        copy = Path(folder) / _engine().NAME
        sealed = _engine().write(copy)
        about |= {
            "database": connection.vendor,
            "sha256": sha256_of(copy),
            "history_head": sealed,
            "secret_key": "not in here: keep var/secret_key apart; without it all sign in again",
        }
        _write_zip(Path(folder) / "whole.zip", copy, about).replace(destination)
    sqlite.flush(destination.parent)
    return about


def _engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]


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

    replace: allows giving up the present database, which then lies beside the new one; where, is
    told as `aside`. Raises BackupError, having changed nothing.
    """
    try:
        with tempfile.TemporaryDirectory(dir=_engine().room(), prefix=".mulin-") as folder:
            copy, about = _unpack(path, Path(folder))
            aside = _engine().put_back(copy, head=about["history_head"], replace=replace)
    except OSError as error:
        raise BackupError(f"can't put it back: {error}") from error
    return about | {"aside": aside}


def _unpack(path: Path, folder: Path) -> tuple[Path, dict]:
    if not path.is_file():
        raise BackupError(f"there is no file {path}")
    copy = folder / _engine().NAME
    try:
        with zipfile.ZipFile(path) as archive:
            about = _about(archive)
            with archive.open(copy.name) as source, copy.open("wb") as target:
                shutil.copyfileobj(source, target, 1024 * 1024)
    except UNREADABLE as error:
        raise BackupError(f"{path} is not a backup of mulin, or damaged: {error}") from error
    if sha256_of(copy) != about["sha256"]:
        raise BackupError("its contents are not what was backed up: the checksum differs")
    return copy, about


def _about(archive: zipfile.ZipFile) -> dict:
    about = json.loads(archive.read(ABOUT))
    if not isinstance(about, dict) or not about.keys() >= KEYS:
        raise ValueError(f"{ABOUT} doesn't say what it should")
    if about["database"] != connection.vendor:
        raise BackupError(f"it is of {about['database']}, this is {connection.vendor}")
    return about
