"""What every test may lean on. The database is the one of MULIN_DATABASE, else SQLite."""

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation


def pytest_configure(config: pytest.Config) -> None:
    """A folder of its own; in it SQLite's file, because in memory it locks otherwise than live."""
    config.mulin_folder = tempfile.TemporaryDirectory(prefix="mulin-test-")
    folder = Path(config.mulin_folder.name)
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := getattr(config, "mulin_folder", None):
        folder.cleanup()


@pytest.fixture(autouse=True)
def cheap_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a request leaves behind, remembered or as its language, must not reach the next test."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
    cache.clear()


@pytest.fixture
def cast(db):
    """Lin, Mei, Wang and the others, each at their post (tests.factories.cast.Cast)."""
    from tests.factories.cast import make_cast  # models load after the settings

    return make_cast()
