"""Needs and resources of an invented city, with words, weeks, places and amounts."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import numpy as np

from benchmarks.matching import vocabulary
from benchmarks.matching.families import (
    FAMILIES,
    GOODS,
    LEAVES_PER_TOP,
    SLOT,
    TOPS,
    Family,
)
from benchmarks.matching.numeric import columns
from benchmarks.matching.numeric_edges import NeedColumns, SupplyColumns
from mulin.matching import Need, Resource, Window

KM = 111.19
ORIGIN = (31.0, 121.0)
"""South-west corner of the invented city."""

POOL = 4000
"""Different titles of a kind on each side; beyond, people use the same words again."""

BLOCKS = tuple(
    Window(day, start, end)
    for day in range(7)
    for start, end in ((540, 690), (840, 1020), (1140, 1260))
)
SOON, LATER = date(2027, 2, 15), date(2027, 3, 1)
"""Needs of poor communities are due before most offers begin."""

REACHED = 260
"""Resources of a kind within the mean radius, at the city's density."""


@dataclass(frozen=True)
class Instance:
    """Needs and resources of one size, family and seed."""

    needs: list[Need]
    resources: list[Resource]


def instance(size: int, family: str = "balanced", seed: int = 1) -> Instance:
    """`size` needs and `size` resources; the same arguments give the same items."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        knobs = FAMILIES[family]
        random = np.random.default_rng([seed, size])
        needs, supply, provider, cap = columns(size, knobs, random)
        wording = _Wording(knobs, random)
        return Instance(
            needs=list(_needs(needs, knobs, wording, random)),
            resources=list(_resources(supply, provider, cap, knobs, wording, random)),
        )
    finally:
        if collecting:
            gc.enable()


class _Wording:
    """Pools of titles and details of each kind, so that equal strings are one object."""

    def __init__(self, knobs: Family, random: np.random.Generator) -> None:
        self.asked: list[list[str]] = []
        self.offered: list[list[str]] = []
        self.details: list[list[str]] = []
        for leaf, (_, _, things) in enumerate(vocabulary.leaves()):
            forms = vocabulary.FORMS[knobs.sorts[leaf % LEAVES_PER_TOP]]
            names = [thing + form for thing, form in product(things, forms)]
            self.asked.append(_titles(names, vocabulary.ASKS, random))
            self.offered.append(_titles(names, vocabulary.OFFERS, random))
            self.details.append(
                [form.format(thing) for form in vocabulary.DETAILS for thing in things]
            )


def _titles(names: list[str], verbs: tuple[str, ...], random: np.random.Generator) -> list[str]:
    words = (vocabulary.WHERE, vocabulary.WHEN, verbs, names, vocabulary.TAILS)
    drawn = [random.integers(0, len(one), POOL).tolist() for one in words]
    return [
        "".join(one[at] for one, at in zip(words, row, strict=True))
        for row in zip(*drawn, strict=True)
    ]


def _week(most: int, random: np.random.Generator, count: int) -> list[tuple[Window, ...]]:
    """Some different weeks of at most so many blocks, evenings and weekends more often."""
    liked = np.array([1 + (at % 3 == 2) + 2 * (at >= 15) for at in range(len(BLOCKS))], dtype=float)
    weeks = []
    for _ in range(count):
        blocks = random.integers(1, most + 1)
        chosen = random.choice(len(BLOCKS), blocks, replace=False, p=liked / liked.sum())
        weeks.append(tuple(BLOCKS[at] for at in sorted(chosen.tolist())))
    return weeks


def _measure(leaf: int, sort: int) -> str:
    if sort == GOODS:
        return vocabulary.COUNTED[leaf % len(vocabulary.COUNTED)]
    return vocabulary.MEASURES[sort]


def _shared(column: Any) -> list[Any]:
    """The column as a list whose equal numbers are one object: millions of rows repeat them."""
    values, row = np.unique(column, return_inverse=True)
    known = values.tolist()
    return [known[at] for at in row]


def _points(spots: Any) -> list[tuple[float, float]]:
    north = np.round(ORIGIN[0] + spots[:, 1].astype(float) / KM, 4)
    east = ORIGIN[1] + spots[:, 0].astype(float) / (KM * np.cos(np.radians(ORIGIN[0])))
    return list(zip(_shared(north), _shared(np.round(east, 4)), strict=True))


def _audience(leaf: int) -> str:
    return vocabulary.AUDIENCES.get(vocabulary.leaves()[leaf][0], "")


def _needs(
    needs: NeedColumns, knobs: Family, wording: _Wording, random: np.random.Generator
) -> Iterator[Need]:
    size = len(needs.leaf)
    weeks = [*_week(7, random, 400), *[()] * 300]
    halls = [week for week in weeks if len(week) > 3]
    poor = random.random(int(needs.group.max()) + 1) < knobs.poor
    places = [f"示例社区{row}" for row in range(len(poor))]
    asking = [f"示例社区{row}居委会" for row in range(len(poor))]
    codes = [f"L{leaf:02}" for leaf in range(TOPS * LEAVES_PER_TOP)]
    wants = {sort: frozenset({tag}) for sort, tag in vocabulary.TAGS.items()}
    points = _points(needs.spot[:size])
    rows = zip(
        _shared(needs.leaf), _shared(needs.sort), _shared(needs.group),
        _shared(needs.demand.astype(float)),
        _shared(needs.weight), _shared(needs.whole), _shared(random.integers(0, POOL, size)),
        _shared(random.integers(0, 1 << 15, size)), strict=True,
    )  # fmt: skip
    for row, (leaf, sort, group, units, weight, whole, said, dice) in enumerate(rows):
        yield Need(
            id=f"n{row}",
            title=wording.asked[leaf][said],
            detail=wording.details[leaf][dice % 25] if dice % 5 == 0 else "",
            category=codes[leaf] if dice % 7 else "",
            community=places[group],
            side="乡镇街道" if group % 2 else "城区单位",
            unit=asking[group],
            serving=_audience(leaf) if dice % 3 == 0 else "",
            amount=units,
            measure=_measure(leaf, sort),
            windows=(halls if sort == SLOT else weeks)[
                dice % (len(halls) if sort == SLOT else 700)
            ],
            due_on=SOON if poor[group] else None,
            wants=wants[sort] if dice % 11 else frozenset(),
            indivisible=whole,
            weight=weight,
            point=points[row],
        )


def _resources(
    supply: SupplyColumns,
    provider: Any,
    cap: Any,
    knobs: Family,
    wording: _Wording,
    random: np.random.Generator,
) -> Iterator[Resource]:
    size = len(provider)
    first = np.flatnonzero(np.diff(supply.resource, prepend=-1))
    blocks = _shared(np.bincount(supply.resource, minlength=size))
    weeks = [*_week(7, random, 300), *[()] * 700]
    halls = {
        count: [w for w in _week(count, random, 600) if len(w) == count] for count in (1, 2, 3)
    }
    soon = 4.0 / min(size / (TOPS * LEAVES_PER_TOP), REACHED) if knobs.poor else 1.0
    later = (random.random(size) >= soon).tolist()
    names = [f"示例单位{row}" for row in range(len(cap))]
    most = [int(one) if np.isfinite(one) else None for one in cap.tolist()]
    codes = [f"L{leaf:02}" for leaf in range(TOPS * LEAVES_PER_TOP)]
    gives = {sort: frozenset({tag}) for sort, tag in vocabulary.TAGS.items()}
    seats = _shared(10.0 * random.integers(3, 13, size))
    points = _points(supply.spot[first])
    radius = _shared(np.round(supply.radius[first].astype(float), 1))
    rows = zip(
        supply.leaf[first].tolist(), supply.sort[first].tolist(), _shared(supply.capacity[first]),
        _shared(supply.least[first].astype(float)), supply.exclusive.tolist(), _shared(provider),
        _shared(random.integers(0, POOL, size)), _shared(random.integers(0, 1 << 15, size)),
        strict=True,
    )  # fmt: skip
    for row, (leaf, sort, amount, least, alone, owner, said, dice) in enumerate(rows):
        hall = sort == SLOT
        among = halls[blocks[row]] if hall else weeks
        yield Resource(
            id=f"r{row}",
            title=wording.offered[leaf][said],
            detail=wording.details[leaf][dice % 25] if dice % 5 == 0 else "",
            category=codes[leaf] if dice % 7 else "",
            side="乡镇街道" if owner % 2 else "城区单位",
            unit=names[owner],
            serving=_audience(leaf) if dice % 4 == 0 else "",
            amount=seats[row] if hall else amount,
            measure=_measure(leaf, sort),
            starts_on=LATER if later[row] else None,
            windows=among[dice % len(among)],
            gives=gives[sort],
            min_lot=least if sort >= GOODS and least > 1 else 0.0,
            exclusive=alone,
            provider_cap=most[owner],
            point=points[row],
            radius_km=radius[row],
        )
