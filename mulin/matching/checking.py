"""What makes an item or a link invalid, and which row it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from numbers import Real
from typing import Any

import numpy as np

from mulin.matching.amounts import amount_of
from mulin.matching.columns import measures
from mulin.matching.items import (
    MOST,
    TAGS,
    BadItem,
    Jurisdiction,
    Need,
    Resource,
    Window,
)
from mulin.matching.problem import Link

TEXTS = ("id", "title", "detail", "category", "community", "side", "unit", "serving", "measure")
FLAGS = {Need: "indivisible", Resource: "exclusive"}
DAYS = {Need: ("starts_on", "ends_on", "due_on"), Resource: ("starts_on", "ends_on")}
TAGGED = {Need: "wants", Resource: "gives"}
LARGEST = 1e15
"""The most a weight may be."""


def check(needs: Sequence[Need], resources: Sequence[Resource]) -> None:
    """Raise `BadItem` for the first item that contradicts itself or repeats an id.

    Columns are looked at whole; only where something looks odd, rows one by one.
    """
    for items, kind in ((needs, Need), (resources, Resource)):
        if not _looks_fine(items, kind):
            _check_rows(items, kind)


def check_links(
    fixed: Iterable[Link],
    agreed: Iterable[Link],
    need_row: Mapping[str, int],
    resource_row: Mapping[str, int],
) -> None:
    """Raise `BadItem` for the first settled link of an unknown item, or without sound units."""
    for how, links in (("agreed", agreed), ("fixed", fixed)):
        for link in links:
            for one, known in ((link.need, need_row), (link.resource, resource_row)):
                if one not in known:
                    raise BadItem(one, how, "a pair of known items")
            if link.units is not None and not _is_count(link.units, 0):
                raise BadItem(link.need, how, f"whole units from 0 to {MOST}, or None")


def _looks_fine(items: Sequence[Any], kind: Any) -> bool:
    """Whether nothing at all is odd; what is odd may still be allowed."""
    if {*map(type, items)} - {kind}:
        return False
    texts = all({*map(type, [getattr(one, name) for one in items])} <= {str} for name in TEXTS)
    if not texts or len({one.id for one in items}) < len(items):
        return False
    days = all(
        {*map(type, [getattr(one, name) for one in items])} <= {date, type(None)}
        for name in DAYS[kind]
    )
    flags = {*map(type, [getattr(one, FLAGS[kind]) for one in items])} <= {bool}
    return days and flags and _numbers_fine(items, kind) and _structures_fine(items, kind)


def _numbers_fine(items: Sequence[Any], kind: Any) -> bool:
    plain = {int, float, type(None)}
    amounts = {*map(type, [one.amount for one in items])} <= plain
    if not amounts or (measures(items)[1] > MOST).any():
        return False
    columns: dict[str, float] = {"amount": MOST}
    columns |= {"weight": LARGEST, "max_suppliers": MOST} if kind is Need else {"min_lot": MOST}
    if kind is Resource:
        columns |= {"provider_cap": MOST, "radius_km": LARGEST}
    for name, most in columns.items():
        values = [getattr(one, name) for one in items]
        if {*map(type, values)} - plain:
            return False
        column = np.array(values, dtype=np.float64)
        column = column[[value is not None for value in values]]
        if not (np.isfinite(column) & (column >= 0) & (column <= most)).all():
            return False
    return kind is Resource or all(type(n.max_suppliers) is int and n.max_suppliers for n in items)


def _structures_fine(items: Sequence[Any], kind: Any) -> bool:
    tags = [getattr(one, TAGGED[kind]) for one in items]
    windows = [one.windows for one in items]
    if {*map(type, tags)} - {frozenset} or {*map(type, windows)} - {tuple}:
        return False
    if not frozenset().union(*set(tags)) <= set(TAGS):
        return False
    if any(one.starts_on and one.ends_on and one.starts_on > one.ends_on for one in items):
        return False
    listed = [window for one in windows if one for window in one]
    named = [getattr(one, "approvals" if kind is Need else "jurisdiction") for one in items]
    fits = _are_names if kind is Need else _are_jurisdictions
    return (
        all(map(_is_window, listed)) and all(map(fits, filter(None, named))) and _points_fine(items)
    )


def _points_fine(items: Sequence[Any]) -> bool:
    points = [one.point for one in items if one.point is not None]
    if {*map(type, points)} - {tuple} or {*map(len, points)} - {2}:
        return False
    if {*map(type, [degree for point in points for degree in point])} - {int, float}:
        return False
    degrees = np.abs(np.array(points, dtype=np.float64).reshape(-1, 2))
    return bool((degrees <= (90, 180)).all())


def _check_rows(items: Sequence[Any], kind: Any) -> None:
    seen: set[str] = set()
    item: Any
    for row, item in enumerate(items):
        if not isinstance(item, kind):
            raise BadItem(f"row {row}", "item", f"a {kind.__name__}")
        _check_words(row, item, seen)
        _check_structures(item, kind)
        _check_number(item.id, "amount", item.amount, MOST, optional=True)
        if (amount_of(item) or 0) > MOST:
            raise BadItem(item.id, "amount", f"at most {MOST:,} in all")
        if isinstance(item, Need):
            _check_need(item)
        else:
            _check_resource(item)


def _check_words(row: int, item: Any, seen: set[str]) -> None:
    if not isinstance(item.id, str):
        raise BadItem(f"row {row}", "id", "a text")
    for name in TEXTS:
        if not isinstance(getattr(item, name), str):
            raise BadItem(item.id, name, "a text")
    if item.id in seen:
        raise BadItem(item.id, "id", "unique")
    seen.add(item.id)


def _check_structures(item: Any, kind: Any) -> None:
    for name in DAYS[kind]:
        day = getattr(item, name)
        if day is not None and not _is_day(day):
            raise BadItem(item.id, name, "a day, or None")
    if item.starts_on and item.ends_on and item.starts_on > item.ends_on:
        raise BadItem(item.id, "ends_on", "on or after starts_on")
    tags = getattr(item, TAGGED[kind])
    if not isinstance(tags, frozenset) or not tags <= set(TAGS):
        raise BadItem(item.id, "tags", "a frozenset of " + ", ".join(TAGS))
    if not isinstance(item.windows, tuple) or not all(map(_is_window, item.windows)):
        raise BadItem(item.id, "windows", "a weekday 0-6 and minutes 0 <= start < end <= 1440")
    if item.point is not None and not _is_point(item.point):
        raise BadItem(item.id, "point", "finite degrees: latitude, longitude")
    if not isinstance(getattr(item, FLAGS[kind]), (bool, np.bool_)):
        raise BadItem(item.id, FLAGS[kind], "True or False")


def _check_need(need: Need) -> None:
    _check_number(need.id, "weight", need.weight, LARGEST)
    if not _is_count(need.max_suppliers, 1):
        raise BadItem(need.id, "max_suppliers", "at least 1")
    if not _are_names(need.approvals):
        raise BadItem(need.id, "approvals", "names of units")


def _check_resource(one: Resource) -> None:
    _check_number(one.id, "min_lot", one.min_lot, MOST)
    _check_number(one.id, "radius_km", one.radius_km, LARGEST, optional=True)
    if one.provider_cap is not None and not _is_count(one.provider_cap, 0):
        raise BadItem(one.id, "provider_cap", "0 or more")
    if not _are_jurisdictions(one.jurisdiction):
        raise BadItem(one.id, "jurisdiction", "communities with days in order, or None")


def _check_number(
    item: str, field: str, value: object, most: float, *, optional: bool = False
) -> None:
    if value is None and optional:
        return
    sound = isinstance(value, Real) and math.isfinite(value) and 0 <= float(value) <= most
    if not sound:
        raise BadItem(item, field, f"a finite number from 0 to {most:,.0f}")


def _is_count(value: object, least: int) -> bool:
    return isinstance(value, (int, np.integer)) and least <= int(value) <= MOST


def _is_window(window: object) -> bool:
    if not isinstance(window, Window):
        return False
    whole = all(isinstance(part, int) for part in (window.day, window.start, window.end))
    return whole and 0 <= window.day <= 6 and 0 <= window.start < window.end <= 1440


def _is_point(point: object) -> bool:
    if not isinstance(point, tuple) or len(point) != 2:
        return False
    if not all(isinstance(part, Real) and math.isfinite(part) for part in point):
        return False
    return abs(point[0]) <= 90 and abs(point[1]) <= 180


def _is_day(day: object) -> bool:
    return isinstance(day, date) and not isinstance(day, datetime)


def _are_names(names: object) -> bool:
    return isinstance(names, tuple) and all(isinstance(one, str) and one for one in names)


def _are_jurisdictions(listed: object) -> bool:
    return isinstance(listed, tuple) and all(map(_is_jurisdiction, listed))


def _is_jurisdiction(one: object) -> bool:
    if not isinstance(one, Jurisdiction) or not isinstance(one.community, str):
        return False
    if not all(day is None or _is_day(day) for day in (one.since, one.until)):
        return False
    return not (one.since and one.until and one.since > one.until)
