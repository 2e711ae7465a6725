"""Where the example may not be built."""

import pytest
from django.core.management import CommandError, call_command

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance

pytestmark = pytest.mark.django_db


def test_demo_refuses_beside_a_real_alliance():
    Alliance.objects.create(name="真的", slug="real")
    with pytest.raises(CommandError):
        call_command("demo")


def test_demo_refuses_where_people_are():
    Person.objects.create_user("someone")
    with pytest.raises(CommandError):
        call_command("demo")
