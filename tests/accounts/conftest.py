"""The cast of these tests."""

import pytest

from mulin.accounts.models import Person


@pytest.fixture
def lin(db) -> Person:
    return Person.objects.create_user("lin", "a-long-password", name="林", email="lin@example.org")
