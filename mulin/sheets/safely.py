"""Reads a file in a child process with limits, so that a hostile file can only hurt itself."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from mulin.sheets.reading import Reading
from mulin.sheets.refusals import refusal
from mulin.sheets.wire import unpack


def read_safely(
    path: str | Path,
    *,
    name: str,
    today: date | None = None,
    seconds: float = 5,
    megabytes: int = 256,
) -> Reading:
    """Return what `path` holds, read in a child limited to `seconds` and `megabytes`.

    `name` is the file's own name (its ending counts); `today` gives undated days their year. A
    hostile or broken file gives a Reading with one Problem, never an exception.
    """
    # The process boundary may look at the clock; the reader itself never does.
    today = today or datetime.now(UTC).date()
    # One thread for NumPy's libraries: each more reserves memory against the limit.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "mulin.sheets", str(path), name, today.isoformat()]
    command += [str(megabytes), str(int(seconds) + 1)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            command,
            capture_output=True,
            timeout=seconds,
            env=environment,
            cwd=Path(__file__).parents[2],
            check=False,
        )
        if done.returncode == 0:
            return unpack(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError, LookupError, TypeError, OSError):
        pass
    return Reading(problems=[refusal("too_slow", name)])
