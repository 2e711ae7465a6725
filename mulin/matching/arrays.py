"""A problem laid out for loops: open edges only, what confirmed links take already taken off."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.matching.compiled import compiled
from mulin.matching.problem import Floats, Ints, Options, Problem, Reals, edge_bonus, usable

NONE = -1
MOST = 2**31 - 1


class Arrays(NamedTuple):
    """Rows of parts (CSR: `ptr`) over lots, as the loops read them.

    Neighbours stand beside each other: parts and lots are numbered as a walk from part to part
    over shared lots meets them, and `part_origin`, `lot_origin`, `origin` lead back to the parts,
    lots and edges of the problem. An edge is worth `rate[part]`·`fit` + `lift[part]` a unit and
    `bonus` once. `place` holds for each lot the number of its provider and of its exclusive
    resource (-1 where there is no limit); `cap` what engagements the provider has left, `free`
    whether the resource is. `by_lot` lists edges in rows of lots (CSR: `lot_ptr`), `by_provider`
    lots in rows of providers.
    """

    ptr: NDArray[np.int64]
    part: Ints
    lot: Ints
    fit: Reals
    bonus: Reals
    low: Ints
    high: Ints
    use: Reals
    origin: Ints
    part_origin: Ints
    demand: Ints
    rate: Floats
    lift: Floats
    whole: NDArray[np.bool_]
    suppliers: Ints
    group: Ints
    lot_origin: Ints
    capacity: Floats
    place: Ints
    cap: Ints
    free: Ints
    lot_ptr: NDArray[np.int64]
    by_lot: Ints
    provider_ptr: NDArray[np.int64]
    by_provider: Ints


def laid_out(problem: Problem, options: Options) -> Arrays:
    """The arrays of a problem; an edge that could never be used is left out."""
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    held = np.flatnonzero(edges.fixed > 0)
    units, held_lot = edges.fixed[held], edges.lot[held]
    held_part, held_resource = edges.part[held], lots.resource[held_lot]
    once = np.ones(len(held))
    demand = _less(parts.demand, held_part, units)
    suppliers = np.minimum(_less(parts.max_suppliers, held_part, once), MOST)
    capacity = _less(lots.capacity, held_lot, units * edges.use[held])
    caps = _less(problem.cap, problem.provider[held_resource], once)
    alone = _less(np.ones(len(problem.exclusive)), held_resource, once)
    provider, cap = _numbered(problem.provider[lots.resource], np.isfinite(problem.cap), caps)
    single, free = _numbered(lots.resource, problem.exclusive, alone)
    low = np.maximum(edges.low, 1)
    high = _most(problem, demand, capacity)
    may = usable(problem, options) & (edges.fixed == 0) & (high >= low)
    may &= (suppliers > 0)[edges.part]
    may &= _left(provider, cap)[edges.lot] & _left(single, free)[edges.lot]
    kept = np.flatnonzero(may)
    part_origin, lot_origin = _neighbours(edges.part[kept], edges.lot[kept], demand, capacity)
    order, ptr = _reordered(edges.part[kept], part_origin)
    origin = kept[order].astype(np.int32)
    part = np.repeat(np.arange(len(demand), dtype=np.int32), np.diff(ptr))
    lot = _positions(lot_origin)[edges.lot[origin]]
    lot_ptr, by_lot = _rows(lot, len(capacity))
    place = np.stack([provider, single], axis=1)[lot_origin]
    provider_ptr, by_provider = _rows(place[:, 0], len(cap))
    return Arrays(
        ptr=ptr,
        part=part,
        lot=lot,
        fit=edges.fit[origin],
        bonus=edge_bonus(problem, options, origin).astype(np.float32),
        low=low[origin].astype(np.int32),
        high=high[origin].astype(np.int32),
        use=edges.use[origin],
        origin=origin,
        part_origin=part_origin,
        demand=demand[part_origin].astype(np.int32),
        rate=(parts.weight / parts.demand)[part_origin],
        lift=np.zeros(len(demand)),
        whole=parts.whole[part_origin],
        suppliers=suppliers[part_origin].astype(np.int32),
        group=parts.group[part_origin].astype(np.int32),
        lot_origin=lot_origin,
        capacity=capacity[lot_origin].astype(np.float64),
        place=place,
        cap=cap,
        free=free,
        lot_ptr=lot_ptr,
        by_lot=by_lot,
        provider_ptr=provider_ptr,
        by_provider=by_provider,
    )


def _less(held: Ints | Floats, rows: Ints, amounts: NDArray[Any]) -> Floats:
    """What is left when the amounts are taken from their rows, never under nothing."""
    return np.maximum(held - np.bincount(rows, amounts, minlength=len(held)), 0)


def _most(problem: Problem, demand: Floats, capacity: Floats) -> Floats:
    """The most units of each edge that its part still wants and its lot still has."""
    edges = problem.edges
    room = np.floor(capacity[edges.lot] / edges.use * (1 + 1e-6) + 1e-6)
    return np.minimum(np.minimum(edges.high, demand[edges.part]), np.minimum(room, MOST))


def _numbered(owner: Ints, limited: NDArray[np.bool_], left: Floats) -> tuple[Ints, Ints]:
    """Number the limited owners anew: the number for each lot (or `NONE`), and what each has."""
    number = np.full(len(limited), NONE, dtype=np.int32)
    number[limited] = np.arange(limited.sum(), dtype=np.int32)
    return number[owner], np.minimum(left[limited], MOST).astype(np.int32)


def _left(number: Ints, left: Ints) -> NDArray[np.bool_]:
    """Lots whose limited owner, if any, has something left."""
    return np.append(left > 0, True)[number]


def _neighbours(part: Ints, lot: Ints, demand: Floats, capacity: Floats) -> tuple[Ints, Ints]:
    """Parts and lots in the order of a walk over the edges, which come in rows of parts."""
    lot_ptr, by_lot = _rows(lot, len(capacity))
    ptr = _pointers(part, len(demand))
    return walk(ptr, lot, lot_ptr, part[by_lot])


@compiled
def walk(
    ptr: NDArray[np.int64], lot: Ints, lot_ptr: NDArray[np.int64], part_of: Ints
) -> tuple[Ints, Ints]:
    """Breadth-first order of parts, and of lots, over shared lots (Cuthill and McKee 1969)."""
    parts, lots = len(ptr) - 1, len(lot_ptr) - 1
    seen = np.zeros(parts, dtype=np.bool_)
    met = np.zeros(lots, dtype=np.bool_)
    part_order = np.empty(parts, dtype=np.int32)
    lot_order = np.empty(lots, dtype=np.int32)
    head, tail, last = 0, 0, 0
    for start in range(parts):
        if seen[start]:
            continue
        seen[start] = True
        part_order[tail] = start
        tail += 1
        while head < tail:
            part = part_order[head]
            head += 1
            for e in range(ptr[part], ptr[part + 1]):
                one = lot[e]
                if met[one]:
                    continue
                met[one] = True
                lot_order[last] = one
                last += 1
                for at in range(lot_ptr[one], lot_ptr[one + 1]):
                    other = part_of[at]
                    if not seen[other]:
                        seen[other] = True
                        part_order[tail] = other
                        tail += 1
    for one in range(lots):
        if not met[one]:
            lot_order[last] = one
            last += 1
    return part_order, lot_order


def _reordered(part: Ints, part_origin: Ints) -> tuple[Ints, NDArray[np.int64]]:
    """Where each edge of the new rows stands in the old ones, and where the new rows start."""
    old = _pointers(part, len(part_origin))
    length = np.diff(old)[part_origin]
    ptr = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    return np.repeat(old[part_origin] - ptr[:-1], length) + np.arange(ptr[-1]), ptr


def _positions(order: Ints) -> Ints:
    positions = np.empty(len(order), dtype=np.int32)
    positions[order] = np.arange(len(order), dtype=np.int32)
    return positions


def _rows(row: Ints, count: int) -> tuple[NDArray[np.int64], Ints]:
    """Where each row starts, and the positions of the rows' entries; `NONE` is in no row."""
    order = np.argsort(row, kind="stable").astype(np.int32)
    order = order[np.searchsorted(row, 0, sorter=order) :]
    return _pointers(row[order], count), order


def _pointers(sorted_rows: Ints, count: int) -> NDArray[np.int64]:
    return np.searchsorted(sorted_rows, np.arange(count + 1)).astype(np.int64)
