"""What every test may lean on. The database is the one of MULIN_DATABASE, else SQLite."""

import tempfile

import pytest
from django.conf import settings


def pytest_configure(config: pytest.Config) -> None:
    """SQLite in a file: in memory it locks otherwise than what an operator runs."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        config.mulin_folder = tempfile.TemporaryDirectory(prefix="mulin-test-")
        database.setdefault("TEST", {})["NAME"] = f"{config.mulin_folder.name}/test.sqlite3"


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := getattr(config, "mulin_folder", None):
        folder.cleanup()


@pytest.fixture(autouse=True)
def cheap_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db):
    """Lin, Mei, Wang and the others, each at their post (tests.factories.cast.Cast)."""
    from tests.factories.cast import make_cast  # models load after the settings

    return make_cast()
