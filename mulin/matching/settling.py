"""Pairs that people settled or refused, beside those that are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.edges import Pairs
from mulin.matching.parts import tag_bits_of
from mulin.matching.problem import Link, Parts
from mulin.matching.scanning import Best
from mulin.matching.screening import Screen


def refused_keys(
    refused: Iterable[tuple[str, str]], need_row: dict[str, int], resource_row: dict[str, int]
) -> NDArray[np.int64]:
    """Refused pairs of known items as sorted keys: need row × resources + resource row."""
    keys = [
        need_row[need] * len(resource_row) + resource_row[resource]
        for need, resource in refused
        if need in need_row and resource in resource_row
    ]
    return np.array(sorted(keys), dtype=np.int64)


def hundredths(fits: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Parts of a fit as they are stored."""
    return np.rint(np.float32(100) * fits).astype(np.uint8)


def settled_pairs(
    screen: Screen,
    parts: Parts,
    links: tuple[Sequence[Link], Sequence[Link]],
    need_row: dict[str, int],
    resource_row: dict[str, int],
) -> Pairs:
    """Fixed and agreed links as pairs of the part whose supply the resource gives."""
    found: dict[tuple[int, int], int] = {}
    tag = tag_bits_of(parts)
    ptr = np.searchsorted(parts.need, np.arange(len(need_row) + 1)).tolist()
    fixed, agreed = links
    for is_fixed, link in [*((False, one) for one in agreed), *((True, one) for one in fixed)]:
        row, column = need_row[link.need], resource_row[link.resource]
        own = range(ptr[row], ptr[row + 1])
        gives = int(screen.supply.gives[column])
        part = next((one for one in own if int(tag[one]) & gives), own[0])
        demand = int(parts.demand[part])
        found[part, column] = min(demand, link.units or demand) if is_fixed else 0
    cells = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    named = np.array([screen.body(parts.body[one]) for one in cells[:, 0].tolist()], dtype=np.int64)
    screened = screen.pairs(parts.need[cells[:, 0]], cells[:, 1], tag[cells[:, 0]], named)
    return Pairs(
        part=cells[:, 0],
        resource=cells[:, 1],
        fit=screened.fit.astype(np.float32),
        shares=hundredths(screened.fits),
        settled=np.ones(len(cells), dtype=np.bool_),
        units=np.array([found[key] for key in sorted(found)], dtype=np.int32),
    )


def with_settled(best: Best, start: int, settled: Pairs) -> Pairs:
    """The best pairs of parts from `start` on, and the settled ones, by part; a pair that is both
    is settled."""
    rows = np.arange(start, start + len(best.ptr) - 1, dtype=np.int64)
    part = np.repeat(rows, np.diff(best.ptr))
    pairs = Pairs(
        part, best.resource, best.fit, best.parts,
        np.zeros(len(part), dtype=np.bool_), np.zeros(len(part), dtype=np.int32),
    )  # fmt: skip
    if not len(settled.part):
        return pairs
    keys = part << 32 | best.resource
    other = ~np.isin(keys, settled.part << 32 | settled.resource)
    whole: dict[str, Any] = {
        name: np.concatenate([getattr(pairs, name)[other], getattr(settled, name)])
        for name in ("part", "resource", "fit", "shares", "settled", "units")
    }
    order = np.argsort(whole["part"], kind="stable")
    return Pairs(**{name: column[order] for name, column in whole.items()})
