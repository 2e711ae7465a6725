"""Reads a file in a child process with limits, so that a hostile file can only hurt itself."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from mulin.sheets.reading import Reading
from mulin.sheets.refusals import refusal
from mulin.sheets.wire import unpack

# On a busy machine a good file takes longer: the wait grows with the load, up to this much.
_MOST_PATIENCE = 3.0


def read_safely(
    path: str | Path,
    *,
    name: str,
    today: date | None = None,
    seconds: float = 5,
    megabytes: int = 256,
) -> Reading:
    """Return what `path` holds, read in a child limited to `seconds` and `megabytes`.

    `seconds` are those of an idle machine: where more wants to run than there are processors, the
    wait is longer by as much, and a file that is not read then is told apart from a slow one.
    `name` is the file's own name (its ending counts); `today` gives undated days their year. A
    hostile or broken file gives a Reading with one Problem, never an exception.
    """
    # The process boundary may look at the clock; the reader itself never does.
    today = today or datetime.now(UTC).date()
    whole = str(Path(path).resolve())  # the child starts in another folder
    command = [sys.executable, "-m", "mulin.sheets", whole, name, today.isoformat()]
    command += [str(megabytes), str(int(seconds) + 1)]
    patience = _patience()
    try:
        done = _run(command, seconds * patience)
        if done.returncode == 0:
            return unpack(json.loads(done.stdout))
        code = "too_slow" if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else "too_much"
    except subprocess.TimeoutExpired:
        code = "busy" if patience > 1 else "too_slow"
    except (ValueError, LookupError, TypeError, OSError):
        code = "too_much"
    return Reading(problems=[refusal(code, name)])


def _patience() -> float:
    """Return how many times as long as on an idle machine things take now, 1 to 3."""
    waiting = os.getloadavg()[0] + 1
    return min(max(waiting / (os.cpu_count() or 1), 1.0), _MOST_PATIENCE)


def _run(command: list[str], seconds: float) -> subprocess.CompletedProcess[bytes]:
    # One thread for NumPy's libraries: each more reserves memory against the limit.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
        command,
        capture_output=True,
        timeout=seconds,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
