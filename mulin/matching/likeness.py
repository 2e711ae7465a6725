"""Requests that seem to ask for the same thing: suggested for merging, never merged here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold
from mulin.matching.likeness_habits import Heap, meanings
from mulin.matching.linkage import average_linkage
from mulin.matching.phrases import Phrase, read

SAME = 0.34
"""Two requests at least this alike (0..1) are suggested as one item."""

NAMED = 0.75
"""How much alikeness is left when only one of the two names a building or phase."""

OTHER = 0.4
"""How much alikeness is left when both name known things and share none of them."""


DICE = 0.7
"""Share of alikeness that is Dice's; the rest asks only how much of the shorter is shared."""

BLOCK = 512
"""Rows compared at once, so that memory holds few tables of all pairs."""


@dataclass(frozen=True)
class Wording:
    """One request as it was written."""

    id: str
    text: str
    detail: str = ""
    community: str = ""
    category: str = ""
    asked_on: date | None = None


@dataclass(frozen=True)
class MergeGroup:
    """Requests that seem to be one item, earliest first, and the words they share."""

    ids: tuple[str, ...]
    why: tuple[str, ...]
    sure: float


@dataclass(frozen=True)
class Alike:
    """An earlier request that seems the same, how sure (0..1), and the words shared."""

    id: str
    sure: float
    why: tuple[str, ...]


def suggest_merges(requests: Sequence[Wording], *, least: float = SAME) -> list[MergeGroup]:
    """Groups of two or more requests of one community that seem to ask for the same.

    Average-linkage clustering of wordings' alikeness; requests naming different buildings,
    phases or sections never meet in a group. Order follows the first request of each group.
    """
    phrases = [read(request.text, request.detail) for request in requests]
    weights = _rarity(phrases)
    order = {request.id: at for at, request in enumerate(requests)}
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, request in enumerate(requests):
        blocks[fold(request.community).strip()].append(at)
    found = [
        cluster for rows in blocks.values() for cluster in _clusters(phrases, rows, weights, least)
    ]
    joined = _learnt(requests, phrases, weights, found)
    groups = [_group(requests, phrases, weights, rows) for rows in joined if len(rows) > 1]
    return sorted(groups, key=lambda group: order[group.ids[0]])


def most_like(
    wording: Wording, others: Sequence[Wording], limit: int = 3, *, least: float = SAME
) -> list[Alike]:
    """The requests of the same community most like this one, best first."""
    home = fold(wording.community).strip()
    near = [
        other
        for other in others
        if other.id != wording.id and fold(other.community).strip() == home
    ]
    if not near:
        return []
    phrases = [read(one.text, one.detail) for one in (wording, *near)]
    likeness = _matrix(phrases, _rarity(phrases))[0, 1:]
    best = np.lexsort((np.arange(len(near)), -likeness))[:limit]
    return [
        Alike(near[at].id, round(float(likeness[at]), 3), _common(phrases[0], phrases[at + 1]))
        for at in best.tolist()
        if likeness[at] >= least
    ]


def _rarity(phrases: Sequence[Phrase]) -> dict[str, float]:
    """What each feature weighs: its own weight, and more the fewer distinct wordings hold it."""
    distinct = {frozenset(phrase.features): phrase.features for phrase in phrases}
    spread: dict[str, int] = defaultdict(int)
    for features in distinct.values():
        for feature in features:
            spread[feature] += 1
    total = max(20, len(distinct))
    return {feature: 1.0 + np.log(total / count) / 2 for feature, count in spread.items()}


def _matrix(phrases: Sequence[Phrase], weights: dict[str, float]) -> np.ndarray:
    """Alikeness of all pairs: weighted shared features over their mean (Dice), conflicts 0."""
    columns: dict[str, int] = {}
    for phrase in phrases:
        for feature in phrase.features:
            columns.setdefault(feature, len(columns))
    rows = np.zeros((len(phrases), max(1, len(columns))), dtype=np.float32)
    for at, phrase in enumerate(phrases):
        for feature, weight in phrase.features.items():
            rows[at, columns[feature]] = np.sqrt(weight * weights.get(feature, 1.0))
    own = np.einsum("ij,ij->i", rows, rows)
    known, place_of, agree = _known(phrases), *_places(phrases)
    likeness = np.empty((len(rows), len(rows)), dtype=np.float32)
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        shared = rows[part] @ rows.T
        dice = 2 * shared / np.maximum(own[part, None] + own[None, :], 1e-6)
        smaller = shared / np.maximum(np.minimum(own[part, None], own[None, :]), 1e-6)
        alike = DICE * dice + (1 - DICE) * np.minimum(1.0, smaller)
        alike *= agree[place_of[part]][:, place_of]
        alike[_apart(known, part)] *= OTHER
        likeness[part] = alike
    return likeness


def _known(phrases: Sequence[Phrase]) -> NDArray[np.float32]:
    """Which known words (columns) each phrase has."""
    columns = {word: at for at, word in enumerate(sorted({w for p in phrases for w in p.words}))}
    known = np.zeros((len(phrases), max(1, len(columns))), dtype=np.float32)
    for at, phrase in enumerate(phrases):
        for word in phrase.words:
            known[at, columns[word]] = 1
    return known


def _apart(known: NDArray[np.float32], part: slice) -> NDArray[np.bool_]:
    """Where both name known words and share none of them."""
    named: NDArray[np.bool_] = np.asarray(known.any(axis=1))
    shared: NDArray[np.bool_] = known[part] @ known.T > 0
    return ~shared & named[part, None] & named[None, :]


def _places(phrases: Sequence[Phrase]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Each phrase's set of places as a number, and how far any two sets agree.

    1 where two name the same places, `NAMED` where one is silent, 0 where they differ.
    """
    keys = {places: at for at, places in enumerate({p.places: None for p in phrases})}
    table = [[_agree(one, other) for other in keys] for one in keys]
    place_of = np.array([keys[phrase.places] for phrase in phrases], dtype=np.int64)
    return place_of, np.array(table, dtype=np.float32)


def _agree(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    if one == other:
        return 1.0
    sorts = {sort for sort, _ in one} & {sort for sort, _ in other}
    for sort in sorts:
        if {name for s, name in one if s == sort} != {name for s, name in other if s == sort}:
            return 0.0
    if sorts:
        return 1.0
    return 0.0 if one and other else NAMED


def _clusters(
    phrases: Sequence[Phrase], rows: list[int], weights: dict[str, float], least: float
) -> list[list[int]]:
    """Rows of one community in groups alike by their words."""
    distinct: dict[tuple[frozenset[str], frozenset[tuple[str, str]]], list[int]] = {}
    for row in rows:
        key = frozenset(phrases[row].features), phrases[row].places
        distinct.setdefault(key, []).append(row)
    members = list(distinct.values())
    counts = np.array([len(same) for same in members], dtype=np.float64)
    likeness = _matrix([phrases[same[0]] for same in members], weights)
    return [
        sorted(row for at in cluster for row in members[at])
        for cluster in average_linkage(likeness, counts, least)
    ]


def _learnt(
    requests: Sequence[Wording],
    phrases: Sequence[Phrase],
    weights: dict[str, float],
    clusters: list[list[int]],
) -> list[list[int]]:
    """Clusters of one spot that mean the same by the habits of the whole corpus, joined."""
    heaps = [_heap(requests, phrases, weights, rows) for rows in clusters]
    together: dict[tuple[object, int], list[int]] = defaultdict(list)
    for heap, meaning, rows in zip(heaps, meanings(heaps), clusters, strict=True):
        together[heap.spot, meaning] += rows
    return [sorted(rows) for rows in together.values()]


def _heap(
    requests: Sequence[Wording],
    phrases: Sequence[Phrase],
    weights: dict[str, float],
    rows: list[int],
) -> Heap:
    features: dict[str, float] = defaultdict(float)
    for row in rows:
        for name, weight in phrases[row].features.items():
            if not name.startswith("@"):
                features[name] += weight * weights[name]
    places = frozenset[tuple[str, str]]().union(*(phrases[row].places for row in rows))
    home = fold(requests[rows[0]].community).strip()
    return Heap(((home, places), bool(places)), features, len(rows))


def _group(
    requests: Sequence[Wording],
    phrases: Sequence[Phrase],
    weights: dict[str, float],
    rows: list[int],
) -> MergeGroup:
    ids = _oldest_first(requests, rows)
    distinct = list({frozenset(phrases[row].features): phrases[row] for row in ids}.values())
    return MergeGroup(
        ids=tuple(requests[row].id for row in ids),
        why=_common(*distinct),
        sure=round(float(_matrix(distinct, weights).mean()), 3),
    )


def _oldest_first(requests: Sequence[Wording], rows: list[int]) -> list[int]:
    return sorted(rows, key=lambda row: (requests[row].asked_on or date.max, row))


def _common(*phrases: Phrase) -> tuple[str, ...]:
    """The words all of them share, most telling first."""
    shared = set.intersection(*(set(phrase.words) for phrase in phrases)) if phrases else set()
    places = frozenset.intersection(*(phrase.places for phrase in phrases)) if phrases else set()
    return (
        *sorted(name + sort for sort, name in places),
        *sorted(shared, key=lambda w: (-len(w), w))[:4],
    )
