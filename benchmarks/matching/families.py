"""The families of instances, and the knobs that make them what they are."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = {"tiny": 200, "2k": 2_000, "10k": 10_000, "50k": 50_000, "200k": 200_000, "1m": 1_000_000}

DENSITY = 31.0
"""Resources per square kilometre, whatever the size: a larger instance is a larger city."""

TOPS, LEAVES_PER_TOP = 12, 6

SLOT, SESSIONS, GOODS, PLACES, MONEY = range(5)
"""What a leaf is about: halls by the weekly block, visits and talks, things, seats, yuan."""


@dataclass(frozen=True)
class Family:
    """`scarcity` is demand ÷ supply; `skew` the Zipf exponent of the needs' leaves; `poor` the
    share of communities that keep only `kept` of their edges; `concentration` the mean number of
    resources of a provider; `least` the share of goods, places and money with a minimum lot;
    `whole` the share of all-or-nothing needs; `sorts` which sort each leaf of a top has."""

    scarcity: float = 1.0
    skew: float = 1.0
    poor: float = 0.0
    kept: float = 1.0
    concentration: float = 4.0
    least: float = 0.3
    whole: float = 0.2
    alone: float = 0.08
    sorts: tuple[int, ...] = (SLOT, SESSIONS, SESSIONS, GOODS, PLACES, MONEY)


FAMILIES = {
    "balanced": Family(),
    "scarce": Family(scarcity=1.4),
    "unfair": Family(poor=0.25, kept=0.12),
    "indivisible": Family(
        least=0.7, whole=0.5, sorts=(SLOT, SLOT, SESSIONS, SESSIONS, GOODS, PLACES)
    ),
    "money": Family(sorts=(SLOT, SESSIONS, GOODS, MONEY, MONEY, MONEY)),
}
