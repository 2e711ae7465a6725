"""One step of all fractions and prices, worked out row by row."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mulin.matching.arrays import NONE, Arrays
from mulin.matching.compiled import compiled, compiled_loosely
from mulin.matching.pricing.program import Point, Relaxation, Rows
from mulin.matching.problem import Floats, Ints, Reals

RATIO = 2.0
"""How much longer steps of prices are than those of fractions: found by trying all families."""


class Room(NamedTuple):
    """What steps are worked out in: asked of each lot (price, of engaging it, coefficients), used
    of it (load, heads), served of each group, and sums over providers and exclusive resources."""

    ask: Reals
    used: Reals
    served: Floats
    engaged: Floats
    sole: Floats


def working_room(arrays: Arrays, program: Relaxation) -> Room:
    """Empty room for the steps of these arrays."""
    lots = len(arrays.capacity)
    return Room(
        ask=np.zeros((lots, 3), dtype=np.float32),
        used=np.zeros((lots, 2), dtype=np.float32),
        served=np.zeros(len(program.floor)),
        engaged=np.zeros(len(arrays.cap)),
        sole=np.zeros(len(arrays.free)),
    )


@compiled_loosely
def _row_step(
    worth: Reals,
    share: Reals,
    load: Reals,
    lot: Ints,
    fraction: Reals,
    anchor: Reals,
    ahead: Reals,
    ask: Reals,
    cost: Reals,
    few: np.float32,
    weigh: np.float32,
    ratio: np.float32,
    pull: np.float32,
) -> tuple[np.float32, np.float32]:
    """Step one part's edges; `ahead` gets how far they aim. Returns what they fill and how far
    they moved. `ask` holds for each lot its price, that of engaging it, and its coefficients."""
    one, none = np.float32(1.0), np.float32(0.0)
    for i in range(len(worth)):
        at = lot[i]
        slope = worth[i] - cost[0] * share[i] - ask[at, 0] * load[i] - ask[at, 1] - cost[1]
        sums = share[i] * weigh + load[i] + ask[at, 2] + few
        new = fraction[i] + slope / (sums * ratio)
        ahead[i] = min(max(new, none), one)
    filled, moved = none, none
    for i in range(len(worth)):
        change = ahead[i] - fraction[i]
        sums = share[i] * weigh + load[i] + ask[lot[i], 2] + few
        moved += change * change * sums
        ahead[i] += change
        filled += ahead[i] * share[i]
        fraction[i] = (one - pull) * anchor[i] + pull * ahead[i]
    return filled, moved


@compiled
def ask_prices(arrays: Arrays, program: Relaxation, price: Rows, room: Room) -> None:
    """Lay out what each lot asks at these prices, and clear what was used."""
    for lot in range(len(room.ask)):
        entry, sums = 0.0, 0.0
        owner, single = arrays.place[lot, 0], arrays.place[lot, 1]
        if owner >= 0:
            entry += price.provider[owner] * program.hire[lot]
            sums += program.hire[lot]
        if single >= 0:
            entry += price.alone[single]
            sums += 1.0
        room.ask[lot, 0] = price.lot[lot]
        room.ask[lot, 1] = entry
        room.ask[lot, 2] = sums


@compiled
def part_steps(
    arrays: Arrays,
    program: Relaxation,
    rows: Rows,
    at: Point,
    anchor: Point,
    fresh: Rows,
    ask: Reals,
    used: Reals,
    served: Floats,
    pull: float,
    first: int,
    last: int,
) -> float:
    """Step the edges, and the prices of demand and suppliers, of the parts in a range.

    `used` and `served` are added up. pull: what the step counts beside the anchor. Returns how
    long the step was.
    """
    fraction, price = at.fraction, at.price
    used[:] = 0.0
    served[:] = 0.0
    longest = 0
    for part in range(first, last):
        longest = max(longest, arrays.ptr[part + 1] - arrays.ptr[part])
    ahead = np.zeros(longest, dtype=np.float32)
    cost = np.zeros(2, dtype=np.float32)
    ratio32, pull32 = np.float32(RATIO), np.float32(pull)
    moved, back, groups = 0.0, 1.0 - pull, len(served)
    for part in range(first, last):
        begin, end = arrays.ptr[part], arrays.ptr[part + 1]
        if begin == end:
            continue
        group = arrays.group[part] if groups > 0 else NONE
        lift = price.group[group] * program.weigh[part] if group >= 0 else 0.0
        few = program.few[part]
        cost[0] = price.demand[part] - lift
        cost[1] = price.suppliers[part] * few
        filled, far = _row_step(
            program.worth[begin:end], program.share[begin:end], program.load[begin:end],
            arrays.lot[begin:end], fraction[begin:end], anchor.fraction[begin:end], ahead,
            ask, cost, np.float32(few), np.float32(1.0 + program.weigh[part]), ratio32, pull32,
        )  # fmt: skip
        moved += float(far) * RATIO
        heads = 0.0
        for i in range(end - begin):
            lot = arrays.lot[begin + i]
            used[lot, 0] += ahead[i] * program.load[begin + i]
            used[lot, 1] += ahead[i]
            heads += ahead[i]
        if group >= 0:
            served[group] += filled * program.weigh[part]
        old = price.demand[part]
        new = max(0.0, old + RATIO * rows.demand[part] * (filled - 1.0))
        moved += (new - old) ** 2 / (RATIO * rows.demand[part])
        fresh.demand[part] = new
        price.demand[part] = back * anchor.price.demand[part] + pull * (2.0 * new - old)
        if end - begin > arrays.suppliers[part]:
            old = price.suppliers[part]
            new = max(0.0, old + RATIO * rows.suppliers[part] * (heads * few - 1.0))
            moved += (new - old) ** 2 / (RATIO * rows.suppliers[part])
            fresh.suppliers[part] = new
            price.suppliers[part] = back * anchor.price.suppliers[part] + pull * (2.0 * new - old)
    return moved


@compiled
def row_steps(
    arrays: Arrays,
    program: Relaxation,
    rows: Rows,
    at: Point,
    anchor: Point,
    fresh: Rows,
    room: Room,
    pull: float,
) -> float:
    """Step the prices of lots, providers, exclusive resources and groups by what was used."""
    price, used = at.price, room.used
    room.engaged[:] = 0.0
    room.sole[:] = 0.0
    for lot in range(len(used)):
        owner, single = arrays.place[lot, 0], arrays.place[lot, 1]
        if owner >= 0:
            room.engaged[owner] += used[lot, 1] * program.hire[lot]
        if single >= 0:
            room.sole[single] += used[lot, 1]
    moved = _price_step(price.lot, anchor.price.lot, fresh.lot, used[:, 0], rows.lot, pull)
    moved += _price_step(price.alone, anchor.price.alone, fresh.alone, room.sole, rows.alone, pull)
    moved += _price_step(
        price.provider, anchor.price.provider, fresh.provider, room.engaged, rows.provider, pull
    )
    if len(program.floor) > 0:
        moved += _fair_step(program, at, anchor, fresh, room.served, rows, pull)
    return moved


@compiled
def _price_step(
    price: Floats, anchor: Floats, fresh: Floats, taken: Floats | Reals, step: Floats, pull: float
) -> float:
    """Step the prices of rows by what is taken of the one each has; returns how long it was."""
    moved = 0.0
    for row in range(len(price)):
        if step[row] <= 0.0:
            continue
        old = price[row]
        new = max(0.0, old + RATIO * step[row] * (taken[row] - 1.0))
        moved += (new - old) ** 2 / (RATIO * step[row])
        fresh[row] = new
        price[row] = (1.0 - pull) * anchor[row] + pull * (2.0 * new - old)
    return moved


@compiled
def _fair_step(
    program: Relaxation,
    at: Point,
    anchor: Point,
    fresh: Rows,
    served: Floats,
    rows: Rows,
    pull: float,
) -> float:
    """Step the common level and the prices of shares that lag behind it."""
    slope = program.level
    joined = 0.0
    for g in range(len(program.floor)):
        slope -= at.price.group[g] * program.joined[g]
        joined += program.joined[g]
    old = at.level[0]
    step = 1.0 / max(joined, 1.0)
    new = min(program.most, max(0.0, old + step / RATIO * slope))
    ahead = 2.0 * new - old
    moved = (new - old) ** 2 * RATIO / step
    at.level[0] = (1.0 - pull) * anchor.level[0] + pull * ahead
    for g in range(len(program.floor)):
        if rows.group[g] <= 0.0:
            continue
        old = at.price.group[g]
        lag = program.floor[g] + program.joined[g] * ahead - served[g]
        new = max(0.0, old + RATIO * rows.group[g] * lag)
        moved += (new - old) ** 2 / (RATIO * rows.group[g])
        fresh.group[g] = new
        at.price.group[g] = (1.0 - pull) * anchor.price.group[g] + pull * (2.0 * new - old)
    return moved


@compiled
def sweep(
    arrays: Arrays,
    program: Relaxation,
    rows: Rows,
    at: Point,
    anchor: Point,
    fresh: Rows,
    room: Room,
    pull: float,
) -> float:
    """One whole step from `at`, in place; `fresh` gets the prices stepped to, at least nothing.

    Returns how long the step was.
    """
    ask_prices(arrays, program, at.price, room)
    moved = part_steps(
        arrays, program, rows, at, anchor, fresh, room.ask, room.used, room.served, pull,
        0, len(arrays.demand),
    )  # fmt: skip
    return moved + row_steps(arrays, program, rows, at, anchor, fresh, room, pull)


@compiled
def drop_anchor(at: Point, anchor: Point) -> None:
    anchor.fraction[:] = at.fraction
    anchor.level[:] = at.level
    anchor.price.demand[:] = at.price.demand
    anchor.price.suppliers[:] = at.price.suppliers
    anchor.price.lot[:] = at.price.lot
    anchor.price.provider[:] = at.price.provider
    anchor.price.alone[:] = at.price.alone
    anchor.price.group[:] = at.price.group
