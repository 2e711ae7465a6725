"""What every test may lean on. The database is the one of MULIN_DATABASE, else SQLite."""

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def plain_settings(settings) -> None:
    """Cheap passwords, plain static names and mail kept in memory; tests never wait for these."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_configure() -> None:
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
