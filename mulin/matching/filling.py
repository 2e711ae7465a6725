"""Up to three edges serving one part: whether they may, and how their units are best filled."""

from __future__ import annotations

from mulin.matching.compiled import compiled
from mulin.matching.problem import Floats, Ints

IMPOSSIBLE = -1e300


@compiled
def fill(  # noqa: C901 - one small loop, unrolled
    a: int,
    b: int,
    c: int,
    gain: Floats,
    low: Ints,
    high: Ints,
    demand: int,
    whole: bool,
    units: Ints,
) -> float:
    """Value of serving a part from the edges a, b, c (-1 for none), best filled, or `IMPOSSIBLE`.

    All three take their least, the dearest gain fills first up to its most. `units[0:3]` are set.
    """
    units[0] = low[a]
    units[1] = low[b] if b >= 0 else 0
    units[2] = low[c] if c >= 0 else 0
    left = demand - units[0] - units[1] - units[2]
    if left < 0:
        return IMPOSSIBLE
    if whole:
        most = high[a]
        if b >= 0:
            most += high[b]
        if c >= 0:
            most += high[c]
        if most < demand:
            return IMPOSSIBLE
    ga = gain[a]
    gb = gain[b] if b >= 0 else IMPOSSIBLE
    gc = gain[c] if c >= 0 else IMPOSSIBLE
    for _ in range(3):
        if ga >= gb and ga >= gc:
            at, edge, most_gain = 0, a, ga
            ga = IMPOSSIBLE
        elif gb >= gc:
            at, edge, most_gain = 1, b, gb
            gb = IMPOSSIBLE
        else:
            at, edge, most_gain = 2, c, gc
            gc = IMPOSSIBLE
        if left <= 0 or most_gain <= IMPOSSIBLE or (most_gain <= 0.0 and not whole):
            break
        more = min(left, high[edge] - low[edge])
        units[at] += more
        left -= more
    if whole and left > 0:
        return IMPOSSIBLE
    value = gain[a] * units[0]
    if b >= 0:
        value += gain[b] * units[1]
    if c >= 0:
        value += gain[c] * units[2]
    return value


@compiled
def clash(a: int, b: int, c: int, provider: Ints, engagements: Ints, alone: Ints) -> bool:
    """Whether edges can't serve one part together: an exclusive resource, or a provider's limit."""
    if b < 0:
        return False
    if alone[a] >= 0 and alone[a] == alone[b]:
        return True
    if provider[a] >= 0 and provider[a] == provider[b] and engagements[a] < 2:
        return True
    if c < 0:
        return False
    if alone[c] >= 0 and (alone[c] == alone[a] or alone[c] == alone[b]):
        return True
    if provider[c] < 0:
        return False
    same = 1 + (provider[c] == provider[a]) + (provider[c] == provider[b])
    return bool(same > engagements[c])
