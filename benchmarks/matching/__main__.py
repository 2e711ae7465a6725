"""Matching at five sizes beside other methods: gap, time, memory, re-solving, fairness, reasons.

python -m benchmarks.matching [--size 2k|10k|50k|200k|1m] [--family NAME] [--seeds 1-5]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.matching.families import FAMILIES, SIZES
from benchmarks.matching.measuring import answers
from benchmarks.matching.races import races
from benchmarks.matching.table import show
from benchmarks.matching.targets import BUDGETS, summary

Line = dict[str, Any]


@dataclass(frozen=True)
class Instance:
    """Which items: a size's name, a family and a seed."""

    size: str
    family: str
    seed: int


BESIDE = ("resolve", "fairness", "why", "integrality")
OTHERS = ("highs_lp", "fcfs", "greedy", "flow", "pdlp", "scipy_unit", "highs_milp")
LARGEST_BESIDE = {"resolve": 50_000, "fairness": 10_000, "why": 50_000}


def main() -> None:
    asked = arguments()
    told = answers()
    if asked.gap is not None:
        from benchmarks.matching.gap import gap_lines

        lines: Iterator[Line] = gap_lines(asked.gap, asked.limit)
    elif asked.real:
        from benchmarks.matching.real_items import real_lines

        lines = real_lines()
    else:
        lines = measured(asked)
    for line in lines:
        print(
            json.dumps(line, ensure_ascii=False) if asked.json else show(line),
            file=told,
            flush=True,
        )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="2k")
    parser.add_argument("--family", choices=[*FAMILIES, "all"], default="balanced")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", help="several, as 1-5")
    parser.add_argument("--baselines", default="all", help=f"all, none or of {', '.join(OTHERS)}")
    parser.add_argument("--beside", default="all", help=f"all, none or of {', '.join(BESIDE)}")
    parser.add_argument("--limit", type=float, default=100.0, help="seconds of the integer model")
    parser.add_argument("--numbers", action="store_true", help="arrays, no items: solvers alone")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--gap",
        nargs="*",
        metavar="FILE",
        help="generalised assignment: OR-Library files, or drawn",
    )
    parser.add_argument("--real", action="store_true", help="rank the true takers of real items")
    return parser.parse_args()


def chosen(words: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Names out of `all`, `none` or a list with commas."""
    if words in ("all", "none"):
        return known if words == "all" else ()
    names = tuple(words.split(","))
    if unknown := set(names) - set(known):
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    return names


def measured(asked: argparse.Namespace) -> Iterator[Line]:
    """Every line of every family and seed, then the summary."""
    first, _, last = (asked.seeds or str(asked.seed)).partition("-")
    families = list(FAMILIES) if asked.family == "all" else [asked.family]
    told: list[Line] = []
    for family, seed in product(families, range(int(first), int(last or first) + 1)):
        one = Instance(asked.size, family, seed)
        with tempfile.TemporaryDirectory(prefix="mulin-matching-") as name:
            lines: list[Line] = []
            for line in instance_lines(asked, one, Path(name), lines):
                lines.append(line)
                yield line
            told += lines
    yield from summary(told)


def instance_lines(
    asked: argparse.Namespace, one: Instance, folder: Path, before: list[Line]
) -> Iterator[Line]:
    """One instance: ours at every budget, the others on the same problem, and what stands beside.

    A method without a bound of its own gets its gap to the least bound known so far.
    """
    from benchmarks.matching.baselines.methods import LARGEST

    others, count = chosen(asked.baselines, OTHERS), SIZES[one.size]
    keep = ("--folder", str(folder)) if others else ()
    numbers = ("--numbers",) if asked.numbers else ()
    seconds = [str(budget) for budget in BUDGETS[one.size]]
    for budget in seconds:
        yield from run(one, "mulin", "--seconds", budget, *keep, *numbers)
    for name in others:
        if count > LARGEST.get(name, count):
            yield skipped(one, name, f"doesn't end at {one.size} in sensible time")
            continue
        for line in run(one, name, *keep, "--limit", str(asked.limit)):
            yield with_gap(line, before)
        if name == "scipy_unit":
            yield from run(one, "mulin_unit", "--seconds", seconds[0], *keep)
    yield from races(folder, before)
    for name in chosen(asked.beside, BESIDE):
        if count > LARGEST_BESIDE.get(name, count):
            yield skipped(one, name, f"not measured at {one.size}")
        elif asked.numbers and name in ("resolve", "why"):
            yield skipped(one, name, "needs items")
        else:
            words = ("--seconds", seconds[0], "--limit", str(asked.limit))
            yield from run(one, name, *words, *numbers)


def with_gap(line: Line, before: list[Line]) -> Line:
    """The line with its gap to its own bound, or to the least one known of the same problem."""
    if "objective" not in line:
        return line
    known = [one["bound"] for one in before if "bound" in one and not one.get("variant")]
    own = [line["bound"]] if "bound" in line else []
    bound = min(own if line.get("variant") else [*own, *known], default=None)
    if not bound:
        return line
    named = {} if own else {"bound": bound}
    return {**line, **named, "gap": round((bound - line["objective"]) / bound, 5)}


def skipped(one: Instance, method: str, reason: str) -> Line:
    return {"method": method, **asdict(one), "skipped": reason}


def run(one: Instance, method: str, *words: str) -> list[Line]:
    """The lines of one method in a fresh process; what it complains of goes into the line."""
    command = [sys.executable, "-m", "benchmarks.matching.one", method, "--size", one.size]
    command += ["--family", one.family, "--seed", str(one.seed), *words]
    done = subprocess.run(command, capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        lines.append({"method": method, **asdict(one), "failed": f"{done.returncode}: {reason}"})
    return lines


if __name__ == "__main__":
    main()
