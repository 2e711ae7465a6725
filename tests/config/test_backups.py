"""Backing up and putting back, on databases of its own in a temporary folder."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SQL = "SELECT username FROM accounts_person ORDER BY username"


def mulin(folder: Path, *words: str, code: str = "") -> subprocess.CompletedProcess:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mulin.config.settings",
        "MULIN_DATABASE": f"sqlite:///{folder / 'mulin.sqlite3'}",
        "MULIN_VAR": str(folder),
    }
    program = ["-c", code] if code else ["-m", "django", *words]
    return subprocess.run([sys.executable, *program], env=env, capture_output=True, text=True)


def add_person(folder: Path, name: str) -> None:
    setup = "import django; django.setup(); from mulin.accounts.models import Person;"
    record = "from mulin.history.actions import record;"
    make = f"p = Person.objects.create_user({name!r}, name={name!r}); record('joined', p, by=p)"
    assert mulin(folder, code=setup + record + make).returncode == 0


def people(folder: Path) -> list[str]:
    database = sqlite3.connect(folder / "mulin.sqlite3")
    try:
        return [row[0] for row in database.execute(SQL)]
    finally:
        database.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Path:
    """A folder with a database of tables without rows."""
    folder = tmp_path_factory.mktemp("empty")
    assert mulin(folder, "migrate", "-v0").returncode == 0
    return folder


@pytest.fixture
def own(empty, tmp_path) -> Path:
    """A folder whose database holds Lin."""
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    add_person(tmp_path, "lin")
    return tmp_path


@pytest.fixture(scope="module")
def backup(empty, tmp_path_factory) -> Path:
    """A backup of a database in which Mei stands."""
    folder = tmp_path_factory.mktemp("source")
    shutil.copytree(empty, folder, dirs_exist_ok=True)
    add_person(folder, "mei")
    done = mulin(folder, "backup", str(folder / "copy.zip"))
    assert done.returncode == 0, done.stderr
    return folder / "copy.zip"


def test_restored_database_holds_what_was_backed_up(backup, tmp_path):
    done = mulin(tmp_path, "restore", str(backup))
    assert (done.returncode, people(tmp_path)) == (0, ["mei"])


def test_backup_is_for_its_owner_only(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_backup_never_overwrites(backup):
    done = mulin(backup.parent, "backup", str(backup))
    assert done.returncode == 1
    assert "exists already" in done.stderr


def test_restore_refuses_to_overwrite(backup, own):
    done = mulin(own, "restore", str(backup))
    assert (done.returncode, people(own)) == (1, ["lin"])


def test_replaced_database_lies_beside_the_new_one(backup, own):
    assert mulin(own, "restore", str(backup), "--replace").returncode == 0
    aside = next(own.glob("mulin.sqlite3.before-*"))
    assert people(own) == ["mei"]
    aside.rename(own / "mulin.sqlite3")
    assert people(own) == ["lin"]


def test_restore_refuses_while_the_server_runs(backup, own):
    server = sqlite3.connect(own / "mulin.sqlite3")
    server.execute(SQL).fetchall()
    done = mulin(own, "restore", str(backup), "--replace")
    server.close()
    assert (done.returncode, people(own)) == (1, ["lin"])
    assert "stop it first" in done.stderr


def rewritten(backup: Path, target: Path, *, of: str, content: bytes) -> Path:
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == of else old.read(name))
    return target


def test_changed_backup_is_refused(backup, tmp_path):
    bad = rewritten(backup, tmp_path / "bad.zip", of="database.sqlite3", content=b"x" * 100)
    done = mulin(tmp_path, "restore", str(bad))
    assert done.returncode == 1
    assert "the checksum differs" in done.stderr
    assert not (tmp_path / "mulin.sqlite3").exists()


def test_something_else_is_refused(tmp_path):
    (tmp_path / "letter.zip").write_bytes(b"Dear neighbour")
    done = mulin(tmp_path, "restore", str(tmp_path / "letter.zip"))
    assert done.returncode == 1
    assert "is not a backup of mulin" in done.stderr


def test_doctor_finds_a_restored_history_whole(backup, tmp_path):
    mulin(tmp_path, "restore", str(backup))
    done = mulin(tmp_path, "doctor")
    assert done.returncode == 0, done.stdout
    assert "the history verifies" in done.stdout
    assert "no camera" in done.stdout


def test_doctor_fails_on_a_database_without_tables(tmp_path):
    done = mulin(tmp_path, "doctor")
    assert done.returncode == 1
    assert "run `mulin migrate`" in done.stdout
