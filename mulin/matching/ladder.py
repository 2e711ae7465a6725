"""The ladder a solve climbs: a plan at once, prices, what they suggest, a search from there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from mulin.matching import repairing, searching
from mulin.matching.arrays import Arrays
from mulin.matching.certifying import asked, best_alone, bound_at
from mulin.matching.compiled import FAST
from mulin.matching.pricing import Relaxation, Rows, Steps, relaxed
from mulin.matching.problem import Floats, Ints, Options, Plan, Prices, Problem, Progress, Reals
from mulin.matching.results import checked_plan, given_by, named_prices
from mulin.matching.searching import State

Tell = Callable[[Progress], bool]

SWEEP, TRY, REPAIR = 5e-9, 30e-6, 8e-3
"""Seconds that a step of prices takes an edge, a neighbourhood one searcher, and its exact repair
at most, where compiled."""

FEW = 8
"""Repairs between two looks at the clock."""

FINISHING = 4e-7
"""Seconds an edge that are kept for writing the plan down and checking it."""

PRICING, SEARCHING, REPAIRING = 0.17, 0.8, 0.03
"""Shares of the time that these get; the rest is for what varies between machines."""

SLOWER = 1 if FAST else 150
"""How much longer everything takes uncompiled."""

CHUNK = 40
"""Steps of prices between two looks at the bound they show."""

STILL = 5e-6
"""Prices are good enough when the bound falls by less than this share between two looks."""

ROUNDS = 24
"""The search stops so often, to look at the clock and to move the border between searchers."""

WARM, COLD = 0.01, 0.004
"""The loss accepted at first, for one neighbourhood a part, and at last, as shares of what a part
is worth on average; a longer search begins warmer, by the root of its length."""

WARMEST = 0.06

TRIES = 10
"""How many edges of a part are combined exhaustively."""


class Budget:
    """What may be spent: work that is the same on every machine, and a last moment."""

    def __init__(
        self, options: Options, arrays: Arrays, started: float, share: float = 1.0
    ) -> None:
        """started: `time.perf_counter()` when this share of the time began."""
        edges = max(len(arrays.lot), 1)
        seconds = options.seconds * share
        self.last_moment = started + seconds - FINISHING * SLOWER**0.5 * edges
        self.repairs = int(REPAIRING * seconds / (REPAIR * SLOWER))
        self.looked = time.perf_counter()
        self.steps = int(np.clip(PRICING * seconds / (SWEEP * SLOWER * edges), 2 * CHUNK, 1200))
        self.tries = int(2 * SEARCHING * seconds / (TRY * SLOWER))

    def is_over(self) -> bool:
        """Whether what was done since it was asked last would not fit in once more."""
        now, before = time.perf_counter(), self.looked
        self.looked = now
        return 2 * now - before > self.last_moment


class Cancelled(Exception):
    """Somebody asked to stop; the best so far is the answer."""


@dataclass
class Ladder:
    """A solve on its way: the best units so far, prices with the bound they show, who is told."""

    problem: Problem
    options: Options
    arrays: Arrays
    budget: Budget
    pool: Executor
    tell: Tell | None = None
    constant: float = 0.0
    bound: float = float("inf")
    objective: float = -1.0
    cost: float = 0.0

    def __post_init__(self) -> None:
        self.program: Relaxation = relaxed(self.arrays)
        self.steps = Steps(self.arrays, self.program)
        self.price: Rows = self.steps.fresh
        self.units: Ints = np.zeros(len(self.arrays.lot), dtype=np.int32)

    def report(self, stage: str, done: float) -> None:
        """Tell how far it is; raises `Cancelled` where whoever is told says so."""
        if self.tell is None:
            return
        best = self.constant + max(self.objective, 0.0)
        if not self.tell(Progress(stage, done, best, self.constant + self.bound)):
            raise Cancelled

    def keep(self, state: State) -> None:
        """Remember the state's plan where it is the best so far."""
        objective = float(state.worth.sum())
        if objective > self.objective:
            self.objective = objective
            self.units = state.units.copy()

    def close_enough(self) -> bool:
        """Whether the gap that was asked for is reached."""
        bound = self.constant + self.bound
        return bound - (self.constant + self.objective) <= self.options.gap * max(bound, 0.0)

    def greedy(self) -> None:
        """The instant answer: the most valuable parts first, each its best."""
        state = searching.nobody_served(self.arrays, *no_prices(self.arrays), self.options.seed)
        worth = self.arrays.rate * self.arrays.demand
        order = np.argsort(-worth, kind="stable").astype(np.int32)
        searching.serve_all(self.arrays, state, searching.desk(self.arrays), order, 0.0, TRIES)
        self.keep(state)
        self.report("greedy", 0.05)

    def find_prices(self) -> None:
        """Step towards the best prices while they still get better; keep those of least bound."""
        still = 0
        while self.steps.taken < self.budget.steps and still < 2 and not self.budget.is_over():
            self.steps.take(CHUNK, self.pool)
            before = self.bound
            self.look_at(self.steps.fresh)
            still = still + 1 if before - self.bound < STILL * before else 0
            self.report("prices", 0.05 + 0.3 * self.steps.taken / self.budget.steps)

    def look_at(self, price: Rows) -> None:
        """Keep these prices where they show the least bound so far."""
        bound = bound_at(self.arrays, asked(self.arrays, self.program, price))
        if bound < self.bound:
            self.bound, self.price = bound, Rows(*(row.copy() for row in price))

    def rounded(self, arrays: Arrays, price: Rows, fraction: Reals) -> tuple[State, Floats]:
        """The relaxation rounded off and completed at the prices; what parts could do alone."""
        prices = asked(arrays, self.program, price)
        alone = np.zeros(len(arrays.demand))
        best_alone(arrays, prices.lot, prices.entry, prices.supplier, True, alone)
        state = searching.nobody_served(arrays, prices.lot, prices.entry, self.options.seed)
        desk = searching.desk(arrays)
        sure = np.maximum.reduceat(
            np.append(fraction, 0), np.minimum(arrays.ptr[:-1], len(fraction))
        )
        searching.round_off(arrays, state, desk, fraction, from_most(sure))
        order = from_most(alone)
        searching.serve_all(arrays, state, desk, order[state.left[order] > 0], 1.0, TRIES)
        return state, alone

    def search(self, state: State, alone: Floats, tries: int) -> None:
        """Search from the state on, cooling to the end; stop where the gap asked for is reached."""
        self.keep(state)
        mean = max(self.objective, 0.0) / max(len(self.arrays.demand), 1)
        for done, heat in cooling(tries / max(len(self.arrays.demand), 1)):
            if self.budget.is_over() or self.close_enough():
                break
            one_round(
                self.pool, self.arrays, state, alone, tries // ROUNDS,
                (heat[0] * mean, heat[1] * mean), done,
            )  # fmt: skip
            self.keep(state)
            self.report("search", 0.4 + 0.6 * (done + 1) / ROUNDS)

    def repair(self, state: State, alone: Floats) -> None:
        """Serve the neighbourhoods of the parts with most to regret in the best way there is."""
        if self.close_enough():
            return
        arrays, desk, tree = self.arrays, searching.desk(self.arrays), repairing.tree()
        sums = np.zeros(len(arrays.demand))
        searching.regrets(arrays, state, alone, sums)
        stubborn = from_most(np.diff(np.append(0.0, sums)))[: self.budget.repairs]
        for first in range(0, len(stubborn), FEW):
            if self.budget.is_over():
                break
            repairing.repair(arrays, state, desk, tree, stubborn[first : first + FEW])
        self.keep(state)
        self.report("repair", 1.0)


def cooling(each: float) -> Iterator[tuple[int, tuple[float, float]]]:
    """The rounds with the loss accepted at the start and the end of each; none in the last ones.

    each: how many neighbourhoods are tried for each part in all.
    """
    warm, quench = min(WARMEST, WARM * each**0.5), ROUNDS // 8
    fall = (COLD / warm) ** (1 / (ROUNDS - quench)) if warm > COLD else 1.0
    for done in range(ROUNDS):
        hot = done < ROUNDS - quench
        yield done, ((warm * fall**done, warm * fall ** (done + 1)) if hot else (0.0, 0.0))


def one_round(
    pool: Executor,
    arrays: Arrays,
    state: State,
    alone: Floats,
    tries: int,
    heat: tuple[float, float],
    done: int,
) -> None:
    """One round of search: the parts split at a moving border, a searcher on each side."""
    parts = len(state.left)
    border = int(parts * (0.5, 0.44, 0.56, 0.47, 0.53)[done % 5])
    if border < searching.CROWD:
        border = parts
    sides = searching.split(arrays, state, border, done)
    running = [pool.submit(_searcher, arrays, side, alone, tries, heat) for side in sides]
    for one in running:
        one.result()
    searching.join(state, sides)


def _searcher(
    arrays: Arrays, state: State, alone: Floats, tries: int, heat: tuple[float, float]
) -> None:
    parts = int(state.bounds[1] - state.bounds[0])
    share = parts / max(len(state.left), 1)
    sums = np.zeros(parts)
    desk = searching.desk(arrays)
    searching.search(arrays, state, desk, alone, sums, int(tries * share), *heat, TRIES)


def no_prices(arrays: Arrays) -> tuple[Floats, Floats]:
    """Lots and their engagement for nothing."""
    return np.zeros(len(arrays.capacity)), np.zeros(len(arrays.capacity))


def from_most(worth: Floats) -> Ints:
    """Rows from the most to the least, equal ones in their order."""
    return np.argsort(-worth, kind="stable").astype(np.int32)


def finished(ladder: Ladder, started: float) -> Plan:
    """The ladder's best plan with its certificate, checked."""
    problem, arrays = ladder.problem, ladder.arrays
    prices = asked(arrays, ladder.program, ladder.price)
    named: Prices = named_prices(problem, arrays, ladder.program, ladder.price, prices)
    fraction = np.zeros(len(problem.edges), dtype=np.float32)
    fraction[arrays.origin] = ladder.steps.at.fraction
    return checked_plan(
        problem,
        ladder.options,
        given_by(problem, arrays, ladder.units),
        (ladder.constant + ladder.bound, named),
        seconds=time.perf_counter() - started,
        cost=ladder.cost,
        fraction=fraction,
    )
