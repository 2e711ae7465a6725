"""Solving again after something changed, keeping what people already have."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from mulin.matching import searching
from mulin.matching.arrays import Arrays, laid_out
from mulin.matching.certifying import asked, best_alone
from mulin.matching.extending import extend
from mulin.matching.items import Need, Resource
from mulin.matching.ladder import TRIES, Budget, Ladder, finished, from_most
from mulin.matching.pricing import Steps, known_point
from mulin.matching.problem import Floats, Ints, Link, Plan, Problem
from mulin.matching.results import fixed_value
from mulin.matching.searching import State

Key = tuple[str, str, str]

STEPS = 40
"""Steps of prices after a change: most of them are known."""

KEEP, AGREED = 0.5, 2.0
"""What a link that people have counts more, as a share of its worth; one they agreed to."""

PASSES = 4
"""How often each part that a change touches is looked at."""


@dataclass(frozen=True)
class Delta:
    """What changed: items replaced or added by id, ids gone, pairs refused or settled since."""

    needs: tuple[Need, ...] = ()
    resources: tuple[Resource, ...] = ()
    gone: frozenset[str] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    fixed: tuple[Link, ...] = ()
    agreed: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Changes:
    """Pairs (need, tag, resource) kept, forced out (their item went, changed, or was refused),
    dropped for a better plan, and new."""

    kept: frozenset[Key]
    forced: frozenset[Key]
    dropped: frozenset[Key]
    added: frozenset[Key]


def resolve(plan: Plan, delta: Delta) -> tuple[Plan, Changes]:
    """The plan after a change: only what the change touches and frees is looked at again.

    Confirmed links stay always, agreed ones unless they became impossible, others unless much is
    gained without them. Raises `BadItem` for an item that contradicts itself.
    """
    started = time.perf_counter()
    fresh, origin = extend(
        plan.problem,
        needs=delta.needs,
        resources=delta.resources,
        gone=delta.gone,
        refused=delta.refused,
        fixed=delta.fixed,
        agreed=delta.agreed,
    )
    arrays = laid_out(fresh, plan.options)
    with ThreadPoolExecutor(2) as pool:
        ladder = Ladder(fresh, plan.options, arrays, Budget(plan.options, arrays, started), pool)
        ladder.constant = fixed_value(fresh, plan.options)
        ladder.look_at(ladder.price)
        if len(arrays.lot):
            _mend(ladder, plan, origin)
        again = finished(ladder, started)
    return again, _changes(plan, again, origin, delta)


def _mend(ladder: Ladder, plan: Plan, origin: Ints) -> None:
    arrays = ladder.arrays
    units, prices = _carried(ladder, plan, origin)
    fraction = np.append(plan.fraction, np.float32(0))[origin[arrays.origin]]
    ladder.steps = Steps(
        arrays, ladder.program, known_point(arrays, ladder.program, fraction, prices)
    )
    ladder.look_at(ladder.steps.at.price)
    ladder.steps.take(STEPS, ladder.pool)
    ladder.look_at(ladder.steps.fresh)
    priced = asked(arrays, ladder.program, ladder.price)
    alone = np.zeros(len(arrays.demand))
    best_alone(arrays, priced.lot, priced.entry, priced.supplier, False, alone)
    state = searching.nobody_served(arrays, priced.lot, priced.entry, plan.options.seed)
    searching.give_again(arrays, state, units)
    kept = _keeping(arrays, ladder.problem, state)
    desk = searching.desk(arrays)
    touched = _touched(arrays, state, origin, units)
    state.worth[:] += np.bincount(
        arrays.part, np.where(state.units > 0, kept.bonus - arrays.bonus, 0), len(arrays.demand)
    )
    order = touched[from_most(alone[touched])]
    searching.serve_all(kept, state, desk, order[state.left[order] > 0], 1.0, TRIES)
    for _ in range(PASSES):
        searching.mend(kept, state, desk, order, TRIES)
    state.worth[:] -= np.bincount(
        arrays.part, np.where(state.units > 0, kept.bonus - arrays.bonus, 0), len(arrays.demand)
    )
    ladder.keep(state)


def _carried(
    ladder: Ladder, plan: Plan, origin: Ints
) -> tuple[Ints, tuple[Floats, Floats, Floats, Floats, Floats]]:
    """Units that the arrays' edges had, and the old prices, as `known_point` wants them.

    Parts, lots, providers and resources are known again by the edges that stayed.
    """
    arrays, old, new, was = ladder.arrays, plan.problem, ladder.problem, plan.prices
    before = np.zeros(len(old.edges) + 1, dtype=np.int32)
    before[plan.proposals.edge] = plan.proposals.units
    units = before[origin[arrays.origin]]
    stayed = np.flatnonzero(origin >= 0)
    then = origin[stayed]
    part, lot = new.edges.part[stayed], new.edges.lot[stayed]
    lot_then = old.edges.lot[then]
    owner, owner_then = new.lots.resource[lot], old.lots.resource[lot_then]
    provider, provider_then = new.provider[owner], old.provider[owner_then]

    def moved(rows: Ints, prices: Floats, at: Ints, count: int) -> Floats:
        found = np.zeros(count)
        found[rows] = prices[at]
        return found

    part_then = old.edges.part[then]
    demand = moved(part, was.demand, part_then, len(new.parts.need))
    supplier = moved(part, was.supplier, part_then, len(new.parts.need))
    lots = moved(lot, was.lot, lot_then, len(new.lots.resource))
    hired = moved(provider, was.provider, provider_then, len(new.cap))
    single = moved(owner, was.exclusive, owner_then, len(new.exclusive))
    return units, (
        demand[arrays.part_origin],
        supplier[arrays.part_origin],
        lots[arrays.lot_origin],
        hired[np.isfinite(new.cap)],
        single[new.exclusive],
    )


def _keeping(arrays: Arrays, problem: Problem, state: State) -> Arrays:
    """The arrays with what people have counting more, so that little gains don't tear it up."""
    worth = arrays.rate[arrays.part] * arrays.fit * state.units
    agreed = problem.edges.agreed[arrays.origin]
    more = worth * np.where(agreed, AGREED, KEEP)
    return arrays._replace(bonus=(arrays.bonus + more).astype(np.float32))


def _touched(arrays: Arrays, state: State, origin: Ints, units: Ints) -> Ints:
    """Parts that lost units or are new, and those that want what is new or was freed most."""
    new = origin[arrays.origin] < 0
    lost = units > state.units
    parts = [arrays.part[lost]]
    rows = np.diff(arrays.ptr)
    fresh = np.bincount(arrays.part, new, minlength=len(rows))
    parts.append(np.flatnonzero((fresh > 0) & (2 * fresh >= rows)))
    lots = state.lots
    gain = arrays.rate[arrays.part] * arrays.fit - lots[arrays.lot, searching.PRICE] * arrays.use
    worth = gain * arrays.high - lots[arrays.lot, searching.ENTRY]
    free = lots[arrays.lot, searching.ROOM] >= arrays.low * arrays.use
    wanted = free & (worth > 0) & (state.units == 0)
    short = (state.left > 0)[arrays.part]
    parts.append(arrays.part[wanted & (new | short)])
    return np.unique(np.concatenate(parts)).astype(np.int32)


def _changes(plan: Plan, again: Plan, origin: Ints, delta: Delta) -> Changes:
    before, after = _keys(plan), _keys(again)
    lost = before - after
    now = {*again.problem.need_row, *again.problem.resource_row}
    changed = {*_ids(delta.needs), *_ids(delta.resources), *delta.gone}
    refused = again.problem.refused
    forced = {
        key
        for key in lost
        if not {key[0], key[2]} <= now or {key[0], key[2]} & changed or (key[0], key[2]) in refused
    }
    return Changes(
        kept=before & after,
        forced=frozenset(forced),
        dropped=lost - forced,
        added=after - before,
    )


def _ids(items: Sequence[Need] | Sequence[Resource]) -> set[str]:
    return {one.id for one in items}


def _keys(plan: Plan) -> frozenset[Key]:
    problem, edge = plan.problem, plan.proposals.edge
    needs, resources = list(problem.need_row), list(problem.resource_row)
    part = problem.edges.part[edge]
    resource = problem.lots.resource[problem.edges.lot[edge]]
    rows = zip(part.tolist(), problem.parts.need[part].tolist(), resource.tolist(), strict=True)
    return frozenset((needs[need], problem.parts.tag[at], resources[one]) for at, need, one in rows)
