"""Making the machine code of every loop ahead of time, so that nobody waits for it later."""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from mulin.matching.arrays import laid_out
from mulin.matching.candidates import problem
from mulin.matching.items import Need, Resource, Window
from mulin.matching.ladder import CHUNK, ROUNDS, Budget, Ladder, finished
from mulin.matching.problem import Options
from mulin.matching.resolving import Delta, resolve
from mulin.matching.sharing import share_out
from mulin.matching.solving import climb

ITEMS = 60


def prepare() -> float:
    """Go through all loops once on a small example; returns the seconds it took.

    With machine code kept from an earlier call it takes a second or two, else up to a minute.
    """
    started = time.perf_counter()
    needs = [_need(at) for at in range(ITEMS)]
    made = problem([_resource(at) for at in range(ITEMS)], needs)
    options = Options(gap=0.0, seconds=60.0, fairness="maxmin")
    arrays = laid_out(made, options)
    with ThreadPoolExecutor(2) as pool:
        budget = Budget(options, arrays, started)
        budget.steps, budget.tries, budget.repairs = 2 * CHUNK, 4 * ROUNDS, 1
        budget.last_moment = math.inf
        ladder = Ladder(made, options, arrays, budget, pool)
        climb(ladder)
        share_out(ladder)
    plan = finished(ladder, started)
    resolve(plan, Delta(needs=(replace(needs[0], amount=2.0),), gone=frozenset({"r1"})))
    return time.perf_counter() - started


def _need(at: int) -> Need:
    return Need(
        f"n{at}", "请老师教合唱", unit=f"单位{at % 7}", community=f"社区{at % 5}",
        amount=float(1 + at % 4), measure="次", indivisible=at % 3 == 0,
        windows=(Window(at % 7, 540, 720),), point=(30.6 + at / 1000, 114.4),
    )  # fmt: skip


def _resource(at: int) -> Resource:
    return Resource(
        f"r{at}", "合唱老师", unit=f"供方{at % 11}", community=f"社区{at % 5}",
        amount=float(1 + at % 3), measure="次", exclusive=at % 5 == 0,
        provider_cap=3 if at % 2 else None, point=(30.6 + at / 1000, 114.4), radius_km=20.0,
        windows=(Window(at % 7, 540, 720),),
    )  # fmt: skip
