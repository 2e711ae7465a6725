"""mulin tick: do once what is due, for those who let cron do what `mulin serve` does by itself."""

from django.core.management.base import BaseCommand, CommandError

from mulin.config.clock import tick


class Command(BaseCommand):
    help = "Send what waits in the outbox, seal the history, and do what is due today."

    def handle(self, **options) -> None:
        if failed := tick():
            raise CommandError("failed: " + ", ".join(failed))
