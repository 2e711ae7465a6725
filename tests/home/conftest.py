"""The example alliance, built once and put back after each test."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker):
    """The built example; tests in the module may read it, and change it in their transaction."""
    with django_db_blocker.unblock():
        call_command("demo", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)
