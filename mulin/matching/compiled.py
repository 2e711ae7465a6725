"""Whether loops are compiled: with numba where it is installed and wanted, else as plain Python.

A process that answers web requests sets `MULIN_COMPILED=0` before it imports the package: it then
never waits for a compiler. Machine code is made once and kept, in a folder named after the sources
it was made from: a function holds code of those it calls, whose change alone would go unnoticed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

FAST = os.environ.get("MULIN_COMPILED", "1") != "0" and bool(importlib.util.find_spec("numba"))


def fingerprint() -> str:
    """A name for the sources of this package as they are: any change gives another."""
    sources = sorted(Path(__file__).parent.glob("**/*.py"))
    return hashlib.sha256(b"\0".join(one.read_bytes() for one in sources)).hexdigest()[:16]


def _keep_code() -> None:
    """Choose where machine code is kept, unless whoever started the process chose already."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "mulin"
    for folder in (own, Path(tempfile.gettempdir()) / f"mulin-{os.getuid()}"):
        with suppress(OSError):
            (folder / fingerprint()).mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.access(folder / fingerprint(), os.W_OK):
                os.environ["NUMBA_CACHE_DIR"] = str(folder / fingerprint())
                return


def compiled(function: Function) -> Function:
    """The function as machine code (`.py_func` is the plain one), or as it is without numba."""
    return _jit(function)


def compiled_loosely(function: Function) -> Function:
    """As `compiled`, and sums may be added up in any order: several numbers at a time."""
    return _jit(function, fastmath={"reassoc", "contract", "nsz", "nnan", "ninf"})


def _jit(function: Function, **options: Any) -> Function:
    if not FAST:
        return function
    if "numba" not in sys.modules:
        _keep_code()
    import numba  # noqa: PLC0415 - half a second that only those who solve pay

    jit = numba.njit(cache=True, nogil=True, error_model="numpy", **options)
    return cast(Function, jit(function))
