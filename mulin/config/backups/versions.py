"""Bringing an older copy up to this version, and refusing a newer one."""

import os
import subprocess
import sys

from django.db.migrations.loader import MigrationLoader

from mulin.config.backups.errors import BackupError

APPLIED = "SELECT app, name FROM django_migrations"


def require_known(applied: list[tuple[str, str]]) -> None:
    """Refuse a copy with a migration that this version doesn't have: its rows may not fit.

    applied: app and name of each migration in the copy. Raises BackupError.
    """
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    ours = {app for app, _ in known}
    unknown = sorted(f"{app} {name}" for app, name in {*applied} - known if app in ours)
    if unknown:
        raise BackupError(f"it was made by a newer version of mulin: {', '.join(unknown[:3])}")


def migrate(**env: str) -> None:
    """Run the missing migrations in a process of their own, with these settings; BackupError."""
    env = {**os.environ, **env, "DJANGO_SETTINGS_MODULE": "mulin.config.settings"}
    command = [sys.executable, "-m", "django", "migrate", "-v0"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)  # noqa: S603 - our own
    if done.returncode:
        raise BackupError(f"it can't be brought up to this version: {done.stderr[-300:]}")
