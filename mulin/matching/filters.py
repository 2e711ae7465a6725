"""The hard filters over whole arrays of pairs: time, amounts, money, jurisdiction, audience, place.

`n` and `r` index needs and resources and are broadcast against each other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.amounts import OPEN_OFFER
from mulin.matching.columns import COUNTED, MONEY, PEOPLE, NeedColumns, SupplyColumns, bits
from mulin.matching.fits import (
    ALL_TIME,
    AWAY,
    EARTH_KM,
    FADING_KM,
    HOME,
    SIDE,
    UNKNOWN,
    Tables,
)
from mulin.matching.weeks import SHORT, SLOTS, SPANS, Bitmaps

Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
Fits = NDArray[np.float32]


def _shared(weeks: Bitmaps, own: Ints, other: Ints) -> NDArray[np.int32]:
    """Half hours that weeks share; of rows × columns, each two weeks are compared once."""
    if own.ndim == 1:
        return np.bitwise_count(weeks[own] & weeks[other]).sum(axis=1, dtype=np.int32)
    (own, row), (other, column) = (
        np.unique(one.ravel(), return_inverse=True) for one in (own, other)
    )
    shared = np.zeros((len(own), len(other)), dtype=np.int32)
    for word in range(weeks.shape[1]):
        both = weeks[own, word][:, None] & weeks[other, word][None, :]
        shared += np.bitwise_count(both).astype(np.int32)
    return shared[row[:, None], column[None, :]]


def in_time(
    needs: NeedColumns, supply: SupplyColumns, tables: Tables, n: Ints, r: Ints
) -> tuple[Mask, Fits]:
    """Whether both share an hour (or all of the shorter) of the week, and how much of it;
    where they run together for less than a week, on a day of it."""
    least = np.minimum(tables.hours[needs.week[n]], tables.hours[supply.week[r]])
    shared = _shared(tables.weeks, needs.week[n], supply.week[r])
    part = shared.astype(np.float32) / np.maximum(least, 1).astype(np.float32)
    timely = np.where(least >= SLOTS, ALL_TIME, part).astype(np.float32)
    return (shared >= np.clip(least, 1, 2)) & _on_days(needs, supply, tables.weeks, n, r), timely


def _on_days(needs: NeedColumns, supply: SupplyColumns, weeks: Bitmaps, n: Ints, r: Ints) -> Mask:
    """Where both run together for less than a week: whether one of those days is open to both."""
    first = np.maximum(needs.first[n], supply.first[r])
    days = np.minimum(needs.last[n], supply.last[r]) - first + 1
    brief = (days >= 1) & (days <= SHORT)
    brief = brief & ((needs.week[n] > 0) | (supply.week[r] > 0))
    fine = np.ones(brief.shape, dtype=np.bool_)
    if brief.any():
        where = np.nonzero(brief)
        rows, columns = (np.broadcast_to(one, brief.shape)[where] for one in (n, r))
        both = weeks[needs.week[rows]] & weeks[supply.week[columns]]
        fine[where] = (both & SPANS[first[where] % 7, days[where]]).any(axis=1)
    return fine


def amounts(
    needs: NeedColumns, supply: SupplyColumns, n: Ints, r: Ints, named: Mask
) -> tuple[Mask, Mask, Fits]:
    """Whether seats suffice, whether the amounts can meet at all (`amounts.terms`), and how
    much of the need is covered. A permission is one, whatever the need counts."""
    demand = np.where(named, 1, needs.demand[n])
    people = ~named & (needs.measure[n] == PEOPLE)
    seats, capacity, least = supply.seats[r], supply.capacity[r], supply.least[r]
    room, said = ~np.isnan(seats), ~np.isnan(supply.amount[r])
    roomy = ~people | ~room | (seats >= demand)
    divides = ~named & needs.counted[n] & (needs.measure[n] == supply.measure[r])
    divides &= ~people | (needs.helpers[n] == supply.helpers[r])
    low = np.where(needs.whole[n], demand, np.maximum(1, np.ceil(least)))
    divided = low <= np.minimum(demand, np.floor(capacity + 1e-9))
    share = np.where(np.isin(supply.measure[r], COUNTED), 1.0, capacity / OPEN_OFFER)
    unlike = np.maximum(share, least) <= capacity + 1e-9
    sized = (capacity > 0) & (room | ~said | np.where(divides, divided, unlike))
    offered = np.where(said, supply.amount[r], 1.0)
    return roomy, sized, np.minimum(1.0, offered / demand).astype(np.float32)


def payable(needs: NeedColumns, supply: SupplyColumns, n: Ints, r: Ints, named: Mask) -> Mask:
    """Money is paid with money, and to those who want money or nothing known."""
    wanted = ~named & (needs.measure[n] == MONEY)
    paid = supply.measure[r] == MONEY
    wants = needs.wants[n]
    other = named | ((wants > 0) & (wants & bits({"money"}) == 0))
    return np.asarray(np.where(wanted, paid, ~(paid & other)))


def jurisdiction(needs: NeedColumns, supply: SupplyColumns, n: Ints, r: Ints) -> Mask:
    """Whether the resource answers for the need's community on one of its days."""
    counts = supply.served_ptr[r + 1] - supply.served_ptr[r]
    fine = np.broadcast_to(counts == 0, np.broadcast_shapes(n.shape, r.shape)).copy()
    if fine.all():
        return fine
    where = np.nonzero(~fine)
    rows, columns = (np.broadcast_to(one, fine.shape)[where] for one in (n, r))
    counts = supply.served_ptr[columns + 1] - supply.served_ptr[columns]
    within = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts, counts)
    at = np.repeat(supply.served_ptr[columns], counts) + within
    pair = np.repeat(np.arange(len(rows)), counts)
    rows, columns = rows[pair], columns[pair]
    first = np.maximum(np.maximum(needs.first[rows], supply.first[columns]), supply.since[at])
    last = np.minimum(np.minimum(needs.last[rows], supply.last[columns]), supply.until[at])
    named = (needs.home[rows] == supply.served[at]) & (needs.home[rows] >= 0)
    found = np.bincount(pair, weights=named & (first <= last), minlength=len(where[0]))
    fine[where] = found > 0
    return fine


def place(needs: NeedColumns, supply: SupplyColumns, n: Ints, r: Ints) -> tuple[Mask, Fits]:
    """Whether the need is within reach where both points are known, and the fit of the place."""
    home, side = needs.home[n], needs.side[n]
    score = np.where((home >= 0) & (supply.home[r] >= 0), AWAY, UNKNOWN)
    score = np.where((side == supply.side[r]) & (side >= 0), SIDE, score)
    score = np.where((home == supply.home[r]) & (home >= 0), HOME, score)
    chord = (needs.spot[n, 0] - supply.spot[r, 0]) ** 2
    for axis in (1, 2):
        chord = chord + (needs.spot[n, axis] - supply.spot[r, axis]) ** 2
    known = ~np.isnan(chord)
    km = EARTH_KM * np.sqrt(np.where(known, chord, 0.0))
    score = np.where(known, np.exp(-km / FADING_KM).astype(np.float32), score)
    return ~known | (chord <= supply.reach[r]), score.astype(np.float32)


def audience(needs: NeedColumns, supply: SupplyColumns, n: Ints, r: Ints) -> Mask:
    """Whether both are for some of the same people; who names nobody is for everybody."""
    left, right = needs.audience[n], supply.audience[r]
    return np.asarray((left == 0) | (right == 0) | ((left & right) > 0))
