"""Backing up and putting back, on databases of its own in a temporary folder."""

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

SQL = "SELECT username FROM accounts_person ORDER BY username"


def mulin(
    folder: Path, *words: str, code: str = "", largest_file: int = -1
) -> subprocess.CompletedProcess:
    """Run the command on the folder's database; `largest_file` in bytes stands for a full disk."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mulin.config.settings",
        "MULIN_DATABASE": f"sqlite:///{folder / 'mulin.sqlite3'}",
        "MULIN_VAR": str(folder),
    }
    program = ["-c", code] if code else ["-m", "django", *words]
    return subprocess.run(
        [sys.executable, *program],
        env=env,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, -1)),
    )


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


def rewritten(backup: Path, target: Path, *, content: bytes = b"", **told: str) -> Path:
    """The backup with other contents, or with other things told about them."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        copy = content or old.read("database.sqlite3")
        about = json.loads(old.read("about.json")) | {"sha256": hashlib.sha256(copy).hexdigest()}
        new.writestr("about.json", json.dumps(about | told))
        new.writestr("database.sqlite3", copy)
    return target


def changed(backup: Path, folder: Path, sql: str) -> bytes:
    """The database of the backup after a statement."""
    with zipfile.ZipFile(backup) as archive:
        archive.extract("database.sqlite3", folder)
    with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
        database.execute(sql)
        database.commit()
    return (folder / "database.sqlite3").read_bytes()


def refusal(folder: Path, archive: Path) -> str:
    """What restore says of the archive, having put nothing in place."""
    done = mulin(folder, "restore", str(archive))
    assert (done.returncode, (folder / "mulin.sqlite3").exists()) == (1, False)
    return done.stderr


def test_changed_backup_is_refused(backup, tmp_path):
    bad = rewritten(backup, tmp_path / "bad.zip", sha256="0" * 64)
    assert "the checksum differs" in refusal(tmp_path, bad)


def test_cut_backup_is_refused(backup, tmp_path):
    (tmp_path / "cut.zip").write_bytes(backup.read_bytes()[:20_000])
    assert "is not a backup of mulin" in refusal(tmp_path, tmp_path / "cut.zip")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("DROP TABLE history_seal", "is damaged: no such table"),
        ("INSERT INTO django_migrations VALUES (999, 'lists', '9999_later', 0)", "a newer version"),
        ("DELETE FROM history_seal", "history doesn't end where"),
    ],
)
def test_backup_of_another_kind_is_refused(backup, tmp_path, sql, reason):
    bad = rewritten(backup, tmp_path / "bad.zip", content=changed(backup, tmp_path, sql))
    assert reason in refusal(tmp_path, bad)


def test_backup_of_another_engine_is_refused(backup, tmp_path):
    bad = rewritten(backup, tmp_path / "bad.zip", database="postgresql")
    assert "it is of postgresql, this is sqlite" in refusal(tmp_path, bad)


def test_backup_that_tells_nothing_is_refused(backup, tmp_path):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as new:
        new.writestr("about.json", "[1]")
    assert "doesn't say what it should" in refusal(tmp_path, tmp_path / "bad.zip")


def test_missing_backup_is_named(tmp_path):
    assert f"there is no file {tmp_path / 'gone.zip'}" in refusal(tmp_path, tmp_path / "gone.zip")


def test_full_disk_leaves_the_old_and_says_so(backup, own):
    done = mulin(own, "restore", str(backup), "--replace", largest_file=100_000)
    assert (done.returncode, people(own), list(own.glob(".mulin-*"))) == (1, ["lin"], [])
    assert "can't put it back" in done.stderr


def test_full_disk_leaves_no_half_backup(own, tmp_path_factory):
    to = tmp_path_factory.mktemp("to")
    done = mulin(own, "backup", str(to), largest_file=100_000)
    assert (done.returncode, list(to.iterdir())) == (1, [])
    assert "can't write into" in done.stderr


def test_backup_is_one_moment_while_others_write(own, tmp_path_factory):
    """A writer adds sessions by twos; whenever the copy is taken, it holds no half of a pair."""
    stop = threading.Event()
    writer = threading.Thread(target=write_pairs, args=[own, stop])
    writer.start()
    done = mulin(own, "backup", str(own / "copy.zip"))
    stop.set()
    writer.join()
    fresh = tmp_path_factory.mktemp("fresh")
    restored = mulin(fresh, "restore", str(own / "copy.zip"))
    assert [done.returncode, restored.returncode] == [0, 0]
    there, here = sessions(own), sessions(fresh)
    assert here % 2 == 0
    assert 0 < here < there


def write_pairs(folder: Path, stop: threading.Event) -> None:
    with closing(sqlite3.connect(folder / "mulin.sqlite3", timeout=20)) as database:
        number = 0
        while not stop.is_set():
            for _half in range(2):
                number += 1
                database.execute(f"INSERT INTO django_session VALUES ('{number}', 'x', 0)")
            database.commit()


def sessions(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "mulin.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM django_session").fetchone()[0]


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


@pytest.mark.parametrize(("mode", "told"), [(0o755, True), (0o700, False)])
def test_doctor_tells_whether_others_can_look_in(tmp_path, mode, told):
    tmp_path.chmod(mode)
    assert ("others on this machine" in mulin(tmp_path, "doctor").stdout) is told


def test_doctor_fails_on_a_database_without_tables(tmp_path):
    done = mulin(tmp_path, "doctor")
    assert done.returncode == 1
    assert "run `mulin migrate`" in done.stdout
