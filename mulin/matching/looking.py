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

BANDS = 24
"""Bands to each side that are looked at one by one; what lies beyond comes last, as a whole."""

FIRST = 8
"""Shelves sought out by their bound before the others are taken in order."""

SLACK = np.float32(1e-5)
"""More than rounding can add to a bound."""


@compiled
def least_now(fits: Any, state: Any, least: Any) -> Any:
    """The fit that another resource has to reach."""
    return max(least, fits[len(fits) - 1]) if state[0] == len(fits) else least


@compiled
def gather(
    bounds: Any, turns: int, where: Any, layout: Any, ranges: Any, tops: Any, floor: Any
) -> int:
    """List the ranges of shelves to look through, at most `turns` shelves, the best first (then,
    with fewer turns than shelves, nobody) and clear their bounds; says how many ranges.

    `tops` are the most that topic and fit can be in each range.
    """
    count = 0
    for turn in range(turns if len(bounds) else 0):
        shelf = np.argmax(bounds) if turn < FIRST else turn - FIRST
        bound = bounds[shelf] + SLACK
        if bounds[shelf] <= ZERO or bound < floor:
            if turn < FIRST:
                break
            continue
        bounds[shelf] = ZERO
        start, placed, end = layout[0][shelf], layout[1][shelf], layout[0][shelf + 1]
        if placed - start <= FEW or math.isnan(where[0]):
            placed = start
        else:
            reach = layout[2][shelf]
            count = _gather_bands(start, placed, reach, bound, where, layout, ranges, tops, count)
        if placed < end:
            ranges[count, 0], ranges[count, 1] = placed, end
            tops[count, 0], tops[count, 1] = bound, bound
            count += 1
    return count


@compiled
def _gather_bands(
    start: int,
    placed: int,
    reach: float,
    bound: Any,
    where: Any,
    layout: Any,
    ranges: Any,
    tops: Any,
    count: int,
) -> int:
    """The bands of a shelf from the need's latitude outward, as far as it reaches."""
    latitude, longitude = where
    band, meridians = layout[3][start:placed], layout[4][start:placed]
    middle = math.floor(latitude / BAND)
    angle = math.pi if reach >= 4.0 else 2.0 * math.asin(math.sqrt(reach) / 2.0) + 1e-9
    most = max(abs(middle - band[0]), abs(band[-1] - middle))
    wide = math.pi
    if angle + abs(latitude) < math.pi / 2:
        wide = math.asin(min(1.0, math.sin(angle) / math.cos(latitude))) + 1e-9
    for step in range(min(most, BANDS) + 1):
        if (step - 1) * BAND > angle:
            return count
        place = math.exp(-max(0, step - 1) * BAND * EARTH_KM / FADING_KM)
        top = bound * (FULL + PLACE * np.float32(place)) + SLACK
        for own in range(middle - step, middle + step + 1, max(1, 2 * step)):
            first, last = np.searchsorted(band, own), np.searchsorted(band, own + 1)
            for turn in range(-1, 2):
                west = longitude + turn * 2 * math.pi - wide
                if first < last and west + 2 * wide >= -math.pi and west <= math.pi:
                    here = first + np.searchsorted(meridians[first:last], west)
                    there = first + np.searchsorted(
                        meridians[first:last], west + 2 * wide, side="right"
                    )
                    ranges[count, 0], ranges[count, 1] = start + here, start + there
                    tops[count, 0], tops[count, 1] = bound, top
                    count += int(here < there)
    if most > BANDS:
        south = np.searchsorted(band, middle - BANDS)
        north = np.searchsorted(band, middle + BANDS + 1)
        for here, there in ((0, south), (north, placed - start)):
            ranges[count, 0], ranges[count, 1] = start + here, start + there
            tops[count, 0], tops[count, 1] = bound, bound
            count += int(here < there)
    return count


@compiled
def visit(  # noqa: C901 - taken apart, it would cost several times as much
    own: Any, ranges: Any, tops: Any, count: int, least: Any, offers: Any, heard: Any, best: Any
) -> None:
    """Look through the first `count` ranges, and keep the best.

    `state` holds how many are kept, how many were judged, and how many may be.
    """
    need, spot, tag, n = own
    (table, reals), texts, areas, (member_ptr, members, refused, width), tables, spans = offers
    ptr, number, weight, scale = texts
    related, purposes, weeks, hours = tables
    served, since, until = areas
    rows, fits, _, shares, state = best
    k, insists = len(rows), tag > 0
    wanted = tag if insists else (need[GIVES] if need[GIVES] > 0 else 15)
    x, y, z, demand = spot[X], spot[Y], spot[Z], need[DEMAND]
    for turn in range(count):
        bound = tops[turn, 0]
        if state[1] > state[2] or tops[turn, 1] < least_now(fits, state, least):
            continue
        for at in range(ranges[turn, 0], ranges[turn, 1]):
            state[1] += 1
            if state[1] > state[2]:
                return
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
            if chord > reals[at, REACH]:
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
                shortest = min(hours[need[WEEK]], hours[table[at, WEEK]])
                shared, brief, open_then = 0, last - first < SHORT, False
                for word in range(WORDS):
                    both = weeks[need[WEEK], word] & weeks[table[at, WEEK], word]
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
                    if need[HOMED] >= 0 and need[HOMED] == served[area]:
                        named = named or max(first, since[area]) <= min(last, until[area])
                if not named:
                    continue
            if np.isnan(chord):
                place = neighbourhood(need[HOMED], table[at, HOMED], need[SIDED], table[at, SIDED])
            else:
                place = nearness(chord)
            said = reals[at, SAID]
            amount = np.float32(min(1.0, (1.0 if np.isnan(said) else said) / demand))
            around = TOPIC + TIME * timely + AMOUNT * amount + PLACE * place
            if bound * around < least_now(fits, state, least):
                continue
            words = ZERO
            for feature in range(ptr[at], ptr[at + 1]):
                words += heard[number[feature]] * np.float32(weight[feature])
            words = min(words * scale[at], ONE)
            kind = related[need[KIND], table[at, KIND]]
            if not meets and kind < HALF and words < ALIKE:
                continue
            root, purpose = np.sqrt(words), table[at, PURPOSE]
            asks = need[ASKS] | need[GIVES] if purpose > 1 else need[ASKS]
            called = meets and (insists or asks & gives > 0 or kind == ONE)
            lent = purposes[purpose, need[KIND]]
            fit = topic_of(root, kind, purpose, lent, called, insists) * around
            if fit <= ZERO or fit < least:
                continue
            for member in range(member_ptr[at], member_ptr[at + 1]):
                row = members[member]
                if state[0] == k and (
                    fit < fits[k - 1] or (fit == fits[k - 1] and row > rows[k - 1])
                ):
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
