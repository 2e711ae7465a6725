"""Resources laid out for scanning: like ones side by side, by kind, reach and place."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.matching.columns import SupplyColumns
from mulin.matching.features import Features
from mulin.matching.fits import EARTH_KM
from mulin.matching.judging import supply_reals, supply_table
from mulin.matching.speech import Speech

Ints = NDArray[np.integer[Any]]

BAND = 3.0 / EARTH_KM
"""Latitude that a band of a shelf covers, in radians: three kilometres."""

EVERYWHERE = np.iinfo(np.int32).max
"""The band of resources whose place isn't known: the last of every shelf."""

STEPS = 255
"""Steps in which the most telling weights are kept, rounded up."""


class Shelves(NamedTuple):
    """Resources in order of shelf (kind, purpose, whether their reach is limited), band of
    latitude, longitude and row. Resources alike in every column stand as one: `members` lists
    their rows by `member_ptr`.

    `most` (features × kinds) is the most that a feature can add to a cosine within a kind, in
    `STEPS`. `table` and `reals` are those of `judging`. `placed` is where the resources without a
    point begin in each shelf.
    """

    order: Ints
    member_ptr: Ints
    members: Ints
    start: Ints
    placed: Ints
    kind: Ints
    purpose: Ints
    reach: NDArray[np.float64]
    band: Ints
    longitude: NDArray[np.float64]
    ptr: Ints
    number: Ints
    weight: NDArray[np.uint8]
    scale: NDArray[np.float32]
    most: NDArray[np.uint8]
    table: NDArray[np.int32]
    reals: NDArray[np.float64]


def shelves(supply: SupplyColumns, speech: Speech, rows: Ints | None = None) -> Shelves:
    """Lay out these rows of the supply, or all of it."""
    rows = np.arange(len(supply.kind)) if rows is None else rows
    first, groups = distinct(_columns(supply, rows), speech.resources, rows)
    latitude, longitude = bearings(supply.spot[rows[first]])
    known = ~np.isnan(latitude)
    band = np.where(known, np.floor(np.nan_to_num(latitude) / BAND), EVERYWHERE).astype(np.int32)
    own = rows[first]
    kind, purpose = supply.kind[own].astype(np.int64), supply.purpose[own].astype(np.int64)
    key = (kind * 65_536 + purpose) * 2 + np.isinf(supply.reach[own])
    longitude = np.nan_to_num(longitude)
    order = np.lexsort((own, longitude, band, key))
    start = np.flatnonzero(np.diff(key[order], prepend=-1, append=-1))
    own, band = own[order], band[order]
    members, member_ptr = _members(rows, groups, order)
    ptr, number, weight = taken(speech.resources, own)
    return Shelves(
        order=own,
        member_ptr=member_ptr,
        members=members,
        start=start,
        placed=start[:-1] + np.add.reduceat(band < EVERYWHERE, start[:-1]) if len(own) else start,
        kind=kind[order][start[:-1]],
        purpose=purpose[order][start[:-1]],
        reach=np.maximum.reduceat(supply.reach[own], start[:-1]) if len(own) else np.zeros(0),
        band=band,
        longitude=longitude[order],
        ptr=ptr,
        number=number,
        weight=weight,
        scale=speech.scale[own],
        most=_most(supply.kind[own], ptr, number, weight, speech.scale[own], speech),
        table=supply_table(supply, own),
        reals=supply_reals(supply, own),
    )


def distinct(columns: list[Ints], texts: Features, rows: Ints) -> tuple[Ints, Ints]:
    """The first of each set of rows alike in all columns and in their texts, and each row's set.

    Rows are told apart by a hash of 64 bits: of a million rows two that differ meet by chance
    once in 40 million cases.
    """
    mixed = np.zeros(len(rows), dtype=np.uint64)
    for column in [*columns, _text_hash(texts)[rows]]:
        mixed = _mix(mixed ^ np.ascontiguousarray(column).astype(np.int64).view(np.uint64))
    _, first, groups = np.unique(mixed, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    return np.sort(first), rank[groups]


def bearings(spot: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude in radians of points of the unit sphere."""
    return np.arcsin(np.clip(spot[:, 2], -1, 1)), np.arctan2(spot[:, 1], spot[:, 0])


def taken(
    texts: Features, rows: Ints
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.uint8]]:
    """The features of these rows, in their order."""
    counts = np.diff(texts.ptr)[rows]
    ptr = np.concatenate([[0], counts.cumsum()]).astype(np.int64)
    at = np.arange(ptr[-1]) - np.repeat(ptr[:-1] - texts.ptr[rows], counts)
    return ptr, texts.number[at], texts.weight[at]


def _columns(supply: SupplyColumns, rows: Ints) -> list[Ints]:
    """All that a fit depends on, as integers; who serves named communities stands alone."""
    plain = [getattr(supply, name)[rows] for name in SupplyColumns._fields[:9]]
    real = [supply.spot[rows, axis] for axis in range(3)]
    real += [
        getattr(supply, name)[rows] for name in ("reach", "capacity", "amount", "seats", "least")
    ]
    serves = np.diff(supply.served_ptr)[rows] > 0
    return [
        *plain,
        *(np.ascontiguousarray(one, dtype=np.float64).view(np.int64) for one in real),
        supply.audience[rows],
        supply.measure[rows],
        supply.helpers[rows],
        np.where(serves, rows, -1),
    ]


def _text_hash(texts: Features) -> Ints:
    """A number for each row's features and weights."""
    one = _mix((texts.number.astype(np.uint64) << np.uint64(8)) | texts.weight)
    total = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(one, dtype=np.uint64)])
    return (total[texts.ptr[1:]] - total[texts.ptr[:-1]]).view(np.int64)


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea & Flood 2014)."""
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _members(rows: Ints, groups: Ints, order: Ints) -> tuple[Ints, Ints]:
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    shelf = place[groups]
    by_shelf = np.argsort(shelf, kind="stable")
    ptr = np.searchsorted(shelf[by_shelf], np.arange(len(order) + 1))
    return rows[by_shelf].astype(np.int32), ptr.astype(np.int64)


def _most(
    kind: Ints,
    ptr: Ints,
    number: Ints,
    weight: NDArray[np.uint8],
    scale: NDArray[np.float32],
    speech: Speech,
) -> NDArray[np.uint8]:
    """The most each feature weighs within each kind, as its share of a cosine, rounded up."""
    row = np.repeat(np.arange(len(ptr) - 1, dtype=np.int32), np.diff(ptr))
    most = np.zeros((len(speech.rarity), int(kind.max(initial=0)) + 1), dtype=np.uint8)
    share = weight * speech.rarity[number] * scale[row]
    steps = np.minimum(STEPS, np.ceil(share * STEPS + 0.01)).astype(np.uint8)
    np.maximum.at(most, (number, kind[row]), steps)
    return most
