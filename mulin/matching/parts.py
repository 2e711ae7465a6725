"""Needs as parts, supply as lots and providers: what the solver counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mulin.matching.columns import Names, NeedColumns, SupplyColumns
from mulin.matching.items import TAGS, Need, Resource
from mulin.matching.problem import Floats, Ints, Lots, Parts


def parts_of(needs: Sequence[Need], columns: NeedColumns) -> tuple[Parts, tuple[str, ...]]:
    """One part for each supply a need names, or one for any; one for each body whose permission
    it must have. Also the communities that `Parts.group` indexes."""
    tags: list[str] = []
    bodies: list[str] = []
    counts = np.ones(len(needs), dtype=np.int64)
    for row, need in enumerate(needs):
        if need.wants or need.approvals:
            own = _pieces(need)
            counts[row] = len(own)
            tags += [tag for tag, _ in own]
            bodies += [body for _, body in own]
        else:
            tags.append("")
            bodies.append("")
    at = np.repeat(np.arange(len(needs), dtype=np.int32), counts)
    named = np.array([bool(body) for body in bodies], dtype=np.bool_)
    weight = np.array([need.weight for need in needs], dtype=np.float64) / counts
    whole = np.array([need.indivisible for need in needs], dtype=np.bool_)
    most = np.array([need.max_suppliers for need in needs], dtype=np.int64)
    groups, group = _groups(needs)
    parts = Parts(
        need=at,
        tag=tuple(tags),
        body=tuple(bodies),
        demand=np.where(named, 1, columns.demand[at]).astype(np.int32),
        weight=weight[at],
        whole=whole[at],
        max_suppliers=np.where(named, 1, most[at]).astype(np.int32),
        group=group[at],
    )
    return parts, groups


def _pieces(need: Need) -> list[tuple[str, str]]:
    """Supply and body of each part: permissions of named bodies stand for the permission."""
    bodies = list(dict.fromkeys(need.approvals))
    tags = sorted(need.wants - {"permission"} if bodies else need.wants)
    rest = tags or ([] if need.wants else [""])
    return [*((tag, "") for tag in rest), *(("permission", body) for body in bodies)]


def _groups(needs: Sequence[Need]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    numbers = {name: row for row, name in enumerate(dict.fromkeys(one.community for one in needs))}
    numbers.pop("", None)
    rows = {name: row for row, name in enumerate(numbers)} | {"": -1}
    return tuple(numbers), np.array([rows[one.community] for one in needs], dtype=np.int32)


def tag_bits_of(parts: Parts) -> NDArray[np.int32]:
    """The supply that each part insists on as bits, 0 for any."""
    rows = {"": 0} | {tag: 1 << at for at, tag in enumerate(TAGS)}
    return np.array([rows[tag] for tag in parts.tag], dtype=np.int32)


def lots_of(resources: Sequence[Resource], supply: SupplyColumns) -> Lots:
    """Each resource, or each of its weekly windows where it has rooms."""
    windows = np.array([len(one.windows) for one in resources], dtype=np.int64)
    split = (supply.gives >> TAGS.index("space") & 1 > 0) & (windows > 0)
    counts = np.where(split, windows, 1)
    at = np.repeat(np.arange(len(resources), dtype=np.int32), counts)
    window = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
    return Lots(
        resource=at,
        capacity=supply.capacity[at],
        window=np.where(split[at], window, -1).astype(np.int32),
    )


def providers_of(resources: Sequence[Resource]) -> tuple[Ints, Floats]:
    """The provider of each resource, and the most engagements of each: its least given cap."""
    names = Names()
    numbers = names.rows([one.unit for one in resources]).astype(np.int64)
    nameless = numbers < 0
    numbers[nameless] = len(resources) + np.flatnonzero(nameless)
    _, first, provider = np.unique(numbers, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    provider = rank[provider]
    caps = np.array(
        [np.inf if one.provider_cap is None else one.provider_cap for one in resources],
        dtype=np.float64,
    )
    cap = np.full(len(first), np.inf)
    np.minimum.at(cap, provider, caps)
    return provider.astype(np.int32), cap
