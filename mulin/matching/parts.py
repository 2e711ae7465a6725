"""Needs as parts, supply as lots and providers: what the solver counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mulin.matching.columns import NeedColumns, SupplyColumns
from mulin.matching.fits import PERMISSION
from mulin.matching.items import TAGS, Need
from mulin.matching.problem import Floats, Ints, Lots, Parts

PERMITS = 1 << PERMISSION


def parts_of(needs: Sequence[Need], columns: NeedColumns) -> Parts:
    """One part for each supply a need names, or one for any; one for each body whose permission
    it must have, which stands for the permission."""
    bodies = {row: tuple(dict.fromkeys(need.approvals)) for row, need in _bound(needs)}
    plain = columns.given.astype(np.int64)
    rows = np.array(list(bodies), dtype=np.int64)
    plain[rows] &= ~PERMITS
    kinds = np.bitwise_count(plain).astype(np.int64)
    any_supply = (columns.given == 0) & (kinds == 0)
    bound = np.zeros(len(plain), dtype=np.int64)
    bound[rows] = [len(names) for names in bodies.values()]
    counts = np.where(any_supply, 1, kinds) + bound
    at = np.repeat(np.arange(len(plain), dtype=np.int32), counts)
    turn = np.arange(len(at)) - np.repeat(counts.cumsum() - counts, counts)
    named = turn >= (counts - bound)[at]
    body = [""] * len(at)
    for part in np.flatnonzero(named).tolist():
        need = int(at[part])
        body[part] = bodies[need][turn[part] - (counts - bound)[need]]
    tag = np.where(named, PERMISSION, _tag_at(plain[at], turn))
    tags = ("", *TAGS)
    return Parts(
        need=at,
        tag=tuple(tags[one + 1] for one in tag.tolist()),
        body=tuple(body),
        demand=np.where(named, 1, columns.demand[at]).astype(np.int32),
        weight=(columns.weight / counts)[at],
        whole=columns.indivisible[at],
        max_suppliers=np.where(named, 1, columns.most[at]).astype(np.int32),
        group=columns.group[at],
    )


def _bound(needs: Sequence[Need]) -> list[tuple[int, Need]]:
    return [(row, need) for row, need in enumerate(needs) if need.approvals]


def _tag_at(wants: NDArray[np.int64], turn: NDArray[np.int64]) -> NDArray[np.int64]:
    """The tag at its turn among those wanted, by name; -1 where none is."""
    tag, seen = np.full(len(wants), -1), np.zeros(len(wants), dtype=np.int64)
    for name in sorted(TAGS):
        has = (wants >> TAGS.index(name) & 1) > 0
        tag[has & (seen == turn)] = TAGS.index(name)
        seen += has
    return tag


def tag_bits_of(parts: Parts) -> NDArray[np.int32]:
    """The supply that each part insists on as bits, 0 for any."""
    rows = {"": 0} | {tag: 1 << at for at, tag in enumerate(TAGS)}
    return np.array([rows[tag] for tag in parts.tag], dtype=np.int32)


def lots_of(supply: SupplyColumns) -> Lots:
    """Each resource, or each of its weekly windows where it has rooms."""
    split = (supply.gives >> TAGS.index("space") & 1 > 0) & (supply.windows > 0)
    counts = np.where(split, supply.windows, 1)
    at = np.repeat(np.arange(len(split), dtype=np.int32), counts)
    window = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
    return Lots(
        resource=at,
        capacity=supply.capacity[at],
        window=np.where(split[at], window, -1).astype(np.int32),
    )


def providers_of(supply: SupplyColumns) -> tuple[Ints, Floats]:
    """The provider of each resource, and the most engagements of each: its least given cap."""
    rows = np.arange(len(supply.owner), dtype=np.int64)
    numbers = np.where(supply.owner < 0, rows + supply.owner.max(initial=0) + 1, supply.owner)
    _, first, provider = np.unique(numbers, return_index=True, return_inverse=True)
    provider = np.argsort(np.argsort(first))[provider]
    cap = np.full(len(first), np.inf)
    np.minimum.at(cap, provider, supply.cap)
    return provider.astype(np.int32), cap
