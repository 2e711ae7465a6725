"""The best that one part can do by itself: which few edges, and how many units of each."""

from __future__ import annotations

from mulin.matching.compiled import compiled
from mulin.matching.filling import IMPOSSIBLE, clash, fill
from mulin.matching.problem import Floats, Ints

TINY = 1e-12


@compiled
def ceiling(
    count: int,
    gain: Floats,
    once: Floats,
    low: Ints,
    high: Ints,
    demand: int,
    density: Floats,
    picked: Ints,
) -> float:
    """The most a part could be worth if units could be split and any number might serve it.

    A continuous knapsack (Dantzig 1957): `once` is spread over the most units where it is a cost,
    and counted whole where it is a gain, so that it is never under the part's best answer. `picked`
    gets the edges that fill it, densest first, and ends with -1.
    """
    value = 0.0
    for e in range(count):
        most = min(high[e], demand)
        if most < low[e]:
            density[e] = -1.0
        elif once[e] < 0.0:
            density[e] = gain[e] + once[e] / most
        else:
            density[e] = gain[e]
            value += once[e]
    left, size = demand, 0
    while left > 0 and size < count:
        best = -1
        dearest = 0.0
        for e in range(count):
            if density[e] > dearest:
                dearest = density[e]
                best = e
        if best < 0:
            break
        density[best] = -1.0
        picked[size] = best
        size += 1
        amount = min(high[best], left)
        value += dearest * amount
        left -= amount
    picked[size] = -1
    return value


@compiled
def best_answer(  # noqa: C901 - three nested loops that break early
    count: int,
    gain: Floats,
    once: Floats,
    low: Ints,
    high: Ints,
    demand: int,
    whole: bool,
    suppliers: int,
    provider: Ints,
    engagements: Ints,
    alone: Ints,
    tries: int,
    scratch: Floats,
    order: Ints,
    units: Ints,
    chosen: Ints,
    amounts: Ints,
) -> float:
    """The best set of at most `suppliers` of `count` edges, and its value (0 for none).

    An edge given x units (low ≤ x ≤ high) is worth gain·x + once. `chosen[i]`, `amounts[i]` get
    the edges and their units, `chosen` ends with -1. Up to three edges are searched through
    exhaustively among the `tries` most promising; more are added greedily. Edges that share a
    provider (`engagements` left, by position) or an exclusive resource exclude each other.
    `scratch`, `order`, `units` are working space longer than the row.
    """
    chosen[0] = -1
    if suppliers <= 0 or demand <= 0:
        return 0.0
    top = ceiling(count, gain, once, low, high, demand, scratch, order)
    if top <= TINY:
        return 0.0
    top -= TINY * (1.0 + top)
    best = TINY
    a, b, c = order[0], -1, -1
    if a >= 0 and order[1] >= 0 and suppliers > 1:
        b = order[1]
        c = order[2] if order[2] >= 0 and suppliers > 2 else -1
    value = IMPOSSIBLE
    if a >= 0 and not clash(a, b, c, provider, engagements, alone):
        value = fill(a, b, c, gain, low, high, demand, whole, units)
        value += once[a] + (once[b] if b >= 0 else 0.0) + (once[c] if c >= 0 else 0.0)
    if value > best:
        best = value
    else:
        a = b = c = -1
    if best < top:
        kept, least = 0, demand + 1
        for e in range(count):
            most = min(high[e], demand)
            if most < low[e]:
                continue
            worth = once[e] + (gain[e] * most if gain[e] > 0.0 else gain[e] * low[e])
            if worth <= TINY and not whole:
                continue
            at = kept
            while at > 0 and scratch[at - 1] < worth:
                scratch[at] = scratch[at - 1]
                order[at] = order[at - 1]
                at -= 1
            scratch[at] = worth
            order[at] = e
            kept += 1
            least = min(least, low[e])
        kept = min(kept, tries)
        for i in range(kept):
            ei, wi = order[i], scratch[i]
            after = max(scratch[i + 1], 0.0) if i + 1 < kept else 0.0
            if best >= top or wi + (min(suppliers, 3) - 1) * after <= best:
                break
            value = fill(ei, -1, -1, gain, low, high, demand, whole, units) + once[ei]
            if value > best:
                best = value
                a, b, c = ei, -1, -1
            if suppliers < 2 or low[ei] + least > demand:
                continue
            for j in range(i + 1, kept):
                ej, wj = order[j], scratch[j]
                after = max(scratch[j + 1], 0.0) if j + 1 < kept and suppliers > 2 else 0.0
                if best >= top or wi + wj + after <= best:
                    break
                both = low[ei] + low[ej]
                if both > demand or clash(ei, ej, -1, provider, engagements, alone):
                    continue
                value = fill(ei, ej, -1, gain, low, high, demand, whole, units)
                value += once[ei] + once[ej]
                if value > best:
                    best = value
                    a, b, c = ei, ej, -1
                if suppliers < 3 or both + least > demand:
                    continue
                for k in range(j + 1, kept):
                    ek = order[k]
                    if best >= top or wi + wj + scratch[k] <= best:
                        break
                    if both + low[ek] > demand:
                        continue
                    if clash(ei, ej, ek, provider, engagements, alone):
                        continue
                    value = fill(ei, ej, ek, gain, low, high, demand, whole, units)
                    value += once[ei] + once[ej] + once[ek]
                    if value > best:
                        best = value
                        a, b, c = ei, ej, ek
    size = 0
    if a >= 0:
        fill(a, b, c, gain, low, high, demand, whole, units)
        for at in range(3):
            e = a if at == 0 else (b if at == 1 else c)
            if e >= 0 and units[at] > 0:
                chosen[size], amounts[size] = e, units[at]
                size += 1
    chosen[size] = -1
    if suppliers > 3 and best < top:
        return _many(
            count, gain, once, low, high, demand, whole, suppliers, provider, engagements, alone,
            scratch, order, units, chosen, amounts, best,
        )  # fmt: skip
    return best if a >= 0 else 0.0


@compiled
def _many(
    count: int,
    gain: Floats,
    once: Floats,
    low: Ints,
    high: Ints,
    demand: int,
    whole: bool,
    suppliers: int,
    provider: Ints,
    engagements: Ints,
    alone: Ints,
    scratch: Floats,
    order: Ints,
    units: Ints,
    chosen: Ints,
    amounts: Ints,
    best: float,
) -> float:
    """Take the densest edges in turn where more than three may serve; keep what is better."""
    for e in range(count):
        most = min(high[e], demand)
        scratch[e] = gain[e] + once[e] / most if most >= low[e] else IMPOSSIBLE
    size, left, value = 0, demand, 0.0
    while left > 0 and size < suppliers:
        e = -1
        for other in range(count):
            if scratch[other] > IMPOSSIBLE and (e < 0 or scratch[other] > scratch[e]):
                e = other
        if e < 0 or (scratch[e] <= 0.0 and not whole):
            break
        scratch[e] = IMPOSSIBLE
        amount = min(high[e], left)
        same, free = 1, amount >= low[e]
        for at in range(size):
            other = order[at]
            same += provider[e] >= 0 and provider[other] == provider[e]
            free = free and not (alone[e] >= 0 and alone[other] == alone[e])
        if not free or (provider[e] >= 0 and same > engagements[e]):
            continue
        order[size], units[size] = e, amount
        size += 1
        left -= amount
        value += gain[e] * amount + once[e]
    if value <= best or (whole and left > 0):
        return best if chosen[0] >= 0 else 0.0
    for at in range(size):
        chosen[at], amounts[at] = order[at], units[at]
    chosen[size] = -1
    return value
