"""Searching among whole plans: serve parts at prices, empty a neighbourhood and serve it anew.

Ruin and recreate (Schrimpf and others 2000) with prices as the guide: a part that gets less than
its prices say it should takes back what it wants, those who held it look elsewhere, and the change
stays if all together gain, or lose little while the search is warm.
"""

from __future__ import annotations

import numpy as np

from mulin.matching.arrays import Arrays
from mulin.matching.compiled import compiled
from mulin.matching.problem import Floats, Ints
from mulin.matching.searching.serving import clear, give, serve_all
from mulin.matching.searching.state import CROWD, ENTRY, PRICE, Desk, State

BY_REGRET = 0.8
"""How often a neighbourhood is chosen by regret; else any part may be its centre."""


MASK = 0x7FFFFFFFFFFFFFFF


@compiled
def luck(chance: Ints) -> float:
    """The next number in 0..1 (Knuth's linear congruence; the same compiled or not)."""
    chance[0] = (int(chance[0]) * 6364136223846793005 + 1442695040888963407) & MASK
    return (chance[0] >> 11) / 4503599627370496.0


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
def mend(arrays: Arrays, state: State, desk: Desk, parts: Ints, tries: int) -> None:
    """Try the neighbourhood of each of these parts once, keeping what gains."""
    for i in range(len(parts)):
        if arrays.ptr[parts[i] + 1] > arrays.ptr[parts[i]]:
            _try(arrays, state, desk, parts[i], 0.9, 0.0, tries)
