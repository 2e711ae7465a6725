"""Needs and resources as columns of numbers, made once and shared by every way of screening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.matching.amounts import FAMILIES, OPEN_OFFER, SCALE, WORKERS, family
from mulin.matching.audience import audience
from mulin.matching.items import TAGS, Need, Resource
from mulin.matching.listed import folded
from mulin.matching.weeks import SHORT, Weeks

Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

ALWAYS = (1, 4_000_000)
"""Ordinals of days before and after all others."""

MEASURES = ("", *FAMILIES, "things")
"""Families of measures by their number."""

NONE, MONEY, PEOPLE = (MEASURES.index(name) for name in ("", "money", "people"))
COUNTED = tuple(MEASURES.index(name) for name in ("occasions", "households", "things"))
"""Families handed out one by one: unlike measures take one of these, else a share of all."""


class NeedColumns(NamedTuple):
    """One row a need. `wants` and `asks` are bits of `TAGS`; `owner`, `home` and `side` number
    folded names (-1: none); `first` and `last` are ordinals; `week` is a row of `Weeks`; `spot`
    is a point of the unit sphere (NaN: unknown); `measure` numbers `MEASURES`; `counted` says
    whether there is an amount, `whole` whether one supplier must give all of it, `given` are the
    bits of wants as given, `group` numbers communities as written, `most` suppliers."""

    kind: Ints
    wants: NDArray[np.uint8]
    asks: Ints
    owner: Ints
    home: Ints
    side: Ints
    first: Ints
    last: Ints
    week: Ints
    spot: Floats
    audience: Ints
    demand: Ints
    measure: Ints
    counted: Mask
    whole: Mask
    helpers: Mask
    given: NDArray[np.uint8]
    group: Ints
    weight: Floats
    indivisible: Mask
    most: Ints


class SupplyColumns(NamedTuple):
    """One row a resource, as `NeedColumns`. `purpose` is a row of `Tables.purpose`; `reach` is the
    squared chord of its radius (inf: any); `amount` and `seats` are NaN where unknown; `cap` is inf
    where there is none; `served` to `until` list the communities it answers for, in rows by
    `served_ptr`."""

    kind: Ints
    purpose: Ints
    gives: NDArray[np.uint8]
    owner: Ints
    home: Ints
    side: Ints
    first: Ints
    last: Ints
    week: Ints
    spot: Floats
    reach: Floats
    audience: Ints
    capacity: Floats
    amount: Floats
    seats: Floats
    least: Floats
    measure: Ints
    helpers: Mask
    windows: Ints
    cap: Floats
    exclusive: Mask
    served_ptr: Ints
    served: Ints
    since: Ints
    until: Ints


class Names:
    """Numbers for names: equal where the folded names are, -1 for an empty one."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": -1}
        self.known: dict[str, int] = {"": -1}

    def rows(self, names: Sequence[str]) -> NDArray[np.int32]:
        """The numbers of these names; new names get new numbers."""
        fresh = [name for name in dict.fromkeys(names) if name not in self.known]
        for name, plain in zip(fresh, folded(fresh), strict=True):
            number = self.numbers.setdefault(plain.strip(), len(self.numbers) - 1)
            self.known[name] = number
        return np.array([self.known[name] for name in names], dtype=np.int32)


def bits(tags: Iterable[str]) -> int:
    """Supply tags as bits."""
    return sum(1 << at for at, tag in enumerate(TAGS) if tag in tags)


def tag_bits(tags: Sequence[frozenset[str]]) -> NDArray[np.uint8]:
    """Bits of each item's tags."""
    known = {one: bits(one) for one in set(tags)}
    return np.array([known[one] for one in tags], dtype=np.uint8)


def days_of(days: Sequence[Any], otherwise: int) -> NDArray[np.int32]:
    """Ordinals of these days, `otherwise` where there is none."""
    return np.array([day.toordinal() if day else otherwise for day in days], dtype=np.int32)


def week_rows(items: Sequence[Need] | Sequence[Resource], weeks: Weeks) -> NDArray[np.int32]:
    """The week each item is open for, cut to its weekdays where it lasts less than a week."""
    first = days_of([one.starts_on for one in items], 0)
    last = days_of([one.ends_on for one in items], 0)
    days = np.where((first > 0) & (last > 0) & (last - first < SHORT), last - first + 1, 0)
    return weeks.rows([one.windows for one in items], first, days)


def spots(points: Sequence[tuple[float, float] | None]) -> Floats:
    """Points of the unit sphere (n × 3) for latitudes and longitudes, NaN where unknown."""
    made = np.full((len(points), 3), np.nan)
    rows = [row for row, point in enumerate(points) if point is not None]
    if rows:
        lat, lon = np.radians(np.array([points[row] for row in rows], dtype=np.float64)).T
        made[rows] = np.stack(
            [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1
        )
    return made


def measures(items: Sequence[Need] | Sequence[Resource]) -> tuple[NDArray[np.uint8], Floats]:
    """Families of the items' measures, and their amounts in the family's own unit (NaN: none)."""
    written = [one.measure for one in items]
    known = {one: (MEASURES.index(family(one)), SCALE.get(one.strip(), 1)) for one in set(written)}
    amounts = np.array([one.amount for one in items], dtype=np.float64)
    scale = np.array([known[one][1] for one in written], dtype=np.float64)
    return np.array([known[one][0] for one in written], dtype=np.uint8), amounts * scale


def demands(amounts: Floats) -> NDArray[np.int32]:
    """Units asked for: at least one, whole ones."""
    return np.maximum(1, np.ceil(np.nan_to_num(amounts, nan=1.0))).astype(np.int32)


def helpers_in(items: Sequence[Need] | Sequence[Resource], measure: Ints) -> Mask:
    """Whether people who are counted are those who help."""
    told = np.zeros(len(items), dtype=np.bool_)
    for row in np.flatnonzero(measure == PEOPLE).tolist():
        text = items[row].title + items[row].detail
        told[row] = any(word in text for word in WORKERS)
    return told


def audiences(items: Sequence[Need] | Sequence[Resource]) -> NDArray[np.int16]:
    """Bits of whom each item is for, 0 for everybody."""
    return np.array([audience(one.serving) if one.serving else 0 for one in items], dtype=np.int16)


def capacities(resources: Sequence[Resource], amounts: Floats, room: Mask) -> Floats:
    """As `amounts.capacity_of`: a room is one, an offer without an amount serves a few."""
    alone = np.array([one.exclusive for one in resources], dtype=np.bool_)
    unsaid = np.where(alone, 1.0, float(OPEN_OFFER))
    return np.where(np.isnan(amounts), unsaid, np.where(room, 1.0, amounts))


def served(resources: Sequence[Resource], homes: Names) -> tuple[Ints, Ints, Ints, Ints]:
    """The communities resources answer for, in rows by resource, and from when to when."""
    counts = [len(one.jurisdiction) for one in resources]
    all_of = [home for one in resources if one.jurisdiction for home in one.jurisdiction]
    return (
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        homes.rows([one.community for one in all_of]),
        days_of([one.since for one in all_of], ALWAYS[0]),
        days_of([one.until for one in all_of], ALWAYS[1]),
    )
