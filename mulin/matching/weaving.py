"""Edges that stay and new ones as one list, after a change."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.edges import Pairs
from mulin.matching.problem import Edges, Ints, Parts
from mulin.matching.scanning import Best


@dataclass(frozen=True)
class Kept:
    """Edges that stay, by the numbers they had, with their parts, lots and resources now; and the
    least fit that a new candidate of each part has to beat."""

    edge: Ints
    part: Ints
    lot: Ints
    resource: Ints
    settled: NDArray[np.bool_]
    fit: NDArray[np.float32]
    least: NDArray[np.float32]
    again: NDArray[np.bool_]

    def where(self, chosen: NDArray[np.bool_]) -> Kept:
        """Only these edges."""
        if chosen.all():
            return self
        names = ("edge", "part", "lot", "resource", "settled", "fit")
        own = {name: getattr(self, name)[chosen] for name in names}
        return Kept(**own, least=self.least, again=self.again)


def pair_starts(part: Ints, resource: Ints) -> NDArray[np.bool_]:
    """The first edge of each pair: the lots of one stand together."""
    first = np.ones(len(part), dtype=np.bool_)
    first[1:] = (part[1:] != part[:-1]) | (resource[1:] != resource[:-1])
    return first


def merged(
    found: tuple[Ints, Best], kept: Kept, settled: Pairs, parts: Parts, k: int
) -> tuple[Pairs, Kept]:
    """New pairs and kept edges, of each part no more than the k best (settled ones beside)."""
    rows, best = found
    part = np.repeat(rows, np.diff(best.ptr))
    key = part.astype(np.int64) << 32 | best.resource
    told = kept.again[kept.part]  # parts screened again find what they kept as well
    known = np.concatenate(
        [
            kept.part[told].astype(np.int64) << 32 | kept.resource[told],
            settled.part << 32 | settled.resource,
        ]
    )
    new = ~np.isin(key, known, kind="sort")
    part, resource, fit = part[new], best.resource[new], best.fit[new]
    first = pair_starts(kept.part, kept.resource)
    inside = first & (~kept.settled | (kept.fit >= kept.least[kept.part]))
    count = np.bincount(kept.part[inside], minlength=len(parts.need))
    over = count + np.bincount(part, minlength=len(parts.need)) - k
    crowded = np.flatnonzero(first & ~kept.settled & (over > 0)[kept.part])
    everybody = np.concatenate([part, kept.part[crowded]])
    order = np.lexsort(
        (
            -np.concatenate([resource, kept.resource[crowded]]),
            np.concatenate([fit, kept.fit[crowded]]),
            everybody,
        )
    )
    sorted_part = everybody[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_part, sorted_part)
    out = order[rank < over[sorted_part]]
    stays = np.ones(len(part), dtype=np.bool_)
    stays[out[out < len(part)]] = False
    pair_stays = np.ones(int(first.sum()), dtype=np.bool_)
    pair_of = first.cumsum() - 1
    pair_stays[pair_of[crowded[out[out >= len(part)] - len(part)]]] = False
    shares = best.parts[new][stays]
    nobody = np.zeros(int(stays.sum()), dtype=np.int32)
    columns: dict[str, Any] = {
        "part": part[stays],
        "resource": resource[stays],
        "fit": fit[stays],
        "shares": shares,
        "settled": nobody.astype(np.bool_),
        "units": nobody,
    }
    whole = {name: np.concatenate([columns[name], getattr(settled, name)]) for name in columns}
    order = np.lexsort((-whole["fit"], whole["settled"], whole["part"]))
    pairs = Pairs(**{name: column[order] for name, column in whole.items()})
    return pairs, kept.where(pair_stays[pair_of] if len(pair_of) else first)


def woven(old: Edges, kept: Kept, made: Edges, parts: int) -> tuple[Edges, NDArray[np.int64]]:
    """Kept and new edges as one list by part, best fits first and settled ones last."""
    place = np.searchsorted(
        _rank(kept.part, kept.fit, kept.settled),
        _rank(made.part, made.fit, made.agreed | (made.fixed > 0)),
        side="right",
    )
    columns: dict[str, Any] = {
        "part": np.insert(kept.part.astype(np.int32), place, made.part),
        "lot": np.insert(kept.lot.astype(np.int32), place, made.lot),
    }
    for one in fields(Edges):
        if one.name not in ("ptr", *columns):
            mine = getattr(old, one.name)[kept.edge]
            columns[one.name] = np.insert(mine, place, getattr(made, one.name), axis=0)
    ptr = np.concatenate([[0], np.bincount(columns["part"], minlength=parts).cumsum()])
    return Edges(ptr=ptr.astype(np.int64), **columns), np.insert(kept.edge, place, -1)


def _rank(part: Ints, fit: NDArray[np.float32], settled: NDArray[np.bool_]) -> Ints:
    worse = np.float32(1.5) - fit
    within = np.where(settled, 1 << 31, worse.view(np.int32).astype(np.int64))
    return np.asarray(part.astype(np.int64) << 32 | within)
