"""`mulin demo`: build the alliance of the article, with invented units, persons and figures."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.home.demo.founding import PASSWORD, Founding, facts
from mulin.home.demo.living import Living


class Command(BaseCommand):
    help = "Build the example alliance in an empty database, and print its accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        if Alliance.objects.filter(is_example=False).exists():
            raise CommandError("This database holds a real alliance; the example needs its own.")
        if not Alliance.objects.exists():
            if Person.objects.exists():
                raise CommandError("This database holds people; the example needs an empty one.")
            self.build()
        self.say_accounts()

    @transaction.atomic
    def build(self) -> None:
        """All or nothing: a half-built example would never be finished."""
        founding = Founding()
        founding.build()
        Living(founding).live()

    def say_accounts(self) -> None:
        said = facts()
        self.stdout.write(f"{settings.SITE_URL}/   ({said['alliance']['name']})")
        self.stdout.write(f"password for all / 密码: {PASSWORD}")
        for row in said["accounts"]:
            self.stdout.write(
                f"  {row['username']:<12}{row['role']:<13}{row['name']}  {row['unit']}"
            )
