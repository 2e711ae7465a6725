"""Whether loops are compiled: with numba where it is installed and wanted, else as plain Python.

A process that answers web requests sets `MULIN_COMPILED=0` before it imports the package: it then
never waits for a compiler. Machine code is kept beside the modules, so it is made once.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])

FAST = os.environ.get("MULIN_COMPILED", "1") != "0" and bool(importlib.util.find_spec("numba"))


def compiled(function: Function) -> Function:
    """The function as machine code (`.py_func` is the plain one), or as it is without numba."""
    return _jit(function)


def compiled_loosely(function: Function) -> Function:
    """As `compiled`, and sums may be added up in any order: several numbers at a time."""
    return _jit(function, fastmath={"reassoc", "contract", "nsz", "nnan", "ninf"})


def _jit(function: Function, **options: Any) -> Function:
    if not FAST:
        return function
    import numba  # noqa: PLC0415 - half a second that only those who solve pay

    jit = numba.njit(cache=True, nogil=True, error_model="numpy", **options)
    return cast(Function, jit(function))
