"""Searching among whole plans: serve parts at prices, empty a neighbourhood and serve it anew.

Ruin and recreate (Schrimpf and others 2000) with prices as the guide: a part that gets less than
its prices say it should takes back what it wants, those who held it look elsewhere, and the change
stays if all together gain, or lose little while the search is warm.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mulin.matching.answers import best_answer
from mulin.matching.arrays import Arrays
from mulin.matching.compiled import compiled
from mulin.matching.problem import Floats, Ints, Reals

SLACK = 1e-6
"""How far sums of narrow columns may stray from whole numbers."""

SOME = 0.02
"""The least fraction of the relaxation that says something."""

BY_REGRET = 0.8
"""How often a neighbourhood is chosen by regret; else any part may be its centre."""

CROWD = 14
"""The most parts emptied at once."""

MASK = 0x7FFFFFFFFFFFFFFF


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


@compiled
def luck(chance: Ints) -> float:
    """The next number in 0..1 (Knuth's linear congruence; the same compiled or not)."""
    chance[0] = (int(chance[0]) * 6364136223846793005 + 1442695040888963407) & MASK
    return (chance[0] >> 11) / 4503599627370496.0


@compiled
def give(arrays: Arrays, state: State, edge: int, units: int) -> None:
    """Give an edge more units, or fewer where negative."""
    part, lot = arrays.part[edge], arrays.lot[edge]
    before = state.units[edge]
    after = before + units
    state.units[edge] = after
    state.left[part] -= units
    state.lots[lot, ROOM] -= units * arrays.use[edge]
    state.worth[part] += (arrays.rate[part] * arrays.fit[edge] + arrays.lift[part]) * units
    if (before > 0) == (after > 0):
        return
    engaged = 1 if after > 0 else -1
    state.worth[part] += engaged * arrays.bonus[edge]
    state.heads[part] -= engaged
    if arrays.place[lot, 0] >= 0:
        state.cap[arrays.place[lot, 0]] -= engaged
    if arrays.place[lot, 1] >= 0:
        state.free[arrays.place[lot, 1]] -= engaged


@compiled
def offers(arrays: Arrays, state: State, desk: Desk, part: int, share: float) -> int:
    """Lay on the desk what a part could take now, worth what it is at `share` of the prices.

    Returns how many edges these are.
    """
    lot_of, fits, uses, bonuses = arrays.lot, arrays.fit, arrays.use, arrays.bonus
    lows, highs, places, lots = arrays.low, arrays.high, arrays.place, state.lots
    cap, free, held = state.cap, state.free, state.units
    at, gain, once, low, high = desk.at, desk.gain, desk.once, desk.low, desk.high
    provider, engagements, alone = desk.provider, desk.engaged, desk.alone
    rate, lift, count = arrays.rate[part], arrays.lift[part], 0
    for e in range(arrays.ptr[part], arrays.ptr[part + 1]):
        lot, use, has = lot_of[e], uses[e], held[e]
        units, least = highs[e] - has, 1 if has > 0 else lows[e]
        room = lots[lot, ROOM]
        if room < units * use:
            units = min(units, int(room / use * (1.0 + SLACK) + SLACK))
        if units < least:
            continue
        owner, single, engaged = places[lot, 0], places[lot, 1], 0
        if has > 0:
            owner, single = -1, -1
        if owner >= 0:
            engaged = cap[owner]
            if engaged < 1:
                continue
        if single >= 0 and free[single] < 1:
            continue
        at[count] = e
        gain[count] = rate * fits[e] + lift - share * lots[lot, PRICE] * use
        once[count] = 0.0 if has > 0 else bonuses[e] - share * lots[lot, ENTRY]
        low[count], high[count] = least, units
        provider[count], engagements[count], alone[count] = owner, engaged, single
        count += 1
    return count


@compiled
def serve(arrays: Arrays, state: State, desk: Desk, part: int, share: float, tries: int) -> None:
    """Give a part what it lacks, best at `share` of the prices, as far as there is room."""
    count = offers(arrays, state, desk, part, share)
    if count == 0:
        return
    best_answer(
        count, desk.gain, desk.once, desk.low, desk.high, state.left[part], arrays.whole[part],
        state.heads[part], desk.provider, desk.engaged, desk.alone, tries, desk.scratch,
        desk.order, desk.filled, desk.chosen, desk.amounts,
    )  # fmt: skip
    i = 0
    while desk.chosen[i] >= 0:
        give(arrays, state, desk.at[desk.chosen[i]], desk.amounts[i])
        i += 1


@compiled
def clear(arrays: Arrays, state: State, part: int) -> None:
    """Take everything back from a part."""
    for e in range(arrays.ptr[part], arrays.ptr[part + 1]):
        if state.units[e] > 0:
            give(arrays, state, e, -state.units[e])


@compiled
def serve_all(
    arrays: Arrays, state: State, desk: Desk, order: Ints, share: float, tries: int
) -> None:
    """Serve parts in order; what they still lack then, once more without regard to prices."""
    for i in range(len(order)):
        serve(arrays, state, desk, order[i], share, tries)
    for i in range(len(order)):
        part = order[i]
        if state.left[part] > 0 and state.heads[part] > 0:
            serve(arrays, state, desk, part, 0.0, tries)


@compiled
def _join(desk: Desk, crowd: int, part: int) -> int:
    """Add a part to those to be emptied, once, while there is space; returns how many they are."""
    if crowd < CROWD and desk.mark[part] == 0:
        desk.mark[part] = 1
        desk.crowd[crowd] = part
        crowd += 1
    return crowd


@compiled
def _holders(
    arrays: Arrays, state: State, desk: Desk, lot: int, part: int, crowd: int, most: int
) -> int:
    """Add up to `most` of those who hold units of a lot, from a random one on."""
    first, last = arrays.lot_ptr[lot], arrays.lot_ptr[lot + 1]
    if first == last:
        return crowd
    start = int(luck(state.chance) * (last - first))
    first_part, last_part = state.bounds[0], state.bounds[1]
    for i in range(last - first):
        e = arrays.by_lot[first + (start + i) % (last - first)]
        other = arrays.part[e]
        if state.units[e] > 0 and other != part and first_part <= other < last_part:
            crowd = _join(desk, crowd, other)
            most -= 1
            if most <= 0:
                break
    return crowd


@compiled
def _wanted(arrays: Arrays, state: State, desk: Desk, part: int, keep: int) -> int:
    """The edges a part would gain most from at the prices, best first, into `desk.order`."""
    lot_of, fits, uses, bonuses = arrays.lot, arrays.fit, arrays.use, arrays.bonus
    highs, lots, scratch, order = arrays.high, state.lots, desk.scratch, desk.order
    rate, lift, kept = arrays.rate[part], arrays.lift[part], 0
    for e in range(arrays.ptr[part], arrays.ptr[part + 1]):
        lot = lot_of[e]
        gain = rate * fits[e] + lift - lots[lot, PRICE] * uses[e]
        worth = gain * highs[e] + bonuses[e] - lots[lot, ENTRY]
        worth *= 0.7 + 0.6 * luck(state.chance)
        if kept == keep and worth <= scratch[kept - 1]:
            continue
        at = min(kept, keep - 1)
        while at > 0 and scratch[at - 1] < worth:
            scratch[at] = scratch[at - 1]
            order[at] = order[at - 1]
            at -= 1
        scratch[at] = worth
        order[at] = e
        kept = min(kept + 1, keep)
    return kept


@compiled
def crowd_of(arrays: Arrays, state: State, desk: Desk, part: int) -> int:
    """The neighbourhood of a part: it, the holders of what it wants, and some of theirs."""
    crowd = _join(desk, 0, part)
    deep = 1
    member = 0
    while member < crowd and member <= deep:
        one = desk.crowd[member]
        keep = 1 + int(luck(state.chance) * 3.0)
        kept = _wanted(arrays, state, desk, one, keep)
        for i in range(kept):
            e = desk.order[i]
            lot = arrays.lot[e]
            if state.units[e] == arrays.high[e]:
                continue
            crowd = _holders(arrays, state, desk, lot, one, crowd, 3)
            owner = arrays.place[lot, 0]
            if owner >= 0 and state.cap[owner] < 1:
                first, last = arrays.provider_ptr[owner], arrays.provider_ptr[owner + 1]
                start = int(luck(state.chance) * (last - first))
                before = crowd
                for step in range(last - first):
                    other = arrays.by_provider[first + (start + step) % (last - first)]
                    crowd = _holders(arrays, state, desk, other, one, crowd, 1)
                    if crowd > before:
                        break
        member += 1
        if luck(state.chance) < 0.3:
            deep += 1
    return crowd


@compiled
def _try(
    arrays: Arrays, state: State, desk: Desk, part: int, share: float, loss: float, tries: int
) -> float:
    """Empty a neighbourhood and serve it anew; undo it where it loses more than `loss`.

    Returns what the plan gained.
    """
    crowd = crowd_of(arrays, state, desk, part)
    before, kept = 0.0, 0
    for i in range(crowd):
        one = desk.crowd[i]
        desk.mark[one] = 0
        before += state.worth[one]
        for e in range(arrays.ptr[one], arrays.ptr[one + 1]):
            if state.units[e] > 0:
                desk.old_edge[kept] = e
                desk.old_units[kept] = state.units[e]
                kept += 1
                give(arrays, state, e, -state.units[e])
        state.worth[one] = 0.0
    first = 1 if luck(state.chance) < 0.5 else 0
    for i in range(crowd - 1, first, -1):
        j = first + int(luck(state.chance) * (i + 1 - first))
        desk.crowd[i], desk.crowd[j] = desk.crowd[j], desk.crowd[i]
    serve_all(arrays, state, desk, desk.crowd[:crowd], share, tries)
    after = 0.0
    for i in range(crowd):
        after += state.worth[desk.crowd[i]]
    if after >= before - loss:
        return after - before
    for i in range(crowd):
        clear(arrays, state, desk.crowd[i])
        state.worth[desk.crowd[i]] = 0.0
    for i in range(kept):
        give(arrays, state, desk.old_edge[i], desk.old_units[i])
    return 0.0


@compiled
def regrets(arrays: Arrays, state: State, alone: Floats, sums: Floats) -> float:
    """Running sums of how much less each part gets than it could alone at the prices."""
    first, last = state.bounds[0], state.bounds[1]
    total = 0.0
    for part in range(first, last):
        got = 0.0
        for e in range(arrays.ptr[part], arrays.ptr[part + 1]):
            if state.units[e] > 0:
                lot = arrays.lot[e]
                gain = arrays.rate[part] * arrays.fit[e] + arrays.lift[part]
                gain -= state.lots[lot, PRICE] * arrays.use[e]
                got += state.units[e] * gain + arrays.bonus[e] - state.lots[lot, ENTRY]
        total += max(0.0, alone[part] - got)
        sums[part - first] = total
    return total


@compiled
def search(
    arrays: Arrays,
    state: State,
    desk: Desk,
    alone: Floats,
    sums: Floats,
    steps: int,
    warm: float,
    cold: float,
    tries: int,
) -> float:
    """Try `steps` neighbourhoods, chosen by regret, cooling from `warm` to `cold` accepted loss.

    Returns what the plan gained.
    """
    first, last = state.bounds[0], state.bounds[1]
    parts = last - first
    gained, every = 0.0, max(parts // 2, 64)
    total, heat = 0.0, warm
    cooling = (cold / warm) ** (1.0 / max(steps, 1)) if warm > 0.0 else 0.0
    for step in range(steps):
        if step % every == 0:
            total = regrets(arrays, state, alone, sums)
        if luck(state.chance) < BY_REGRET and total > 0.0:
            at = int(np.searchsorted(sums[:parts], luck(state.chance) * total))
        else:
            at = int(luck(state.chance) * parts)
        part = first + min(at, parts - 1)
        if arrays.ptr[part] == arrays.ptr[part + 1]:
            continue
        share = 0.2 + luck(state.chance)
        loss = -heat * np.log(max(luck(state.chance), 1e-12)) if heat > 0.0 else 0.0
        gained += _try(arrays, state, desk, part, share, loss, tries)
        heat *= cooling
    return gained


@compiled
def round_off(arrays: Arrays, state: State, desk: Desk, fraction: Reals, order: Ints) -> None:
    """Serve empty parts in order by what the relaxation gave them, rounded, where there is room."""
    for i in range(len(order)):
        part = order[i]
        first, last = arrays.ptr[part], arrays.ptr[part + 1]
        kept = 0
        for e in range(first, last):
            if fraction[e] < SOME:
                continue
            at = kept
            while at > 0 and desk.scratch[at - 1] < fraction[e]:
                desk.scratch[at] = desk.scratch[at - 1]
                desk.order[at] = desk.order[at - 1]
                at -= 1
            desk.scratch[at] = fraction[e]
            desk.order[at] = e
            kept += 1
        for at in range(kept):
            e = desk.order[at]
            wanted: int = int(fraction[e] * arrays.high[e] + 0.5)
            if arrays.whole[part]:
                wanted = int(state.left[part])
            elif wanted < arrays.low[e] and 2 * wanted >= arrays.low[e]:
                wanted = arrays.low[e]
            units = min(min(wanted, state.left[part]), room_for(arrays, state, e))
            if units >= arrays.low[e] and state.heads[part] > 0:
                give(arrays, state, e, units)
        if arrays.whole[part] and state.left[part] > 0:
            clear(arrays, state, part)
            state.worth[part] = 0.0


@compiled
def room_for(arrays: Arrays, state: State, edge: int) -> int:
    """The units that an edge without any could take now; 0 where a limit forbids any."""
    lot = arrays.lot[edge]
    owner, single = arrays.place[lot, 0], arrays.place[lot, 1]
    if owner >= 0 and state.cap[owner] < 1:
        return 0
    if single >= 0 and state.free[single] < 1:
        return 0
    by_lot = int(state.lots[lot, ROOM] / arrays.use[edge] * (1.0 + SLACK) + SLACK)
    units = min(arrays.high[edge], by_lot)
    return units if units >= arrays.low[edge] else 0


@compiled
def give_again(arrays: Arrays, state: State, units: Ints) -> None:
    """Give edges the units they had, as far as that is possible still; whole parts all or none."""
    for part in range(len(arrays.demand)):
        for e in range(arrays.ptr[part], arrays.ptr[part + 1]):
            if units[e] <= 0 or state.heads[part] < 1:
                continue
            amount = min(min(units[e], state.left[part]), room_for(arrays, state, e))
            if amount >= arrays.low[e]:
                give(arrays, state, e, amount)
        if arrays.whole[part] and 0 < state.left[part] < arrays.demand[part]:
            clear(arrays, state, part)
            state.worth[part] = 0.0


@compiled
def mend(arrays: Arrays, state: State, desk: Desk, parts: Ints, tries: int) -> None:
    """Try the neighbourhood of each of these parts once, keeping what gains."""
    for i in range(len(parts)):
        if arrays.ptr[parts[i] + 1] > arrays.ptr[parts[i]]:
            _try(arrays, state, desk, parts[i], 0.9, 0.0, tries)
