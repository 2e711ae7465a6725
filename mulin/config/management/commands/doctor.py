"""mulin doctor: what is well, what isn't, and what an office network without https goes without."""

import shutil

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from mulin.history.queries import broken_seal

PLAIN_HTTP = (
    "plain http: no camera (codes are typed), no passkeys (passwords and one-time codes work),"
    " nothing offline; `mulin serve --cert --key` gives https"
)


class Command(BaseCommand):
    help = "Say what works here and what doesn't; fails when data is at risk."
    requires_system_checks: list = []

    def handle(self, **options) -> None:
        notes = [
            *database_notes(),
            *mail_notes(),
            *disk_notes(),
            *privacy_notes(),
            *address_notes(),
        ]
        for level, words in notes:
            self.stdout.write(f"{level:8} {words}")
        if any(level == "PROBLEM" for level, _ in notes):
            raise CommandError("there are problems")


Note = tuple[str, str]


def database_notes() -> list[Note]:
    try:
        notes = sqlite_notes() if connection.vendor == "sqlite" else [("ok", "PostgreSQL answers")]
        if misses_migrations():
            return [*notes, ("PROBLEM", "migrations are missing: run `mulin migrate`")]
        seal = broken_seal()
    except DatabaseError as error:
        return [("PROBLEM", f"the database doesn't answer: {error}")]
    if seal:
        return [*notes, ("PROBLEM", f"the history doesn't verify from seal {seal} on")]
    return [*notes, ("ok", "the history verifies")]


def misses_migrations() -> bool:
    plan = MigrationExecutor(connection)
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def sqlite_notes() -> list[Note]:
    with connection.cursor() as cursor:
        values = [
            cursor.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous")
        ]
        check = cursor.execute("PRAGMA quick_check").fetchone()[0]
    if check != "ok":
        return [("PROBLEM", f"the database file is damaged: {check}")]
    if values != ["wal", 2]:
        return [("PROBLEM", f"the database may lose what it acknowledged: {values}")]
    return [("ok", f"SQLite in {connection.settings_dict['NAME']} (WAL, synchronous=FULL)")]


def mail_notes() -> list[Note]:
    if settings.EMAIL_HOST:
        return [("ok", f"mail goes through {settings.EMAIL_HOST}")]
    return [("note", "no mail: MULIN_EMAIL_HOST isn't set; people read their inbox here")]


def disk_notes() -> list[Note]:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.VAR_DIR).free // 2**20
    return [("PROBLEM" if free < 500 else "ok", f"{free} MB free in {settings.VAR_DIR}")]


def privacy_notes() -> list[Note]:
    if settings.VAR_DIR.stat().st_mode & 0o077:
        return [("note", f"others on this machine can look into {settings.VAR_DIR}: chmod 700")]
    return []


def address_notes() -> list[Note]:
    notes = [("ok", "https")] if settings.HTTPS else [("note", PLAIN_HTTP)]
    if settings.DEBUG:
        notes.append(("PROBLEM", "MULIN_DEBUG shows strangers the inside; unset it"))
    return [*notes, ("note", f"links in mails begin with {settings.SITE_URL} (MULIN_SITE_URL)")]
