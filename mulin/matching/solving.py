"""Solving a problem: the ladder, and with fairness the ladder once more."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from mulin.matching.arrays import laid_out
from mulin.matching.ladder import Budget, Cancelled, Ladder, Tell, finished
from mulin.matching.problem import Options, Plan, Problem
from mulin.matching.results import UncheckedPlan, fixed_value
from mulin.matching.sharing import share_out

__all__ = ["UncheckedPlan", "solve"]

FIRST = 0.4
"""The share of the time spent without fairness, to know what fairness costs."""


def solve(problem: Problem, options: Options | None = None, progress: Tell | None = None) -> Plan:
    """The best plan found within `options.seconds`, checked, with a bound anyone can recompute.

    `progress` is told how far it is, and stops it by answering False: the best plan so far is
    returned. Raises `BadItem` for numbers that contradict each other.
    """
    options = options or Options()
    started = time.perf_counter()
    arrays = laid_out(problem, options)
    fair = options.fairness != "none"
    with ThreadPoolExecutor(2) as pool:
        budget = Budget(options, arrays, started, FIRST if fair else 1.0)
        ladder = Ladder(problem, options, arrays, budget, pool, progress)
        ladder.constant = fixed_value(problem, options)
        with suppress(Cancelled):
            climb(ladder)
            if fair and len(arrays.lot):
                ladder.budget = Budget(options, arrays, time.perf_counter(), 1.0 - FIRST)
                share_out(ladder)
    return finished(ladder, started)


def climb(ladder: Ladder) -> None:
    """All steps of the ladder, each only where the one before it left something to gain."""
    ladder.look_at(ladder.price)
    ladder.greedy()
    if not len(ladder.arrays.lot):
        return
    ladder.find_prices()
    state, alone = ladder.rounded(ladder.arrays, ladder.price, ladder.steps.at.fraction)
    ladder.search(state, alone, ladder.budget.tries)
    ladder.repair(state, alone)
