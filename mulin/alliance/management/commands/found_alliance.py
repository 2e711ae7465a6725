"""`mulin found_alliance NAME --slug SLUG --side CODE --side CODE`: two or more sub-districts."""

import datetime
from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils import timezone

from mulin.alliance.actions.founding import found_alliance
from mulin.alliance.models import Alliance, Organisation, OrganisationCode


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--slug", required=True, help="its public address, in Latin letters")
        parser.add_argument(
            "--side", action="append", required=True, help="official code of a sub-district"
        )
        parser.add_argument("--founded-on", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, name: str, slug: str, side: list[str], **options) -> None:
        try:
            validate_slug(slug)
        except ValidationError as error:
            raise CommandError(f"{slug!r}: {' '.join(error.messages)}") from error
        if Alliance.objects.filter(slug=slug).exists():
            raise CommandError(f"an alliance with the address {slug} is there already")
        if len(set(side)) < 2:
            raise CommandError("an alliance needs two sides or more")
        found_alliance(
            name,
            slug=slug,
            organisations=[self._coded(code) for code in side],
            founded_on=options["founded_on"] or timezone.localdate(),
        )
        self.stdout.write(f"{name}: an operator can now appoint its coordinators, under Posts.")

    def _coded(self, code: str) -> Organisation:
        held = OrganisationCode.objects.current().filter(code=code).select_related("organisation")
        if not (row := held.first()):
            raise CommandError(f"no organisation has the code {code}: load its division first")
        return row.organisation
