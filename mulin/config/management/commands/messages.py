"""mulin messages: bring the catalogues up to date, check or compile them."""

from django.core.management.base import BaseCommand, CommandError

from mulin.config import catalogues


class Command(BaseCommand):
    help = "Extract strings into each app's catalogue and compile; 繁體 follows from 简体."
    requires_system_checks: list = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="fail on what is missing or stale")
        parser.add_argument("--compile", action="store_true", help="compile only")
        parser.add_argument("apps", nargs="*", help="only these apps")

    def handle(self, *, check: bool, compile: bool, apps: list[str], **options) -> None:
        apps = apps or catalogues.apps()
        if check:
            return self.check_all(apps)
        for app in apps:
            if not compile:
                catalogues.write(app, catalogues.merged(app))
            catalogues.compile_app(app)
        if not compile:
            self.report(apps)
        return None

    def check_all(self, apps: list[str]) -> None:
        problems = self.report(apps)
        if problems:
            raise CommandError(f"{problems} problems in the catalogues")
        self.stdout.write("every string is translated")

    def report(self, apps: list[str]) -> int:
        found = [problem for app in apps for problem in catalogues.problems(app)]
        for problem in found:
            self.stdout.write(problem)
        return len(found)
