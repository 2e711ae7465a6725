"""What the corpus itself teaches: words asked for in the same places everywhere mean the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

from mulin.matching.linkage import average_linkage

TYPE = 0.5
"""Groups of different communities at least this alike (cosine) are one way of saying a thing."""

MEANING = 0.5
"""Ways of saying are one meaning when likeness and evidence together reach this."""

EVIDENCE = 0.7
"""What full evidence of use in the same places adds to likeness."""

DOUBT = 1.0
"""Odds of ten to this are put down to there being many pairs to choose from."""

CERTAIN = 6.0
"""Evidence is full when chance alone had odds of ten to this against it."""

FEWEST = 3
"""Two ways of saying must share this many spots before their use says anything."""

MOST = 4000
"""Only this many groups, the largest, are learnt from: more would not fit the memory."""


Spot = tuple[Hashable, bool]
"""A community with the places named there, and whether any is named."""


@dataclass(frozen=True)
class Heap:
    """A group found by words alone: where it was asked for, its features, and its size."""

    spot: Spot
    features: Mapping[str, float]
    size: int


def meanings(heaps: Sequence[Heap]) -> list[int]:
    """The meaning (a number) of each heap; heaps of one spot and one meaning belong together."""
    taught = sorted(range(len(heaps)), key=lambda at: (-heaps[at].size, at))[:MOST]
    found = list(range(len(heaps), 2 * len(heaps)))
    if len(taught) < 2:
        return found
    rows = _rows([heaps[at].features for at in taught])
    ways = average_linkage(rows @ rows.T, np.ones(len(rows)), TYPE)
    centres = np.stack([rows[way].sum(axis=0) for way in ways])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    spots = [[heaps[taught[at]].spot for at in way] for way in ways]
    likeness = centres @ centres.T + EVIDENCE * _evidence(spots)
    joined = average_linkage(likeness, np.ones(len(ways)), MEANING)
    for meaning, together in enumerate(joined):
        for way in together:
            for at in ways[way]:
                found[taught[at]] = meaning
    return found


def _rows(features: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    columns: dict[str, int] = {}
    for one in features:
        for name in one:
            columns.setdefault(name, len(columns))
    rows = np.zeros((len(features), len(columns)), dtype=np.float32)
    for at, one in enumerate(features):
        for name, weight in one.items():
            rows[at, columns[name]] = weight
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows


def _evidence(spots: Sequence[Sequence[Spot]]) -> NDArray[np.float32]:
    """0..1 for each pair of ways: how surely their spots are the same ones by more than chance."""
    found = np.zeros((len(spots), len(spots)), dtype=np.float32)
    sets = [frozenset(one) for one in spots]
    totals = {placed: len({s for one in sets for s in one if s[1] == placed}) for placed in (0, 1)}
    ways_at: dict[Spot, list[int]] = defaultdict(list)
    for way, own in enumerate(sets):
        for spot in own:
            ways_at[spot].append(way)
    shared = Counter(pair for ways in ways_at.values() for pair in combinations(ways, 2))
    for (one, other), count in shared.items():
        if count >= FEWEST:
            sure = _sure(sets[one], sets[other], totals) * count / len(sets[one] | sets[other])
            found[one, other] = found[other, one] = sure
    return found


def _sure(one: frozenset[Spot], other: frozenset[Spot], totals: Mapping[int, int]) -> float:
    odds = 0.0
    for placed in (0, 1):
        first = {spot for spot in one if spot[1] == placed}
        second = {spot for spot in other if spot[1] == placed}
        chance = _chance(totals[placed], len(first), len(second), len(first & second))
        odds += max(0.0, -chance / log(10) - DOUBT)
    return min(1.0, odds / CERTAIN)


def _chance(total: int, first: int, second: int, both: int) -> float:
    """Log of the chance that two random sets of these sizes share at least so many (Fisher)."""
    if both == 0:
        return 0.0
    terms = [
        _choose(first, k) + _choose(total - first, second - k) - _choose(total, second)
        for k in range(both, min(first, second) + 1)
        if second - k <= total - first
    ]
    top = max(terms)
    return min(0.0, top + log(sum(exp(term - top) for term in terms)))


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
