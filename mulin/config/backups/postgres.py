"""Copies of a PostgreSQL database by its own tools: one snapshot out, one transaction in."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from mulin.config.backups.errors import BackupError
from mulin.config.backups.versions import APPLIED, migrate, require_known
from mulin.history.actions import head as seal
from mulin.history.models import Seal

NAME = "database.dump"
# Former data moved aside stay out of the next backup.
ASIDE = "before_"
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
CHECK = """DO $$ BEGIN IF coalesce((SELECT chain FROM public.history_seal ORDER BY id DESC LIMIT 1),
'') <> '{head}' THEN RAISE EXCEPTION 'its history doesn''t end where the backup says'; END IF;
END $$;"""


def room() -> Path:
    """A folder for the copy while it is read."""
    return Path(tempfile.gettempdir())


def write(copy: Path) -> str:
    """A dump of one snapshot, even while others write. Returns the head of the history in it."""
    seal()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        last = Seal.objects.order_by("-pk").first()
        cursor.execute("SELECT pg_export_snapshot()")
        what = (f"--snapshot={cursor.fetchone()[0]}", f"--exclude-schema={ASIDE}*")
        _run("pg_dump", "--format=custom", f"--file={copy}", *what, *_where())
    return last.chain if last else ""


def put_back(copy: Path, *, head: str, replace: bool) -> str:
    """Put the dump in the schema's place; returns the schema that holds the former data, if any."""
    if not re.fullmatch("[0-9a-f]*", head):
        raise BackupError("what it says of its history is no checksum")
    occupied = bool(connection.introspection.table_names())
    if occupied and not replace:
        raise BackupError("the database isn't empty; --replace moves what it holds aside")
    _require_alone()
    aside = f"{ASIDE}{timezone.localtime():%Y%m%d_%H%M%S}" if occupied else ""
    _play(copy, head=head, aside=aside)
    try:
        require_known(_rows(APPLIED))
        connection.close()
        migrate()
    except BackupError:
        _take_back(aside)
        raise
    return aside and f"the schema {aside}"


def _require_alone() -> None:
    if _rows(OTHERS)[0][0]:
        raise BackupError("the server is running; stop it first")


def _rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _play(copy: Path, *, head: str, aside: str) -> None:
    """All in one transaction: interrupted or refused, it leaves what was there."""
    script, before, after = (copy.with_name(name) for name in ("all.sql", "a.sql", "z.sql"))
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
    move = f"ALTER SCHEMA public RENAME TO {aside}; CREATE SCHEMA public;" if aside else ""
    before.write_text(move)
    after.write_text(CHECK.format(head=head))
    connection.close()
    flags = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    files = [f"--file={path}" for path in (before, script, after)]
    _run("psql", *flags, *files, *_where())


def _take_back(aside: str) -> None:
    back = f"ALTER SCHEMA {aside} RENAME TO public" if aside else "CREATE SCHEMA public"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute(back)


def _where() -> list[str]:
    settings = connection.settings_dict
    to = {"host": settings["HOST"], "port": str(settings["PORT"]), "username": settings["USER"]}
    return [
        *(f"--{flag}={value}" for flag, value in to.items() if value),
        "--no-password",
        f"--dbname={settings['NAME']}",
    ]


def _run(name: str, *flags: str) -> None:
    """Run PostgreSQL's own tool; the password goes by the environment."""
    tool = shutil.which(name)
    if not tool:
        raise BackupError(f"{name} is missing: install the PostgreSQL client of your version")
    env = os.environ | {"PGPASSWORD": connection.settings_dict["PASSWORD"]}
    done = subprocess.run([tool, *flags], env=env, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        raise BackupError(f"{name} says: {done.stderr.strip()[-400:]}")
