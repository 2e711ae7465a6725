"""A plan in the making, as far as one searcher may change it, and the desk it works at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mulin.matching.arrays import Arrays
from mulin.matching.problem import Floats, Ints

CROWD = 14
"""The most parts emptied at once."""


ROOM, PRICE, ENTRY = 0, 1, 2
"""Columns of `State.lots`: what is left, what a unit costs, what it costs to engage it at all."""


class State(NamedTuple):
    """A plan in the making, as far as one searcher may change it: the parts from `bounds[0]` to
    before `bounds[1]`. Units of every edge, units and suppliers that parts still want, the lots,
    what is left of providers and of exclusive resources, what parts are worth, and its luck."""

    units: Ints
    left: Ints
    heads: Ints
    worth: Floats
    lots: Floats
    cap: Ints
    free: Ints
    bounds: Ints
    chance: Ints


class Desk(NamedTuple):
    """Room to work in, as wide as the longest row."""

    at: Ints
    gain: Floats
    once: Floats
    low: Ints
    high: Ints
    provider: Ints
    engaged: Ints
    alone: Ints
    scratch: Floats
    order: Ints
    filled: Ints
    chosen: Ints
    amounts: Ints
    crowd: Ints
    mark: Ints
    old_edge: Ints
    old_units: Ints


def nobody_served(arrays: Arrays, prices: Floats, entry: Floats, seed: int) -> State:
    """The state before anything is given; prices of lots' units, of engaging lots."""
    return State(
        units=np.zeros(len(arrays.lot), dtype=np.int32),
        left=arrays.demand.copy(),
        heads=arrays.suppliers.copy(),
        worth=np.zeros(len(arrays.demand)),
        lots=np.stack([arrays.capacity, prices, entry], axis=1),
        cap=arrays.cap.copy(),
        free=arrays.free.copy(),
        bounds=np.array([0, len(arrays.demand)], dtype=np.int64),
        chance=np.array([2 * seed + 1], dtype=np.int64),
    )


def desk(arrays: Arrays) -> Desk:
    """An empty desk for these arrays."""
    longest = int(np.diff(arrays.ptr).max(initial=0)) + 4
    ints = [np.zeros(longest, dtype=np.int32) for _ in range(10)]
    reals = [np.zeros(longest) for _ in range(3)]
    return Desk(
        at=ints[0], gain=reals[0], once=reals[1], low=ints[1], high=ints[2], provider=ints[3],
        engaged=ints[4], alone=ints[5], scratch=reals[2], order=ints[6], filled=ints[7],
        chosen=ints[8], amounts=ints[9], crowd=np.zeros(CROWD, dtype=np.int32),
        mark=np.zeros(len(arrays.demand), dtype=np.int32),
        old_edge=np.zeros(CROWD * longest, dtype=np.int32),
        old_units=np.zeros(CROWD * longest, dtype=np.int32),
    )  # fmt: skip


def split(arrays: Arrays, state: State, border: int, turn: int) -> list[State]:
    """The state as two searchers see it, one with the parts before the border, one with the rest.

    What is left of a lot, a provider or an exclusive resource that both reach goes to one of them,
    in turns; what their own parts hold they may shift among these.
    """
    parts = len(state.left)
    if border >= parts:
        return [state]
    owned = _side(arrays.lot_ptr, arrays.part[arrays.by_lot], border, turn)
    hired = _side_of_owner(arrays.place[:, 0], owned, len(state.cap), turn)
    single = _side_of_owner(arrays.place[:, 1], owned, len(state.free), turn)
    sides = []
    for side, (first, last) in enumerate(((0, border), (border, parts))):
        lots = state.lots.copy()
        lots[owned != side, ROOM] = 0.0
        sides.append(
            state._replace(
                lots=lots,
                cap=np.where(hired == side, state.cap, 0).astype(np.int32),
                free=np.where(single == side, state.free, 0).astype(np.int32),
                bounds=np.array([first, last], dtype=np.int64),
                chance=state.chance + 2 * (2 * turn + side + 1),
            )
        )
    return sides


def join(state: State, sides: list[State]) -> None:
    """Put together again what two searchers left; units and parts they changed in place."""
    if len(sides) == 1:
        return
    state.lots[:, ROOM] = sides[0].lots[:, ROOM] + sides[1].lots[:, ROOM]
    state.cap[:] = sides[0].cap + sides[1].cap
    state.free[:] = sides[0].free + sides[1].free
    state.chance[0] = sides[0].chance[0]


def _side(ptr: Ints, part: Ints, border: int, turn: int) -> Ints:
    """The searcher that what is left of each row goes to; `part` are the rows' parts, ascending."""
    row = np.arange(len(ptr) - 1)
    side = (row + turn) % 2
    some = ptr[1:] > ptr[:-1]
    side[some & (part[np.minimum(ptr[1:] - 1, len(part) - 1)] < border)] = 0
    side[some & (part[np.minimum(ptr[:-1], len(part) - 1)] >= border)] = 1
    return side


def _side_of_owner(owner: Ints, side: Ints, owners: int, turn: int) -> Ints:
    """As `_side`, for those who own lots: where all their lots are, else in turns."""
    mine = owner >= 0
    first = np.bincount(owner[mine], side[mine] == 0, minlength=owners)
    count = np.bincount(owner[mine], minlength=owners)
    turns = (np.arange(owners) + turn) % 2
    return np.where(first == count, 0, np.where(first == 0, 1, turns))
