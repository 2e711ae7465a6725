"""CPU and wall seconds of a stretch of work, and the most memory a process has held."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO


class Clock:
    """Seconds since it was made: wall, and CPU of all threads of this process."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        """The figures of a benchmark's line."""
        return {
            "cpu_s": round(time.process_time() - self.cpu, 4),
            "wall_s": round(time.perf_counter() - self.wall, 4),
        }


def peak_mb() -> int:
    """Most resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Trace:
    """What a solver reached and when; it is called as the engine's `progress`."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.rows: list[tuple[float, float, float, float]] = []

    def __call__(self, progress: Any) -> bool:
        now = self.clock.read()
        row = (now["cpu_s"], now["wall_s"], float(progress.objective), float(progress.bound))
        if not self.rows or self.rows[-1][2:] != row[2:]:
            self.rows.append(row)
        return True


def quantile(figures: list[float], share: float) -> float:
    """The nearest-rank quantile of some figures."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def milliseconds(work: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    """Wall milliseconds of one call, and what it returned."""
    started = time.perf_counter()
    found = work(*given)
    return 1000 * (time.perf_counter() - started), found


def answers() -> TextIO:
    """Standard output for lines alone: what solvers print there goes to standard error instead."""
    sys.stdout.flush()
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return kept
