"""The geometry of the year's ring: dates to angles, clockwise from the top, true to time."""

import datetime
from dataclasses import dataclass, replace
from math import cos, pi, sin

MIDDLE_X, MIDDLE_Y = 260.0, 222.0
RADIUS = 146.0
NEXT_TO_TODAY = 0.06
AT_TOP = 0.05
GAP_DAYS = 2.2


@dataclass(frozen=True)
class Segment:
    """One stretch of the year, its end excluded."""

    name: str
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True)
class Ring:
    """A year from one conference to the next; `dates` are marked on the rim with their words."""

    starts_on: datetime.date
    ends_on: datetime.date
    today: datetime.date
    segments: tuple[Segment, ...]
    dates: tuple[tuple[datetime.date, str], ...] = ()
    above: str = ""
    below: str = ""


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    anchor: str = "middle"


def turn_of(ring: Ring, date: datetime.date, days: float = 0) -> float:
    """The share of the year gone by on a date, 0 to 1."""
    length = (ring.ends_on - ring.starts_on).days
    return min(max(((date - ring.starts_on).days + days) / length, 0.0), 1.0)


def point_at(turn: float, radius: float) -> Point:
    angle = turn * 2 * pi
    side = sin(angle)
    anchor = "start" if side > 0.25 else "end" if side < -0.25 else "middle"
    return Point(
        round(MIDDLE_X + radius * side, 1), round(MIDDLE_Y - radius * cos(angle), 1), anchor
    )


def arc(start: float, end: float) -> str:
    """The path of a part of the rim."""
    first, last = point_at(start, RADIUS), point_at(end, RADIUS)
    wide = int(end - start > 0.5)
    return f"M{first.x} {first.y}A{RADIUS} {RADIUS} 0 {wide} 1 {last.x} {last.y}"


def _parts(ring: Ring, segment: Segment) -> list[dict]:
    """A segment's strokes: what is past and, where today falls inside, what is still ahead."""
    start = turn_of(ring, segment.starts_on, GAP_DAYS)
    end = turn_of(ring, segment.ends_on, -GAP_DAYS)
    now = turn_of(ring, ring.today)
    if now >= end:
        return [{"path": arc(start, end), "kind": "year-past"}]
    if now <= start:
        return [{"path": arc(start, end), "kind": ""}]
    return [
        {"path": arc(start, now), "kind": "year-past"},
        {"path": arc(now, end), "kind": "year-ahead"},
    ]


def _name(ring: Ring, segment: Segment) -> dict:
    middle = (turn_of(ring, segment.starts_on) + turn_of(ring, segment.ends_on)) / 2
    current = segment.starts_on <= ring.today < segment.ends_on
    at = point_at(middle, RADIUS + 28)
    if _is_at_top(middle):
        # Names beside the top grow away from it, so that the first and the last don't meet.
        at = replace(at, anchor="start" if middle < 0.5 else "end")
    return {"words": segment.name, "at": at, "current": current}


def _is_at_top(turn: float) -> bool:
    return min(turn, 1 - turn) < AT_TOP


def _months(ring: Ring) -> list[dict]:
    firsts = []
    month = (ring.starts_on.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    while month < ring.ends_on:
        turn = turn_of(ring, month)
        firsts.append(
            {
                "date": month,
                "at": point_at(turn, RADIUS - 38),
                "outer": point_at(turn, RADIUS - 16),
                "inner": point_at(turn, RADIUS - 22),
                # The word "today" stands where the name of the nearest month would.
                "is_named": abs(turn - turn_of(ring, ring.today)) > NEXT_TO_TODAY,
            }
        )
        month = (month + datetime.timedelta(days=32)).replace(day=1)
    return firsts


def _marks(ring: Ring) -> list[dict]:
    return [
        {
            "words": words,
            "date": date,
            "on": point_at(turn, RADIUS),
            # At the top the names of the segments stand on both sides: go above them, in one line.
            "at": point_at(turn, RADIUS + (58 if _is_at_top(turn) else 22)),
            "leads_to": point_at(turn, RADIUS + 50) if _is_at_top(turn) else None,
        }
        for date, words in ring.dates
        for turn in [turn_of(ring, date)]
    ]


def drawing(ring: Ring) -> dict:
    """Everything the ring's template draws."""
    now = turn_of(ring, ring.today)
    return {
        "strokes": [part for segment in ring.segments for part in _parts(ring, segment)],
        "names": [_name(ring, segment) for segment in ring.segments],
        "months": _months(ring),
        "marks": _marks(ring),
        "needle": {"from": point_at(now, RADIUS - 30), "to": point_at(now, RADIUS + 12)},
        "today": point_at(now, RADIUS - 44),
        "title": next((s.name for s in ring.segments if s.starts_on <= ring.today < s.ends_on), ""),
        "above": ring.above,
        "below": ring.below,
        "middle": Point(MIDDLE_X, MIDDLE_Y),
        "inner_radius": RADIUS - 16,
    }
