"""Starting the server, and its end together with whoever started it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mulin.config import parent

WORKER = (
    "from mulin.config.parent import follow_parent; follow_parent(); import time; time.sleep(60)"
)
STARTER = f"""
import subprocess, sys, time
from mulin.config.parent import name_parent
name_parent()
subprocess.Popen([sys.executable, "-c", {WORKER!r}])
print("started", flush=True)
time.sleep(60)
"""


def test_taken_port_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"can't listen on 127.0.0.1:{port}"):
            call_command("serve", "--port", str(port))


def test_impossible_port_is_refused():
    with pytest.raises(CommandError, match="can't listen on localhost:99999"):
        call_command("serve", "--host", "localhost", "--port", "99999")


@pytest.mark.parametrize(
    ("database", "reason"),
    [("empty.sqlite3", "mulin migrate"), ("no/such/folder", "doesn't answer")],
)
def test_database_that_serves_no_page_is_refused(tmp_path, database, reason):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mulin.config.settings",
        "MULIN_DATABASE": f"sqlite:///{tmp_path / database}",
        "MULIN_VAR": str(tmp_path),
    }
    command = [sys.executable, "-m", "django", "serve", "--port", "0"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, reason in done.stderr) == (1, True)


def test_certificate_needs_its_key(tmp_path):
    (tmp_path / "chain.pem").touch()
    with pytest.raises(CommandError, match="belong together"):
        call_command("serve", "--cert", str(tmp_path / "chain.pem"))


def test_missing_certificate_is_named(tmp_path: Path):
    files = (str(tmp_path / "chain.pem"), str(tmp_path / "key.pem"))
    with pytest.raises(CommandError, match=f"there is no file {files[0]}"):
        call_command("serve", "--cert", files[0], "--key", files[1])


def test_worker_ends_with_who_started_it():
    """Both hold the pipe: it ends when the last of them does."""
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as starter:
        assert starter.stdout.readline() == b"started\n"
        starter.kill()
        assert starter.communicate(timeout=10)[0] == b""


def test_process_without_named_parent_is_left_alone(monkeypatch):
    monkeypatch.delenv(parent.STARTED_BY, raising=False)
    monkeypatch.setattr(parent.threading, "Thread", None)
    parent.follow_parent()


def test_end_is_asked_for_as_by_an_operator(monkeypatch):
    asked = []
    monkeypatch.setattr(parent.os, "kill", lambda *what: asked.append(what))
    parent.end_with(-1)
    assert asked == [(os.getpid(), signal.SIGTERM)]


def test_server_loads_no_compiler(tmp_path):
    """Else a page could wait for it; what needs machine code happens in children."""
    told = "import mulin.config.server, sys; print('numba' in sys.modules)"
    env = os.environ | {"MULIN_VAR": str(tmp_path), "MULIN_COMPILED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", told], env=env, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "False\n"
