"""Problems made straight as arrays, without items or words: fast enough for a million needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.families import (
    DENSITY,
    FAMILIES,
    GOODS,
    LEAVES_PER_TOP,
    MONEY,
    PLACES,
    SESSIONS,
    SLOT,
    TOPS,
    Family,
)
from mulin.matching.problem import Edges, Lots, Parts, Problem

Array = NDArray[Any]

OWN, SIBLING = 36, 16
"""How many lots of its own leaf and of a sibling leaf a need looks at before the best are kept."""

KEPT = 35
FLOOR = 0.45

BLOCKS = 2
"""Mean weekly blocks of a hall: as many needs more ask for halls."""


def numeric(size: int, family: str = "balanced", seed: int = 1) -> Problem:
    """A problem of `size` needs and `size` resources with the statistics of real ones.

    Same size, family and seed give the same problem. Some 33 edges a part, 1.2 lots a resource.
    """
    knobs = FAMILIES[family]
    random = np.random.default_rng([seed, size])
    needs = _needs(size, knobs, random)
    supply = _supply(size, knobs, needs, random)
    provider, cap = _providers(size, supply, knobs, random)
    names = tuple(f"示例社区{row}" for row in range(int(needs.group.max()) + 1))
    return Problem(
        parts=_parts(needs),
        lots=Lots(resource=supply.resource, capacity=supply.capacity, window=supply.window),
        edges=_edges(needs, supply, knobs, random),
        provider=provider,
        cap=cap,
        exclusive=supply.exclusive,
        groups=names,
    )


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


def city(size: int, random: np.random.Generator) -> tuple[Array, Array, float]:
    """Centres of quarters and `2·size` spots in km (needs, then resources), and the side."""
    side = float(np.sqrt(size / DENSITY))
    centres = random.uniform(0, side, (max(5, size // 1500), 2))
    crowded = random.random(2 * size) < 0.65
    near = centres[random.integers(0, len(centres), 2 * size)]
    near = near + random.normal(0, 1.2, near.shape)
    spots = np.where(crowded[:, None], near, random.uniform(0, side, near.shape))
    return centres, np.abs(side - np.abs(side - np.abs(spots))), side


def curve(spots: Array, side: float) -> Array:
    """Place along a Hilbert curve through the square: near on the curve is near in the city."""
    bits = 12
    x, y = (np.clip(spots / side * (1 << bits), 0, (1 << bits) - 1)).astype(np.int64).T
    at = np.zeros(len(spots), dtype=np.int64)
    for bit in reversed(range(bits)):
        right, up = (x >> bit) & 1, (y >> bit) & 1
        at = (at << 2) | ((3 * right) ^ up)
        turned = up == 0
        flipped = turned & (right == 1)
        low = (1 << bit) - 1
        x, y = (
            np.where(flipped, low - (x & low), x & low),
            np.where(flipped, low - (y & low), y & low),
        )
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return at


def _sorts(knobs: Family) -> Array:
    return np.tile(np.array(knobs.sorts, dtype=np.int8), TOPS)


def _amounts(sort: Array, ranges: dict[int, tuple[int, int, int]], random: Any) -> Array:
    """Whole amounts by sort, log-uniform between two ends, rounded to a step."""
    low, high, step = (np.array([ranges[one][at] for one in range(5)])[sort] for at in range(3))
    drawn = np.exp(random.uniform(np.log(low), np.log(high)))
    return np.asarray(np.maximum(1, np.rint(drawn / step)) * step)


def _needs(size: int, knobs: Family, random: np.random.Generator) -> NeedColumns:
    leaves = TOPS * LEAVES_PER_TOP
    share = 1.0 / np.arange(1, leaves + 1) ** knobs.skew
    share = 0.5 / leaves + 0.5 * random.permutation(share / share.sum())
    share *= np.where(_sorts(knobs) == SLOT, BLOCKS, 1.0)
    leaf = random.choice(leaves, size, p=share / share.sum()).astype(np.int32)
    sort = _sorts(knobs)[leaf]
    _, spots, side = city(size, random)
    at = curve(spots, side)
    group = np.empty(size, dtype=np.int32)
    group[np.argsort(at[:size], kind="stable")] = np.arange(size) * max(2, size // 100) // size
    ranges = {
        SLOT: (10, 80, 1),
        SESSIONS: (1, 1, 1),
        GOODS: (2, 40, 1),
        PLACES: (1, 20, 1),
        MONEY: (1000, 50000, 100),
    }
    return NeedColumns(
        leaf=leaf,
        sort=sort,
        spot=spots.astype(np.float32),
        at=at,
        demand=_amounts(sort, ranges, random).astype(np.int32),
        weight=np.round(np.clip(random.lognormal(0, 0.35, size), 0.4, 3.0), 2),
        whole=random.random(size) < knobs.whole,
        group=group,
    )


def _supply(
    size: int, knobs: Family, needs: NeedColumns, random: np.random.Generator
) -> SupplyColumns:
    leaf = random.integers(0, TOPS * LEAVES_PER_TOP, size, dtype=np.int32)
    sort = _sorts(knobs)[leaf]
    blocks = np.where(sort == SLOT, random.integers(1, 2 * BLOCKS, size), 1)
    resource = np.repeat(np.arange(size, dtype=np.int32), blocks)
    first = np.repeat(np.cumsum(blocks) - blocks, blocks)
    window = np.where(sort[resource] == SLOT, np.arange(len(resource)) - first, -1)
    ranges = {
        SLOT: (1, 1, 1),
        SESSIONS: (1, 4, 1),
        GOODS: (5, 60, 1),
        PLACES: (3, 40, 1),
        MONEY: (2000, 100000, 100),
    }
    amount = _scaled(_amounts(sort, ranges, random), leaf, sort, knobs, needs)
    floors = np.array([0, 0, 5, 4, 3000])[sort]
    least = np.where(random.random(size) < knobs.least, np.minimum(floors, amount), 1)
    spots, at = needs.spot[size:], needs.at[size:]
    return SupplyColumns(
        resource=resource,
        window=window.astype(np.int32),
        capacity=amount[resource].astype(np.float64),
        leaf=leaf[resource],
        sort=sort[resource],
        spot=spots[resource],
        at=at[resource],
        quality=random.random(size, dtype=np.float32)[resource],
        least=np.maximum(1, least).astype(np.int32)[resource],
        radius=random.uniform(3, 25, size).astype(np.float32)[resource],
        exclusive=(random.random(size) < knobs.alone) & (sort != SLOT),
        home=at,
    )


def _scaled(amount: Array, leaf: Array, sort: Array, knobs: Family, needs: NeedColumns) -> Array:
    """Amounts of divisible sorts, stretched so that demand ÷ supply is the family's scarcity."""
    scaled = amount.copy()
    for one in (SESSIONS, GOODS, PLACES, MONEY):
        mine = sort == one
        if not mine.any():
            continue
        asked = needs.demand[needs.sort == one].sum()
        stretch = asked / knobs.scarcity / amount[mine].sum()
        step = 100 if one == MONEY else 1
        scaled[mine] = np.maximum(1, np.rint(amount[mine] * stretch / step)) * step
    return scaled


def _providers(
    size: int, supply: SupplyColumns, knobs: Family, random: np.random.Generator
) -> tuple[Array, Array]:
    """Neighbours on the curve share a provider; its cap is about what its resources could serve."""
    count = max(1, int(size / knobs.concentration))
    edges = np.sort(random.integers(0, size, count - 1))
    provider = np.empty(size, dtype=np.int32)
    provider[np.argsort(supply.home, kind="stable")] = np.searchsorted(
        edges, np.arange(size), "right"
    )
    held = np.bincount(provider, minlength=count)
    cap = np.maximum(1, np.rint(held * random.uniform(0.8, 2.0, count)))
    cap[random.random(count) < 0.2] = np.inf
    return provider, cap


def _parts(needs: NeedColumns) -> Parts:
    size = len(needs.leaf)
    return Parts(
        need=np.arange(size, dtype=np.int32),
        tag=("",) * size,
        body=("",) * size,
        demand=needs.demand,
        weight=needs.weight,
        whole=needs.whole,
        max_suppliers=np.full(size, 3, dtype=np.int32),
        group=needs.group,
    )


def _edges(
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
    columns = []
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
    told = np.float32(0.5) * (supply.quality[lots] + random.random(shape, dtype=np.float32))
    topic = np.where(own, 0.62 + 0.38 * told, 0.5 + 0.25 * told).astype(np.float32)
    time = random.choice(np.float32([0.3, 0.6, 1.0, 1.0]), shape)
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
