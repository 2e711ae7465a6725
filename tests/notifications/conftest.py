"""The cast of these tests."""

import pytest

from mulin.accounts.models import Person


@pytest.fixture
def lin(db) -> Person:
    return Person.objects.create_user("lin", name="林", email="lin@example.org")


@pytest.fixture
def wang(db) -> Person:
    return Person.objects.create_user("wang", name="王")
