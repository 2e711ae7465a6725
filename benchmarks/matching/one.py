"""One method on one instance, in a process of its own; prints JSON lines on standard output."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.matching.families import SIZES
from benchmarks.matching.measuring import answers

Line = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("method")
    parser.add_argument("--size", required=True)
    parser.add_argument("--family", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--limit", type=float, default=100.0)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--numbers", action="store_true")
    asked = parser.parse_args()
    told = answers()
    for line in lines(asked):
        same = {"size": asked.size, "family": asked.family, "seed": asked.seed}
        print(json.dumps({"method": asked.method, **same, **line}), file=told, flush=True)
    os._exit(0)  # frees millions of items at once


def lines(asked: argparse.Namespace) -> Iterator[Line]:
    """What the asked method measures, one line at a time."""
    name = asked.method
    if name == "mulin":
        yield ours(asked)
    elif name == "mulin_unit":
        yield ours_of_units(asked)
    elif name == "resolve":
        from benchmarks.matching.resolving import resolved

        yield from resolved(asked)
    elif name == "fairness":
        from benchmarks.matching.fairness import fair

        yield from fair(asked)
    elif name == "integrality":
        from benchmarks.matching.integrality import integral

        yield from integral(asked)
    elif name == "why":
        from benchmarks.matching.explaining import explained

        yield from explained(asked)
    else:
        yield other(asked)


def ours(asked: argparse.Namespace) -> Line:
    """Items to plan by our engine; leaves the problem's numbers in the folder for the others."""
    from benchmarks.matching import engine, stored
    from benchmarks.matching.generator import instance
    from benchmarks.matching.measuring import peak_mb
    from benchmarks.matching.numeric import numeric
    from mulin.matching import Options

    engine.warm()
    floor = Options().floor
    which = (SIZES[asked.size], asked.family, asked.seed)
    if asked.numbers:
        problem = numeric(*which)
        if asked.folder:
            stored.keep(problem, floor, asked.folder)
        solved = engine.solve_numbers(problem, asked.seconds, seed=asked.seed)
    else:
        solved = engine.solve(instance(*which), asked.seconds, seed=asked.seed)
    line = {"seconds": asked.seconds, "peak_mb": peak_mb(), **solved.columns()}
    if asked.folder:
        if not asked.numbers:
            stored.keep(solved.problem, floor, asked.folder)
        (asked.folder / f"trace-{asked.seconds:g}.json").write_text(json.dumps(solved.trace.rows))
    return line


def ours_of_units(asked: argparse.Namespace) -> Line:
    """Our solver on the unit variant that scipy solves exactly."""
    from benchmarks.matching import engine, stored
    from benchmarks.matching.baselines.unit import unit_variant
    from benchmarks.matching.measuring import peak_mb

    engine.warm()
    variant = unit_variant(stored.kept(asked.folder))
    solved = engine.solve_numbers(variant, asked.seconds, seed=asked.seed)
    line = {"seconds": asked.seconds, "variant": "unit", **solved.columns()}
    return {"method": "mulin", "peak_mb": peak_mb(), **line}


def other(asked: argparse.Namespace) -> Line:
    """Another method on the problem in the folder."""
    from benchmarks.matching import stored
    from benchmarks.matching.baselines.methods import METHODS
    from benchmarks.matching.checking import checked
    from benchmarks.matching.measuring import Clock, peak_mb
    from benchmarks.matching.numeric import numeric

    method: Callable[..., tuple[Any, Line]] = METHODS[asked.method]
    method(numeric(200), limit_s=5.0)
    problem = stored.kept(asked.folder)
    clock = Clock()
    try:
        units, more = method(problem, limit_s=asked.limit)
    except TimeoutError as error:
        return {"skipped": str(error), **clock.read()}
    spent = {**clock.read(), "peak_mb": peak_mb()}
    return {**spent, **checked(problem, np.asarray(units)).columns(), **more}


if __name__ == "__main__":
    main()
