"""Whole copies of the database in one file, and putting one back."""

from mulin.config.backups.archive import back_up, restore
from mulin.config.backups.errors import BackupError

__all__ = ["BackupError", "back_up", "restore"]
