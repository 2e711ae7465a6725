"""The pairs of a problem made as arrays: which lots lie around a need, and how well they fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.families import GOODS, LEAVES_PER_TOP, MONEY, TOPS, Family
from mulin.matching.problem import Edges

Array = NDArray[Any]

OWN, SIBLING = 36, 16
"""How many lots of its own leaf and of a sibling leaf a need looks at before the best are kept."""

KEPT = 35
FLOOR = 0.45


@dataclass(frozen=True)
class NeedColumns:
    """One row a need; `at` its place on the curve through the city, `spot` in kilometres."""

    leaf: Array
    sort: Array
    spot: Array
    at: Array
    demand: Array
    weight: Array
    whole: Array
    group: Array


@dataclass(frozen=True)
class SupplyColumns:
    """One row a lot, except `exclusive` and `home`: a row a resource."""

    resource: Array
    window: Array
    capacity: Array
    leaf: Array
    sort: Array
    spot: Array
    at: Array
    quality: Array
    least: Array
    radius: Array
    exclusive: Array
    home: Array


def edges_between(
    needs: NeedColumns, supply: SupplyColumns, knobs: Family, random: np.random.Generator
) -> Edges:
    """The best of what lies around each need, leaf by leaf, in rows by part."""
    order = np.lexsort((supply.at, supply.leaf))
    starts = np.searchsorted(supply.leaf[order], np.arange(TOPS * LEAVES_PER_TOP + 1))
    poor = random.random(int(needs.group.max()) + 1) < knobs.poor
    found = []
    for leaf in range(TOPS * LEAVES_PER_TOP):
        mine = np.flatnonzero(needs.leaf == leaf)
        for block in np.array_split(mine, max(1, len(mine) // 4_000)):
            lots = _around(needs, supply, order, starts, block, leaf, knobs, random)
            if lots.size:
                found.append((block, *_scored(needs, supply, block, lots, poor, knobs, random)))
    return _laid_out(needs, supply, found)


def _around(
    needs: NeedColumns,
    supply: SupplyColumns,
    order: Array,
    starts: Array,
    block: Array,
    leaf: int,
    knobs: Family,
    random: np.random.Generator,
) -> Array:
    """Lots near each need on the curve: of its leaf, then of the next leaf of its sort or top."""
    columns = [np.empty((len(block), 0), dtype=order.dtype)]
    for other, most in ((leaf, OWN), (_sibling(leaf, knobs), SIBLING)):
        pool = order[starts[other] : starts[other + 1]]
        most = min(most, len(pool))
        if not most:
            continue
        wide = len(pool) >= 2 * most
        gaps = random.integers(1, 3 if wide else 2, (len(block), most))
        steps = np.cumsum(gaps, axis=1) - gaps
        span = steps[:, -1] + 1
        centre = np.searchsorted(supply.at[pool], needs.at[block])
        first = np.clip(centre - span // 2, 0, len(pool) - span)
        columns.append(pool[first[:, None] + steps])
    return np.concatenate(columns, axis=1)


def _sibling(leaf: int, knobs: Family) -> int:
    """The next leaf of the same top that could serve too; yuan are only met with yuan."""
    top, inner = divmod(leaf, LEAVES_PER_TOP)
    money = knobs.sorts[inner] == MONEY
    for step in range(1, LEAVES_PER_TOP):
        other = (inner + step) % LEAVES_PER_TOP
        if (knobs.sorts[other] == MONEY) == money:
            return top * LEAVES_PER_TOP + other
    return (leaf + LEAVES_PER_TOP) % (TOPS * LEAVES_PER_TOP)


def _scored(
    needs: NeedColumns,
    supply: SupplyColumns,
    block: Array,
    lots: Array,
    poor: Array,
    knobs: Family,
    random: np.random.Generator,
) -> tuple[Array, Array, Array, Array, Array]:
    """Rows of lots, fits, hundredths of the fit's parts, least and most units; the best kept.

    A fit of -1 stands for no edge.
    """
    shape = lots.shape
    away = needs.spot[block][:, None] - supply.spot[lots]
    km = np.sqrt((away**2).sum(axis=2))
    own = supply.leaf[lots] == needs.leaf[block][:, None]
    told = 0.6 * supply.quality[lots] + 0.4 * random.random(shape, dtype=np.float32)
    topic = np.where(own, 0.62 + 0.38 * told, 0.5 + 0.25 * told).astype(np.float32)
    time = random.choice(np.array([0.3, 0.6, 1.0, 1.0], dtype=np.float32), shape)
    demand = needs.demand[block][:, None]
    cover = np.minimum(1, supply.capacity[lots] / demand).astype(np.float32)
    place = np.exp(-km / 5)
    fit = topic * (0.75 + 0.10 * time + 0.05 * cover + 0.10 * place)
    low, high = _units(needs, supply, block, lots)
    dropped = (km > supply.radius[lots]) | (low > high) | (fit < FLOOR)
    kept = np.where(poor[needs.group[block]], knobs.kept, 1.0)[:, None]
    dropped |= random.random(shape, dtype=np.float32) >= kept
    fit[dropped] = -1
    best = np.argpartition(-fit, min(KEPT, shape[1]) - 1, axis=1)[:, :KEPT]
    best.sort(axis=1)
    parts = np.stack([np.where(own, 1, 0.5), topic, time, cover, place], axis=2)
    parts = np.take_along_axis(parts, best[:, :, None], axis=1)
    chosen = [np.take_along_axis(one, best, axis=1) for one in (lots, fit, low, high)]
    return chosen[0], chosen[1], np.rint(100 * parts).astype(np.uint8), chosen[2], chosen[3]


def _units(
    needs: NeedColumns, supply: SupplyColumns, block: Array, lots: Array
) -> tuple[Array, Array]:
    """Least and most units of each pair: divisible where measures are alike, whole elsewhere."""
    sort = needs.sort[block][:, None]
    demand = np.broadcast_to(needs.demand[block][:, None], lots.shape)
    divisible = (supply.sort[lots] == sort) & (sort >= GOODS)
    most = np.minimum(demand, supply.capacity[lots]).astype(np.int32)
    low = np.where(divisible, supply.least[lots], demand).astype(np.int32)
    return low, np.where(divisible, most, demand).astype(np.int32)


def _laid_out(needs: NeedColumns, supply: SupplyColumns, found: list[Any]) -> Edges:
    """Blocks of rows as one set of edges in the order of the parts."""
    count = np.zeros(len(needs.leaf), dtype=np.int64)
    for block, _, fit, *_ in found:
        count[block] = (fit > 0).sum(axis=1)
    ptr = np.concatenate([[0], np.cumsum(count)])
    total = int(ptr[-1])
    lot, low, high = (np.empty(total, dtype=np.int32) for _ in range(3))
    fit, use = (np.empty(total, dtype=np.float32) for _ in range(2))
    fit_parts = np.empty((total, 5), dtype=np.uint8)
    while found:
        block, lots, fits, parts, least, most = found.pop()
        there = fits > 0
        rows = (ptr[block][:, None] + np.cumsum(there, axis=1) - 1)[there]
        lot[rows], fit[rows], fit_parts[rows] = lots[there], fits[there], parts[there]
        low[rows], high[rows] = least[there], most[there]
        alike = (supply.sort[lots] == needs.sort[block][:, None]) & (supply.sort[lots] >= GOODS)
        use[rows] = np.where(alike, 1.0, 1.0 / needs.demand[block][:, None])[there]
    return Edges(
        ptr=ptr,
        part=np.repeat(np.arange(len(count), dtype=np.int32), count),
        lot=lot,
        fit=fit,
        fit_parts=fit_parts,
        low=low,
        high=high,
        use=use,
        fixed=np.zeros(total, dtype=np.int32),
        agreed=np.zeros(total, dtype=bool),
    )
