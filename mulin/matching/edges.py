"""From the best pairs to edges: lots, least and most units, and what a unit takes of its lot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.matching.amounts import OPEN_OFFER
from mulin.matching.columns import COUNTED, PEOPLE, NeedColumns, SupplyColumns
from mulin.matching.problem import Edges, Ints, Lots, Parts

CHUNK = 500_000
"""Pairs turned into edges at once: some hundred megabytes of passing arrays."""


@dataclass(frozen=True)
class Pairs:
    """Chosen pairs of parts and resources, in order of part. `settled` ones pass without tests and
    take one lot; their `units` are confirmed where above 0, else they are agreed."""

    part: Ints
    resource: Ints
    fit: NDArray[np.float32]
    shares: NDArray[np.uint8]
    settled: NDArray[np.bool_]
    units: Ints


class Spans(NamedTuple):
    """Weekly windows of items (CSR by item): day, and minutes from start to end."""

    ptr: Ints
    day: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True)
class Terms:
    """All that says how much of which lot a pair may take."""

    needs: NeedColumns
    supply: SupplyColumns
    parts: Parts
    lots: Lots
    asked: Spans
    open: Spans

    @cached_property
    def named(self) -> NDArray[np.bool_]:
        """Parts that one named body must serve."""
        return np.array([bool(body) for body in self.parts.body], dtype=np.bool_)

    @cached_property
    def first_lot(self) -> Ints:
        """Where the lots of each resource begin."""
        return np.searchsorted(self.lots.resource, np.arange(len(self.supply.kind) + 1))


def edges_of(pairs: Pairs, terms: Terms) -> Edges:
    """An edge for each lot of each pair whose windows and amounts meet."""
    return joined(pieces_of(pairs, terms), len(terms.parts.need))


def pieces_of(pairs: Pairs, terms: Terms) -> list[dict[str, Any]]:
    """The columns of these pairs' edges, in pieces of some size."""
    pieces = []
    for start in range(0, max(1, len(pairs.part)), CHUNK):
        own = slice(start, start + CHUNK)
        some = Pairs(*(getattr(pairs, one.name)[own] for one in fields(pairs)))
        pieces.append(_edges(some, terms))
    return pieces


def joined(pieces: list[dict[str, Any]], parts: int) -> Edges:
    """Columns of edges in order of part as one; takes the pieces apart to spare memory."""
    whole: dict[str, Any] = {}
    for name in list(pieces[0]):
        column = [piece.pop(name) for piece in pieces]
        whole[name] = column[0] if len(column) == 1 else np.concatenate(column)
    ptr = np.concatenate([[0], np.bincount(whole["part"], minlength=parts).cumsum()])
    return Edges(ptr=ptr.astype(np.int64), **whole)


def _edges(pairs: Pairs, terms: Terms) -> dict[str, Any]:
    first, last = (terms.first_lot[pairs.resource + step] for step in (0, 1))
    counts = np.where(pairs.settled, 1, last - first)
    pair = np.repeat(np.arange(len(pairs.part)), counts)
    lot = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts - first, counts)
    low, high, use, fine = _units(pairs.part, pairs.resource, terms)
    keep = (pairs.settled | fine)[pair]
    keep &= pairs.settled[pair] | _meet(pairs.part[pair], lot, terms)
    pair, lot = pair[keep], lot[keep]
    demand = terms.parts.demand[pairs.part]
    low, high = np.where(fine, low, 1), np.where(fine, high, demand)
    use = np.where(fine, use, 1.0 / demand)
    return {
        "part": pairs.part[pair].astype(np.int32),
        "lot": lot.astype(np.int32),
        "fit": pairs.fit[pair],
        "fit_parts": pairs.shares[pair],
        "low": low[pair].astype(np.int32),
        "high": high[pair].astype(np.int32),
        "use": use[pair].astype(np.float32),
        "fixed": pairs.units[pair].astype(np.int32),
        "agreed": pairs.settled[pair] & (pairs.units[pair] == 0),
    }


def _units(part: Ints, r: Ints, terms: Terms) -> tuple[Any, Any, Any, NDArray[np.bool_]]:
    """Least and most units, use for a unit, and whether the amounts meet: as `amounts.terms`."""
    needs, supply, n = terms.needs, terms.supply, terms.parts.need[part]
    named, demand = terms.named[part], terms.parts.demand[part]
    capacity, least = supply.capacity[r], supply.least[r]
    people = ~named & (needs.measure[n] == PEOPLE)
    room, unsaid = ~np.isnan(supply.seats[r]), np.isnan(supply.amount[r])
    alike = ~named & needs.counted[n] & (needs.measure[n] == supply.measure[r])
    alike &= ~people | (needs.helpers[n] == supply.helpers[r])
    divides = alike & ~room & ~unsaid
    low = np.where(needs.whole[n], demand, np.maximum(1, np.ceil(least)))
    high = np.minimum(demand, np.floor(capacity + 1e-9))
    counted = np.isin(supply.measure[r], COUNTED)
    share = np.maximum(np.where(counted, 1.0, capacity / OPEN_OFFER), least)
    share = np.where(room | unsaid, 1.0, share)
    fits = np.where(room, ~people | (supply.seats[r] >= demand), share <= capacity + 1e-9)
    return (
        np.where(divides, low, demand),
        np.where(divides, high, demand),
        np.where(divides, 1.0, share / demand),
        (capacity > 0) & np.where(divides, low <= high, fits),
    )


def _meet(part: Ints, lot: Ints, terms: Terms) -> NDArray[np.bool_]:
    """Whether an hour, or all of the shorter window, is shared where the lot is one window."""
    window, need = terms.lots.window[lot], terms.parts.need[part]
    asked, opened = terms.asked, terms.open
    counts = np.where(window >= 0, asked.ptr[need + 1] - asked.ptr[need], 0)
    fine = counts == 0
    edge = np.repeat(np.arange(len(lot)), counts)
    at = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts - asked.ptr[need], counts)
    own = opened.ptr[terms.lots.resource[lot]][edge] + window[edge]
    first = np.maximum(asked.start[at], opened.start[own])
    shared = np.minimum(asked.end[at], opened.end[own]) - first
    shorter = np.minimum(asked.end[at] - asked.start[at], opened.end[own] - opened.start[own])
    met = (asked.day[at] == opened.day[own]) & (shared >= np.minimum(60, shorter))
    fine[edge[met]] = True
    return np.asarray(fine)


def spans(items: Sequence[Any], rows: Ints | None = None) -> Spans:
    """The weekly windows of these items; with `rows`, of those alone."""
    counts = np.zeros(len(items), dtype=np.int64)
    chosen = list(items) if rows is None else [items[row] for row in rows.tolist()]
    counts[slice(None) if rows is None else rows] = [len(one.windows) for one in chosen]
    listed = [window for one in chosen if one.windows for window in one.windows]
    return Spans(
        ptr=np.concatenate([[0], counts.cumsum()]).astype(np.int64),
        day=np.array([one.day for one in listed], dtype=np.int8),
        start=np.array([one.start for one in listed], dtype=np.int16),
        end=np.array([one.end for one in listed], dtype=np.int16),
    )
