"""Generalised assignment: instances read from OR-Library files, or drawn by the laws A to E.

Laws as in Chu and Beasley (1997) and Yagiura, Ibaraki and Glover (2004).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class BadFile(ValueError):
    """A file that is not in OR-Library's format: which one and what is wrong."""


@dataclass(frozen=True)
class Assignment:
    """Every job to one agent at least cost: `cost` and `needed` are agents × jobs, `held` what
    each agent has. `sign` is -1 where the file asks for the most profit."""

    name: str
    cost: Array
    needed: Array
    held: Array
    sign: int = 1


def read(path: Path) -> Iterator[Assignment]:
    """The problems of one file: their number; then agents and jobs, costs, needs, and capacities.

    gap1 to gap12 ask for the most profit, gapa to gape for the least cost.
    """
    try:
        numbers = [float(word) for word in path.read_text(encoding="ascii").split()]
    except ValueError as error:
        raise BadFile(f"{path}: numbers alone are expected ({error})") from None
    sign = -1 if re.fullmatch(r"gap\d+", path.stem) else 1
    at, count = 1, int(numbers[0]) if numbers else 0
    for row in range(count):
        agents, jobs = (int(one) for one in numbers[at : at + 2])
        size = agents * jobs
        end = at + 2 + 2 * size + agents
        if end > len(numbers):
            raise BadFile(f"{path}: problem {row + 1} ends too soon")
        cost, needed = (
            np.array(numbers[at + 2 + step * size : at + 2 + (step + 1) * size])
            for step in range(2)
        )
        yield Assignment(
            name=f"{path.stem}-{row + 1}",
            cost=sign * cost.reshape(agents, jobs),
            needed=needed.reshape(agents, jobs),
            held=np.array(numbers[end - agents : end]),
            sign=sign,
        )
        at = end


def drawn(law: str, agents: int, jobs: int, seed: int = 1) -> Assignment:
    """An instance of law A to E."""
    random = np.random.default_rng([ord(law), agents, jobs, seed])
    shape = (agents, jobs)
    if law in "ABC":
        needed, cost = random.integers(5, 26, shape), random.integers(10, 51, shape)
    elif law == "D":
        needed = random.integers(1, 101, shape)
        cost = 111 - needed + random.integers(-10, 11, shape)
    else:
        needed = np.rint(1 - 10 * np.log(1 - random.random(shape))).astype(int)
        cost = np.rint(1000 / needed - 10 * random.random(shape)).astype(int)
    held = 0.8 * needed.sum(axis=1) / agents
    if law in "AB":
        cheapest = cost.argmin(axis=0)
        load = np.bincount(cheapest, needed[cheapest, np.arange(jobs)], agents)
        held = np.full(agents, 0.6 * 15 * jobs / agents + 0.4 * load.max())
        held *= 0.7 if law == "B" else 1.0
    name = f"{law.lower()}{agents:02}{jobs}"
    return Assignment(name, cost.astype(float), needed.astype(float), np.floor(held))
