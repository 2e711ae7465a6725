"""Looking through a shelf for one need: which resources to judge, and the fit of each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from mulin.matching.columns import PEOPLE
from mulin.matching.compiled import compiled
from mulin.matching.fits import (
    ALIKE,
    ALL_TIME,
    AMOUNT,
    EARTH_KM,
    FADING_KM,
    HALF,
    PLACE,
    TIME,
    TOPIC,
)
from mulin.matching.judging import (
    ALL_OR_NONE,
    ASKS,
    AUDIENCE,
    CAPACITY,
    CLOSES,
    COUNTS,
    DEMAND,
    GIVES,
    HELPERS,
    HOMED,
    KIND,
    LEAST,
    MEASURE,
    ONE,
    OPENS,
    OWNER,
    PURPOSE,
    REACH,
    SAID,
    SEATS,
    SERVES_FROM,
    SERVES_TO,
    SIDED,
    WEEK,
    ZERO,
    X,
    Y,
    Z,
    in_size,
    nearness,
    neighbourhood,
    ones,
    payable,
    topic_of,
)
from mulin.matching.shelves import BAND
from mulin.matching.weeks import SHORT, SLOTS, WORDS

FULL = TOPIC + TIME + AMOUNT
"""What time and amount add at most, beside the place."""

FEW = 24
"""Shelves this small are looked through without asking where on them."""


@compiled
def least_now(fits: Any, state: Any, least: Any) -> Any:
    """The fit that another resource has to reach."""
    return max(least, fits[len(fits) - 1]) if state[0] == len(fits) else least


@compiled
def search(
    own: Any, where: Any, shelf: int, bound: Any, shelves: Any, offers: Any, heard: Any, best: Any
) -> None:
    """Look through a shelf: from the need's latitude outward, as far as anything can count."""
    latitude, longitude, least = where
    start, placed, end = shelves.start[shelf], shelves.placed[shelf], shelves.start[shelf + 1]
    if placed - start <= FEW or math.isnan(latitude):
        _visit(own, start, end, bound, least, offers, heard, best)
        return
    middle = math.floor(latitude / BAND)
    most = max(abs(middle - shelves.band[start]), abs(shelves.band[placed - 1] - middle))
    for step in range(most + 1):
        angle = _reach(shelves.reach[shelf], bound, least_now(best[1], best[4], least))
        if angle < 0 or (step - 1) * BAND > angle:
            break
        for band in range(middle - step, middle + step + 1, max(1, 2 * step)):
            first = start + np.searchsorted(shelves.band[start:placed], band)
            last = start + np.searchsorted(shelves.band[start:placed], band, side="right")
            wide = math.pi
            if angle + abs(latitude) < math.pi / 2:
                wide = math.asin(min(1.0, math.sin(angle) / math.cos(latitude))) + 1e-9
            for turn in range(-1, 2):
                middle_of = longitude + turn * 2 * math.pi
                west, east = middle_of - wide, middle_of + wide
                if first < last and east >= -math.pi and west <= math.pi:
                    meridians = shelves.longitude[first:last]
                    here = first + np.searchsorted(meridians, west)
                    there = first + np.searchsorted(meridians, east, side="right")
                    _visit(own, here, there, bound, least, offers, heard, best)
    _visit(own, placed, end, bound, least, offers, heard, best)


@compiled
def _reach(chord: Any, bound: Any, least: Any) -> float:
    """The angle within which a fit of `least` is possible, below 0 for nowhere."""
    angle = math.pi if chord >= 4.0 else 2.0 * math.asin(math.sqrt(chord) / 2.0) + 1e-9
    place = (least / bound - FULL) / PLACE - 1e-4
    if place > 1.0:
        return -1.0
    if place > 0.0:
        angle = min(angle, -math.log(place) * FADING_KM / EARTH_KM * 1.001)
    return angle


@compiled
def _visit(  # noqa: C901 - taken apart, it would cost several times as much
    own: Any, start: int, end: int, bound: Any, least: Any, offers: Any, heard: Any, best: Any
) -> None:
    """Judge these resources and keep the best, those like each other by row."""
    need, spot, tag, n = own
    (table, reals), texts, areas, (member_ptr, members, refused, width), tables, spans = offers
    ptr, number, weight, scale = texts
    rows, fits, _, shares, state = best
    k, insists = len(rows), tag > 0
    wanted = tag if insists else (need[GIVES] if need[GIVES] > 0 else 15)
    x, y, z, demand = spot[X], spot[Y], spot[Z], need[DEMAND]
    for at in range(start, end):
        state[1] += 1
        gives = table[at, GIVES]
        meets = wanted & gives > 0
        if (insists and not meets) or (need[OWNER] >= 0 and need[OWNER] == table[at, OWNER]):
            continue
        first, last = max(need[OPENS], table[at, OPENS]), min(need[CLOSES], table[at, CLOSES])
        if first > last or not payable(need[GIVES], need[MEASURE], table[at, MEASURE]):
            continue
        if need[AUDIENCE] and table[at, AUDIENCE] and need[AUDIENCE] & table[at, AUDIENCE] == 0:
            continue
        chord = (x - reals[at, X]) ** 2
        chord = chord + (y - reals[at, Y]) ** 2
        chord = chord + (z - reals[at, Z]) ** 2
        if np.isnan(chord):
            place = neighbourhood(need[HOMED], table[at, HOMED], need[SIDED], table[at, SIDED])
        else:
            place = nearness(chord, reals[at, REACH])
        if place < ZERO:
            continue
        divides = need[COUNTS] > 0 and need[MEASURE] == table[at, MEASURE]
        if divides and need[MEASURE] == PEOPLE:
            divides = need[HELPERS] == table[at, HELPERS]
        if not in_size(
            demand, need[MEASURE], divides, need[ALL_OR_NONE] > 0, table[at, MEASURE],
            reals[at, CAPACITY], reals[at, SAID], reals[at, SEATS], reals[at, LEAST],
        ):  # fmt: skip
            continue
        timely = ALL_TIME
        if need[WEEK] or table[at, WEEK]:
            shortest = min(tables.hours[need[WEEK]], tables.hours[table[at, WEEK]])
            shared, brief, open_then = 0, last - first < SHORT, False
            for word in range(WORDS):
                both = tables.weeks[need[WEEK], word] & tables.weeks[table[at, WEEK], word]
                shared += ones(both)
                if brief:
                    open_then = open_then or both & spans[first % 7, last - first + 1, word] > 0
            if shared < min(2, max(1, shortest)) or (brief and not open_then):
                continue
            if shortest < SLOTS:
                timely = np.float32(shared) / np.float32(max(1, shortest))
        if table[at, SERVES_FROM] < table[at, SERVES_TO]:
            named = False
            for area in range(table[at, SERVES_FROM], table[at, SERVES_TO]):
                if need[HOMED] >= 0 and need[HOMED] == areas[0][area]:
                    named = named or max(first, areas[1][area]) <= min(last, areas[2][area])
            if not named:
                continue
        said = reals[at, SAID]
        amount = np.float32(min(1.0, (1.0 if np.isnan(said) else said) / demand))
        around = TOPIC + TIME * timely + AMOUNT * amount + PLACE * place
        if bound * around < least_now(fits, state, least):
            continue
        words = ZERO
        for feature in range(ptr[at], ptr[at + 1]):
            words += heard[number[feature]] * np.float32(weight[feature])
        words = min(words * scale[at], ONE)
        kind = tables.related[need[KIND], table[at, KIND]]
        if not meets and kind < HALF and words < ALIKE:
            continue
        root, purpose = np.sqrt(words), table[at, PURPOSE]
        asks = need[ASKS] | need[GIVES] if purpose > 1 else need[ASKS]
        called = meets and (insists or asks & gives > 0 or kind == ONE)
        lent = tables.purpose[purpose, need[KIND]]
        fit = topic_of(root, kind, purpose, lent, called, insists) * around
        if fit <= ZERO or fit < least:
            continue
        for member in range(member_ptr[at], member_ptr[at + 1]):
            row = members[member]
            if state[0] == k and (fit < fits[k - 1] or (fit == fits[k - 1] and row > rows[k - 1])):
                break
            if len(refused) and _is_refused(refused, n * width + row):
                continue
            slot = _keep(best, fit, row)
            shares[slot, 0], shares[slot, 1], shares[slot, 2] = kind, root, timely
            shares[slot, 3], shares[slot, 4] = amount, place


@compiled
def _is_refused(refused: Any, key: int) -> bool:
    at = np.searchsorted(refused, key)
    return bool(at < len(refused) and refused[at] == key)


@compiled
def _keep(best: Any, fit: Any, row: int) -> int:
    """Put a resource where it belongs among the best; the last one's slot is used again."""
    rows, fits, slots, _, state = best
    full = state[0] == len(rows)
    slot = slots[len(rows) - 1] if full else state[0]
    at = len(rows) - 1 if full else state[0]
    while at > 0 and (fits[at - 1] < fit or (fits[at - 1] == fit and rows[at - 1] > row)):
        rows[at], fits[at], slots[at] = rows[at - 1], fits[at - 1], slots[at - 1]
        at -= 1
    rows[at], fits[at], slots[at] = row, fit, slot
    state[0] = min(state[0] + 1, len(rows))
    return int(slot)
