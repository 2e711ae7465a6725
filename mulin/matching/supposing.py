"""A change that would give a pair, and the model as it would be after it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mulin.matching.placing import Pair
from mulin.matching.problem import Edges, Lots, Problem, Reason


@dataclass(frozen=True)
class Change:
    """What would be different (as a reason), and the pair as it would then be.

    `reserved` is what supply set aside takes out of the lot as it is now; `demand` what the part
    would ask for, 0 for as much as now.
    """

    reason: Reason
    pair: Pair
    reserved: float = 0.0
    demand: int = 0


def suppose(problem: Problem, change: Change) -> tuple[Problem, int]:
    """The numbers as they would be after a change, and the pair's edge in them.

    Whoever doubts a remedy solves this model. Its items stay as they are: a lot set aside has
    none. Copies every edge.
    """
    pair, edges = change.pair, problem.edges
    gone = list(pair.gone)
    at = pair.edge
    if at < 0:
        edges, at = _room_for(edges, pair.part)
        gone = [edge + (edge >= at) for edge in gone]
    if pair.apart:
        problem, lot = _set_aside(problem, change)
        pair = replace(pair, lot=lot)
    edges = _written(edges, at, pair)
    keep = np.ones(len(edges), dtype=bool)
    keep[gone] = False
    parts, edges = problem.parts, _only(edges, keep)
    if pair.suppliers:
        more = parts.max_suppliers.copy()
        more[pair.part] += pair.suppliers
        parts = replace(parts, max_suppliers=more)
    changed = replace(problem, parts=parts, edges=edges)
    if change.demand:
        changed = _asking(changed, pair.part, change.demand)
    row = slice(*changed.edges.ptr[pair.part : pair.part + 2])
    return changed, int(row.start + np.flatnonzero(changed.edges.lot[row] == pair.lot)[0])


def _set_aside(problem: Problem, change: Change) -> tuple[Problem, int]:
    """A lot, a resource and a provider for the pair alone; the lot it was of has less."""
    pair, lots = change.pair, problem.lots
    capacity = np.append(lots.capacity, pair.use * pair.high)
    capacity[pair.lot] = max(0.0, capacity[pair.lot] - change.reserved)
    resources, providers = len(problem.provider), len(problem.cap)
    aside = Lots(np.append(lots.resource, resources), capacity, np.append(lots.window, -1))
    changed = replace(
        problem,
        lots=aside,
        provider=np.append(problem.provider, providers),
        cap=np.append(problem.cap, np.inf),
        exclusive=np.append(problem.exclusive, False),
    )
    return changed, len(lots.capacity)


def _room_for(edges: Edges, part: int) -> tuple[Edges, int]:
    """One more row at the end of the part's own, still to be written, and where it is."""
    at = int(edges.ptr[part + 1])
    ptr = edges.ptr.copy()
    ptr[part + 1 :] += 1
    columns = {
        name: np.insert(getattr(edges, name), at, 0, axis=0)
        for name in vars(edges)
        if name != "ptr"
    }
    return Edges(ptr=ptr, **columns), at


def _written(edges: Edges, at: int, pair: Pair) -> Edges:
    columns = {name: column.copy() for name, column in vars(edges).items()}
    for name in ("part", "lot", "fit", "low", "high", "use"):
        columns[name][at] = getattr(pair, name)
    return Edges(**columns)


def _only(edges: Edges, keep: np.ndarray) -> Edges:
    before = np.concatenate([[0], np.cumsum(keep)])
    columns = {name: column[keep] for name, column in vars(edges).items() if name != "ptr"}
    return Edges(ptr=before[edges.ptr].astype(np.int64), **columns)


def _asking(problem: Problem, part: int, demand: int) -> Problem:
    """The part asking for less: what met all of it still does, the rest gives no more than that."""
    parts, edges = problem.parts, problem.edges
    before, asked = int(parts.demand[part]), parts.demand.copy()
    asked[part] = demand
    own = edges.part == part
    met = own & (edges.low == before)
    low, use = (
        np.where(met, demand, edges.low),
        np.where(met, edges.use * before / demand, edges.use),
    )
    high = np.where(own, np.minimum(edges.high, demand), edges.high)
    changed = replace(edges, low=low, high=high, use=use.astype(np.float32))
    keep = ~own | (low <= high)
    return replace(problem, parts=replace(parts, demand=asked), edges=_only(changed, keep))
