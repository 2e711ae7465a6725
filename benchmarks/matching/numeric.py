"""Problems made straight as arrays, without items or words: fast enough for a million needs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.city import city, curve
from benchmarks.matching.families import (
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
from benchmarks.matching.numeric_edges import NeedColumns, SupplyColumns, edges_between
from mulin.matching.problem import Lots, Parts, Problem

Array = NDArray[Any]

BLOCKS = 2
"""Mean weekly blocks of a hall: as many needs more ask for halls."""


def numeric(size: int, family: str = "balanced", seed: int = 1) -> Problem:
    """A problem of `size` needs and `size` resources with the statistics of real ones.

    Same size, family and seed give the same problem. Some 33 edges a part, 1.2 lots a resource.
    """
    knobs = FAMILIES[family]
    random = np.random.default_rng([seed, size])
    needs, supply, provider, cap = columns(size, knobs, random)
    names = tuple(f"示例社区{row}" for row in range(int(needs.group.max()) + 1))
    return Problem(
        parts=_parts(needs),
        lots=Lots(resource=supply.resource, capacity=supply.capacity, window=supply.window),
        edges=edges_between(needs, supply, knobs, random),
        provider=provider,
        cap=cap,
        exclusive=supply.exclusive,
        groups=names,
    )


def columns(
    size: int, knobs: Family, random: np.random.Generator
) -> tuple[NeedColumns, SupplyColumns, Array, Array]:
    """Needs, supply, each resource's provider and each provider's cap, before any pairs."""
    needs = _needs(size, knobs, random)
    supply = _supply(size, knobs, needs, random)
    return needs, supply, *_providers(size, supply, knobs, random)


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
        weight=np.round(np.clip(random.lognormal(0, 0.4, size), 0.4, 3.0), 2),
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
    cap = np.maximum(1, np.rint(held * random.uniform(0.7, 1.8, count)))
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
