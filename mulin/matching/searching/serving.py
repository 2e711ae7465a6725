"""Giving units to edges and taking them back: one part's best answer where there is room."""

from __future__ import annotations

from mulin.matching.answers import best_answer
from mulin.matching.arrays import Arrays
from mulin.matching.compiled import compiled
from mulin.matching.problem import Ints, Reals
from mulin.matching.searching.state import ENTRY, PRICE, ROOM, Desk, State

SLACK = 1e-6
"""How far sums of narrow columns may stray from whole numbers."""


SOME = 0.02
"""The least fraction of the relaxation that says something."""


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
