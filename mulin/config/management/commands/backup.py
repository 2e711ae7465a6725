"""mulin backup: one file with everything, made while the server runs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mulin.config.backups import BackupError, back_up


class Command(BaseCommand):
    help = "Write a consistent copy of the database into a file, with its checksum."

    def add_arguments(self, parser) -> None:
        parser.add_argument("destination", type=Path, help="a folder, or a new file")

    def handle(self, *, destination: Path, **options) -> None:
        try:
            path, about = back_up(destination)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"backed up into {path}")
        self.stdout.write(f"history head {about['history_head'] or 'empty'}")
        self.stdout.write(f"secret key {about['secret_key']}")
