"""Prices of everything scarce, from the linear relaxation of a problem.

Primal-dual hybrid gradient steps (Chambolle and Pock 2011), with diagonal step sizes (Pock and
Chambolle 2011), reflected and drawn back to an anchor (Halpern 1967; Lu and Yang 2024), begun
anew when the step has shrunk enough. Any prices certify a bound; better ones a lower one.
"""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np

from mulin.matching.arrays import Arrays
from mulin.matching.pricing.program import Point, Relaxation, Rows, origin_of, steps_of
from mulin.matching.pricing.sweeping import (
    ask_prices,
    drop_anchor,
    part_steps,
    row_steps,
    sweep,
    working_room,
)

SHRUNK, SHRINKING, LONG = 0.1, 0.5, 0.36
"""When to begin anew: the step shrank to this; to that, and grows again; or for so long not."""


HALVES = 30_000
"""From so many edges on, a step is worked out in two halves, side by side."""


class Steps:
    """Steps towards the best prices, kept going: `take` some, and read the prices stepped to."""

    def __init__(self, arrays: Arrays, program: Relaxation, start: Point | None = None) -> None:
        self.arrays, self.program = arrays, program
        self.rows = steps_of(arrays, program)
        self.at = start or origin_of(arrays, program)
        self.anchor, self.fresh = _copied(self.at), _copied(self.at).price
        self.room = working_room(arrays, program)
        self.taken, self.since, self.first, self.before = 0, 0, 0.0, 0.0
        self.other = working_room(arrays, program) if len(arrays.lot) >= HALVES else None

    def take(self, steps: int, pool: Executor) -> None:
        """Take some steps, from an anchor dropped anew wherever they have shrunk enough."""
        for _ in range(steps):
            pull = (self.since + 1.0) / (self.since + 2.0)
            length = float(self._step(pull, pool)) ** 0.5
            self.taken += 1
            self.first = length if self.since == 0 else self.first
            shrunk = length <= SHRUNK * self.first
            shrunk = shrunk or self.before < length <= SHRINKING * self.first
            anew = self.since > 0 and (shrunk or self.since >= LONG * self.taken)
            self.before = length
            self.since += 1
            if anew:
                drop_anchor(self.at, self.anchor)
                self.since = 0

    def _step(self, pull: float, pool: Executor) -> float:
        fixed = self.arrays, self.program, self.rows, self.at, self.anchor, self.fresh
        if self.other is None:
            return float(sweep(*fixed, self.room, pull))
        room, other, parts = self.room, self.other, len(self.arrays.demand)
        ask_prices(self.arrays, self.program, self.at.price, room)
        middle = int(np.searchsorted(self.arrays.ptr, len(self.arrays.lot) // 2))
        later = pool.submit(
            part_steps, *fixed, room.ask, other.used, other.served, pull, middle, parts
        )
        moved = float(part_steps(*fixed, room.ask, room.used, room.served, pull, 0, middle))
        moved += later.result()
        room.used[:] += other.used
        room.served[:] += other.served
        return moved + float(row_steps(*fixed, room, pull))


def _copied(point: Point) -> Point:
    rows = Rows(*(row.copy() for row in point.price))
    return Point(point.fraction.copy(), point.level.copy(), rows)
