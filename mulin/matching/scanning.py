"""The best resources of each part, exactly, without looking at every pair: a compiled scan."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.compiled import compiled
from mulin.matching.fits import OTHER_KIND, TELLING
from mulin.matching.judging import KIND, ONE, ZERO, need_table
from mulin.matching.looking import BANDS, FIRST, SLACK, gather, least_now, visit
from mulin.matching.screening import Screen
from mulin.matching.shelves import STEPS, Shelves, bearings
from mulin.matching.weeks import SPANS

Ints = NDArray[np.integer[Any]]

PIECES = 8
"""Ranges of parts for each thread."""

MOST = 100_000
"""Pairs judged for one part at most, the most promising ones where a million resources can't be
told apart by kind, words or place."""

ALL = 20_000_000_000
"""Pairs judged for all needs together: beyond 200,000 needs each has less than `MOST`."""


@dataclass(frozen=True)
class Best:
    """The best resources of each part (CSR by part): rows, fits, and parts of fits in hundredths;
    those of one part by descending fit, then ascending row."""

    ptr: NDArray[np.int64]
    resource: NDArray[np.int32]
    fit: NDArray[np.float32]
    parts: NDArray[np.uint8]


def scan(
    screen: Screen,
    shelves: Shelves,
    need: Ints,
    tag: Ints,
    *,
    k: int,
    refused: Ints,
    least: NDArray[np.float32] | None = None,
) -> Best:
    """The k best resources of each part (need rows and tag bits) that pass every filter.

    `refused` are sorted keys need row × resources + resource row. Only fits above 0 count, and
    above `least` where it is given. The result doesn't depend on the number of threads.
    """
    rows, supply, speech = len(need), screen.supply, screen.speech
    found = np.zeros((rows, k), np.int32), np.zeros((rows, k), np.float32)
    parts, count = np.zeros((rows, k, 5), np.uint8), np.zeros(rows, np.int64)
    least = np.zeros(rows, dtype=np.float32) if least is None else least
    latitude, longitude = bearings(screen.needs.spot[need])
    order = np.lexsort((longitude, latitude, screen.needs.kind[need]))
    wanted = (need, tag, latitude, longitude, least)
    asking = (need_table(screen.needs, need), screen.needs.spot[need])
    told = (speech.needs.ptr, speech.needs.number, speech.needs.weight)
    offers = (
        (shelves.table, shelves.reals),
        (shelves.ptr, shelves.number, shelves.weight, shelves.scale),
        (supply.served, supply.since, supply.until),
        (shelves.member_ptr, shelves.members, refused, len(supply.kind)),
        screen.tables,
        SPANS.copy(),
    )

    def work(span: tuple[int, int]) -> None:
        heard = np.zeros(len(speech.rarity), dtype=np.float32)
        own = order[span[0] : span[1]]
        weighing = (speech.rarity, speech.need_scale)
        _scan(own, wanted, asking, (told, weighing), shelves, offers, heard, (*found, parts, count))

    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        list(pool.map(work, _spans(rows)))
    kept = np.arange(k)[None, :] < count[:, None]
    return Best(
        ptr=np.concatenate([[0], count.cumsum()]).astype(np.int64),
        resource=found[0][kept],
        fit=found[1][kept],
        parts=parts[kept],
    )


def _spans(rows: int) -> Iterator[tuple[int, int]]:
    step = max(1, -(-rows // (2 * PIECES)))
    for start in range(0, rows, step):
        yield start, min(rows, start + step)


@compiled
def _scan(
    order: Any,
    wanted: Any,
    asking: Any,
    words: Any,
    shelves: Any,
    offers: Any,
    heard: Any,
    found: Any,
) -> None:
    """Find the best of each part; `heard` is room for one weight of each feature."""
    need, tag, latitude, longitude, least = wanted
    (ptr, number, weight), (rarity, scale) = words
    rows, fits, shares, counts = found
    k = rows.shape[1]
    within = np.zeros(shelves.most.shape[1], dtype=np.float32)
    bounds = np.zeros(len(shelves.kind), dtype=np.float32)
    slots, slot_shares = np.zeros(k, dtype=np.int64), np.zeros((k, 5), dtype=np.float32)
    state = np.zeros(3, dtype=np.int64)
    state[2] = min(MOST, ALL // len(scale))
    ranges = np.zeros((len(bounds) * (6 * BANDS + 10), 2), dtype=np.int64)
    tops = np.zeros((len(ranges), 2), dtype=np.float32)
    layout = shelves.start, shelves.placed, shelves.reach, shelves.band, shelves.longitude
    for part in order:
        n = need[part]
        within[:] = ZERO
        for at in range(ptr[n], ptr[n + 1]):
            rare = rarity[number[at]]
            heard[number[at]] = np.float32(weight[at]) * (rare * rare) * scale[n]
            told = weight[at] * rare * scale[n]
            for kind in range(len(within)):
                within[kind] += told * shelves.most[number[at], kind]
        _bound(bounds, within, asking[0][part, KIND], offers[4], shelves)
        state[:2] = 0
        best = rows[part], fits[part], slots, slot_shares, state
        own = asking[0][part], asking[1][part], tag[part], n
        where = latitude[part], longitude[part]
        for turns in (2, FIRST + len(bounds)):
            floor = least_now(fits[part], state, least[part])
            ranged = gather(bounds, turns, where, layout, ranges, tops, floor)
            visit(own, ranges, tops, ranged, least[part], offers, heard, best)
        counts[part] = state[0]
        for at in range(state[0]):
            for piece in range(5):
                share = np.rint(np.float32(100) * slot_shares[slots[at], piece])
                shares[part, at, piece] = np.uint8(share)
        for at in range(ptr[n], ptr[n + 1]):
            heard[number[at]] = ZERO


@compiled
def _bound(bounds: Any, within: Any, kind: int, tables: Any, shelves: Any) -> None:
    """The most that the topic of a pair can be on each shelf."""
    for shelf in range(len(bounds)):
        own = shelves.kind[shelf]
        root = np.sqrt(min(ONE, within[own] / np.float32(STEPS))) + SLACK
        topic = min(ONE, root / TELLING)
        topic *= OTHER_KIND + (ONE - OTHER_KIND) * tables.related[kind, own]
        lent = tables.purpose[shelves.purpose[shelf], kind]
        bounds[shelf] = lent + (ONE - lent) * topic
