"""mulin restore: put a backup in the database's place."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mulin.config.backups import BackupError, restore


class Command(BaseCommand):
    help = "Check a backup and put it in the database's place; the server must be stopped."
    requires_system_checks: list = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="move the present one aside")

    def handle(self, *, file: Path, replace: bool, **options) -> None:
        try:
            about = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"restored the state of {about['made_at']}")
        if about["aside"]:
            self.stdout.write(f"what was here before is in {about['aside']}")
