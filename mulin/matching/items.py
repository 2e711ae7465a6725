"""What goes in: needs, resources, their windows of the week, and what makes one invalid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

TAGS = ("money", "labour", "permission", "space")
"""The four things a need can want and a resource can give; goods count as money (in kind)."""

MOST = 2_000_000_000
"""The largest amount, least lot and count: they are kept in 32 bits."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


class BadItem(ValueError):
    """An item that cannot be matched: which one, which field, and what would be accepted."""

    def __init__(self, item: str, field: str, accepted: str) -> None:
        super().__init__(f"{item}: {field} must be {accepted}")
        self.item, self.field, self.accepted = item, field, accepted


@dataclass(frozen=True, slots=True)
class Window:
    """A span of one weekday; `day` 0 is Monday, `start` and `end` are minutes after midnight."""

    day: int
    start: int = 0
    end: int = 1440


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A community that a resource answers for, from its first day to its last (None: open)."""

    community: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for. Only `id` and `title` are required; unknown fields stay empty.

    `category` is a code or a name, inferred from the words where empty; so are `wants`.
    `amount` is in `measure` (元, 人, 次, 处 …). `unit` is who asks, `approvals` name the units
    that must each give their permission.
    """

    id: str
    title: str
    detail: str = ""
    category: str = ""
    community: str = ""
    side: str = ""
    unit: str = ""
    serving: str = ""
    amount: float | None = None
    measure: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    windows: tuple[Window, ...] = ()
    due_on: date | None = None
    wants: frozenset[str] = frozenset()
    indivisible: bool = False
    max_suppliers: int = 3
    weight: float = 1.0
    place: str = ""
    point: Point | None = None
    asked_on: date | None = None
    approvals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """What is offered. `unit` is the provider; `provider_cap` the most needs it takes on.

    `min_lot` is the least amount handed out at once; `exclusive` resources serve one need.
    `radius_km` limits how far it reaches when both points are known; where `jurisdiction` is
    given, it serves only the communities named there, on the days they belong to it.
    """

    id: str
    title: str
    detail: str = ""
    category: str = ""
    community: str = ""
    side: str = ""
    unit: str = ""
    serving: str = ""
    amount: float | None = None
    measure: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    windows: tuple[Window, ...] = ()
    gives: frozenset[str] = frozenset()
    min_lot: float = 0.0
    exclusive: bool = False
    provider_cap: int | None = None
    conditions: str = ""
    place: str = ""
    point: Point | None = None
    radius_km: float | None = None
    jurisdiction: tuple[Jurisdiction, ...] = ()


def week(spans: Iterable[Mapping[str, object]]) -> tuple[Window, ...]:
    """Windows from `{"day": 0-6, "from": "09:00", "to": "11:30"}` as a sheet's period has them."""
    return tuple(
        Window(
            day=int(str(span["day"])),
            start=_minutes(span.get("from"), 0),
            end=_minutes(span.get("to"), 1440),
        )
        for span in spans
    )


def _minutes(clock: object, otherwise: int) -> int:
    if not clock:
        return otherwise
    hours, _, minutes = str(clock).partition(":")
    return int(hours) * 60 + int(minutes or 0)
