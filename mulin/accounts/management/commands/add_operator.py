"""`mulin add_operator NAME`: an account that may do everything, and its link to a password."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from mulin.accounts.actions import add_person, invite
from mulin.accounts.models import Person


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the sign-in name")
        parser.add_argument("--name", default="", help="the name shown to others")
        parser.add_argument("--email", default="")

    @transaction.atomic
    def handle(self, username: str, name: str, email: str, **options) -> None:
        username = username.strip().lower()
        try:
            Person._meta.get_field("username").run_validators(username)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if Person.objects.filter(username=username).exists():
            raise CommandError(f"the sign-in name {username} is taken")
        person = add_person(username=username, name=name or username, email=email)
        Person.objects.filter(pk=person.pk).update(is_operator=True)
        link = settings.SITE_URL + reverse("accounts:welcome", args=[invite(person)])
        self.stdout.write(f"Open this link once, within 14 days, to choose the password:\n{link}")
