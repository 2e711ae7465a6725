"""Filters and fits of single pairs as plain numbers, for compiled scans: the same as `Screen`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.amounts import OPEN_OFFER
from mulin.matching.columns import COUNTED, MONEY, PEOPLE, NeedColumns, SupplyColumns
from mulin.matching.compiled import compiled
from mulin.matching.fits import (
    AWAY,
    BESIDES,
    EARTH_KM,
    FADING_KM,
    HOME,
    OTHER_KIND,
    SIDE,
    TELLING,
    UNASKED,
    UNKNOWN,
)

Ints = NDArray[np.integer[Any]]

ZERO, ONE = np.float32(0), np.float32(1)
PAID = 1
"""The bit of money."""

LEAST_COUNTED, MOST_COUNTED = min(COUNTED), max(COUNTED)

SHARED = ("kind", "gives", "owner", "home", "side", "first", "last", "week", "audience", "measure")
KIND, GIVES, OWNER, HOMED, SIDED, OPENS, CLOSES, WEEK, AUDIENCE, MEASURE, HELPERS = range(11)
"""Columns of both tables; of a need `GIVES` is what it wants."""

ASKS, DEMAND, COUNTS, ALL_OR_NONE = range(11, 15)
"""Further columns of needs."""

PURPOSE, SERVES_FROM, SERVES_TO = range(11, 14)
"""Further columns of resources."""

X, Y, Z, REACH, CAPACITY, SAID, SEATS, LEAST = range(8)
"""Columns of real numbers: of needs only the first three."""

M1 = np.uint64(0x5555555555555555)
M2 = np.uint64(0x3333333333333333)
M4 = np.uint64(0x0F0F0F0F0F0F0F0F)
H01 = np.uint64(0x0101010101010101)
S1, S2, S4, S56 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56)


def need_table(needs: NeedColumns, rows: Ints) -> NDArray[np.int32]:
    """These needs side by side, one row each."""
    kind, *others = (getattr(needs, name) for name in SHARED if name != "gives")
    columns = [kind, needs.wants, *others, needs.helpers]
    columns += [needs.asks, needs.demand, needs.counted, needs.whole]
    return np.stack([column[rows].astype(np.int32) for column in columns], axis=1)


def supply_table(supply: SupplyColumns, rows: Ints) -> NDArray[np.int32]:
    """These resources side by side, one row each."""
    columns = [*(getattr(supply, name) for name in SHARED), supply.helpers, supply.purpose]
    columns += [supply.served_ptr[:-1], supply.served_ptr[1:]]
    return np.stack([column[rows].astype(np.int32) for column in columns], axis=1)


def supply_reals(supply: SupplyColumns, rows: Ints) -> NDArray[np.float64]:
    """Points, reach and amounts of these resources, one row each."""
    columns = (supply.reach, supply.capacity, supply.amount, supply.seats, supply.least)
    return np.concatenate([supply.spot[rows], np.stack([c[rows] for c in columns], 1)], axis=1)


@compiled
def ones(word: Any) -> int:
    """How many bits are set (Warren, Hacker's Delight, 5-1)."""
    word = word - ((word >> S1) & M1)
    word = (word & M2) + ((word >> S2) & M2)
    word = (word + (word >> S4)) & M4
    return int((word * H01) >> S56)


@compiled
def payable(wants: int, wanted: int, offered: int) -> bool:
    """Whether money is paid with money, and to those who want money or nothing known."""
    if wanted == MONEY:
        return offered == MONEY
    return offered != MONEY or wants == 0 or wants & PAID > 0


@compiled
def in_size(
    demand: int,
    wanted: int,
    divides: bool,
    whole: bool,
    offered: int,
    capacity: float,
    said: float,
    seats: float,
    least: float,
) -> bool:
    """Whether seats suffice and amounts can meet at all; `divides` where both count alike."""
    if capacity <= 0:
        return False
    if not np.isnan(seats):
        return wanted != PEOPLE or seats >= demand
    if np.isnan(said):
        return True
    if divides:
        low = float(demand) if whole else max(1.0, math.ceil(least))
        return low <= min(float(demand), math.floor(capacity + 1e-9))
    share = 1.0 if LEAST_COUNTED <= offered <= MOST_COUNTED else capacity / OPEN_OFFER
    return max(share, least) <= capacity + 1e-9


@compiled
def nearness(chord: float) -> Any:
    """The fit of a known distance, given as a squared chord."""
    return np.float32(math.exp(-(EARTH_KM * math.sqrt(chord)) / FADING_KM))


@compiled
def neighbourhood(home: int, other_home: int, side: int, other_side: int) -> Any:
    """The fit of places known by name alone."""
    if home >= 0 and home == other_home:
        return HOME
    if side >= 0 and side == other_side:
        return SIDE
    return AWAY if home >= 0 and other_home >= 0 else UNKNOWN


@compiled
def topic_of(root: Any, kind: Any, purpose: int, lent: Any, called: bool, insists: bool) -> Any:
    """Whether both are about the same; `lent` is the topic of what serves any purpose."""
    topic = min(ONE, root / TELLING) * (OTHER_KIND + (ONE - OTHER_KIND) * kind)
    if purpose == 0:
        return topic
    if called:
        return lent + (ONE - lent) * topic
    if purpose > 1 and not insists:
        return max(topic, UNASKED * lent + BESIDES * topic)
    return topic
