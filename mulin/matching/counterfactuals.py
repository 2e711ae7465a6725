"""What would have to be different for a pair to be proposed, each shown by a better plan.

A change alters this pair and nothing else: its fit, its supply set aside, or who withdraws. What
any other plan can reach doesn't grow by it, so a plan with the pair that is worth more than the
plan in force shows that, where that plan was the best, every best plan now holds the pair.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mulin.matching.crowding import need_of, offer_of
from mulin.matching.given import Given
from mulin.matching.placing import EPS, Pair, Trial, Way, better_fit, gain_at, rate_of, ways
from mulin.matching.problem import Floats, Ints, Problem, Reason
from mulin.matching.supposing import Change

REMEDIES = (
    "if_amount_less",
    "if_another",
    "if_cap",
    "if_considered",
    "if_dates",
    "if_fit",
    "if_gives",
    "if_lot",
    "if_radius",
    "if_seats",
    "if_shared",
    "if_stepped_back",
    "if_suppliers",
    "if_time",
    "if_units",
    "if_unrefused",
    "if_withdrawn",
)
"""Every code of a remedy."""


def changes(given: Given, pair: Pair, found: list[Way]) -> Iterator[Change]:
    """Changes of the numbers that would give the pair, the most modest first; often none.

    `found` are the `ways` there are without a change.
    """
    yield from _fit(given, pair, found)
    for change in (_supply, _withdrawn, _suppliers, _less):
        yield from change(given, pair)


def gives(given: Given, found: list[Way]) -> bool:
    """Whether a plan by one of these ways is worth more than the plan in force.

    Where shares are kept fair, worth alone decides nothing: then only a plan that takes nothing
    from anybody counts.
    """
    fair = given.options.fairness != "none"
    return any(way.gain > EPS and (way.kind or not fair) for way in found)


def missing(found: list[Way]) -> float:
    """What the plan would lose by the best of these ways; inf without any."""
    return -max((way.gain for way in found), default=-math.inf)


def _fit(given: Given, pair: Pair, found: list[Way]) -> Iterator[Change]:
    least = better_fit(given, pair, found)
    if least is None:
        return
    more = math.ceil(round(100 * (max(least, given.options.floor) - pair.fit), 4)) / 100
    better = replace(pair, fit=min(1.0, pair.fit + more))
    again = [replace(way, gain=gain_at(given, pair, way, better.fit)) for way in found]
    if more > 0 and gives(given, again):
        yield Change(Reason("if_fit", {"more": more}), better)


def _supply(given: Given, pair: Pair) -> Iterator[Change]:
    """More places, one engagement more, the same for two, or another like it: set aside."""
    units = _least_units(given, pair)
    if not units or pair.fit < given.options.floor:
        return
    resource = int(given.problem.lots.resource[pair.lot])
    left = max(0.0, float(given.lot_left[pair.lot]))
    short = pair.use * units - left
    full = bool(given.cap_left[given.problem.provider[resource]] < 1)
    alone = bool(given.alone_left[resource] < 1)
    aside = replace(pair, low=units, high=units, apart=True)
    if not gives(given, ways(given, aside)):
        return
    if (short > EPS) + full + alone > 1:
        yield Change(Reason("if_another"), aside)
    elif short > EPS:
        said = {"more": math.ceil(short - EPS), "measure": _measure(given.problem, resource)}
        yield Change(Reason("if_units", said), aside, left)
    elif full or alone:
        yield Change(Reason("if_cap" if full else "if_shared"), aside, pair.use * units)


def _least_units(given: Given, pair: Pair) -> int:
    """The fewest units that would do: all that is missing where only the whole will do."""
    left = int(given.part_left[pair.part])
    if given.suppliers_left[pair.part] < 1 or left < pair.low:
        return 0
    return min(left, pair.high) if given.problem.parts.whole[pair.part] else pair.low


def _withdrawn(given: Given, pair: Pair) -> Iterator[Change]:
    """If one who holds the supply handed it over, or the part's own supplier stepped back."""
    if pair.fit < given.options.floor:
        return
    for edge in _in_the_way(given, pair):
        found = _handed_over(given, pair, edge)
        if found:
            yield found
            return


def _in_the_way(given: Given, pair: Pair) -> list[int]:
    """Used edges of which one less would make room, the least valued first; none confirmed."""
    resource = int(given.problem.lots.resource[pair.lot])
    provider = int(given.problem.provider[resource])
    if given.suppliers_left[pair.part] < 1 or given.part_left[pair.part] < pair.low:
        own = [one for one in given.of_part(pair.part) if not given.problem.edges.fixed[one]]
        return sorted(own, key=lambda edge: (given.worth[edge], edge))
    if given.alone_left[resource] < 1:
        return given.cheapest_of_resource(resource)
    if given.cap_left[provider] < 1:
        return given.cheapest_of_provider(provider)
    return given.cheapest_of_lot(pair.lot)


def _handed_over(given: Given, pair: Pair, holder: int) -> Change | None:
    """The change that this holder hands over, where the part can't do better without the pair."""
    problem, edges = given.problem, given.problem.edges
    lot, resource = int(edges.lot[holder]), int(problem.lots.resource[pair.lot])
    theirs = int(problem.lots.resource[lot])
    freed = float(edges.use[holder]) * given.units[holder] if lot == pair.lot else 0.0
    own = int(edges.part[holder]) == pair.part
    room = max(0.0, float(given.lot_left[pair.lot])) + freed
    cap = given.cap_left[problem.provider[resource]]
    cap += problem.provider[theirs] == problem.provider[resource]
    alone = given.alone_left[resource] + (theirs == resource)
    left = int(given.part_left[pair.part]) + own * given.units[holder]
    units = min(pair.high, left, int((room + EPS) / pair.use))
    if cap < 1 or alone < 1 or units < pair.low:
        return None
    aside = replace(pair, low=units, high=units, apart=True, gone=(holder,))
    if problem.parts.whole[pair.part] and units < left:
        return None
    if rate_of(given, pair) * units <= _most_without(given, pair, holder) + EPS:
        return None
    if not ways(given, aside):
        return None
    if own:
        reason = Reason("if_stepped_back", {"others": (offer_of(problem, theirs),)})
    else:
        asker = int(problem.parts.need[edges.part[holder]])
        reason = Reason("if_withdrawn", {"holders": (need_of(problem, asker),)})
    return Change(reason, aside, pair.use * units)


def _most_without(given: Given, pair: Pair, gone: int) -> float:
    """The most the part could have without the pair, were all supply its own (an upper bound)."""
    row, parts = _others(given, pair, gone), given.problem.parts
    best = float(_most_each(given, pair, row)[: int(parts.max_suppliers[pair.part])].sum())
    if given.problem.edges.agreed[row].any():
        return best
    top = float(given.problem.edges.fit[row].max(initial=0.0))
    return min(best, top * float(parts.weight[pair.part]))


def _suppliers(given: Given, pair: Pair) -> Iterator[Change]:
    """One supplier more, where no other edge of the part could make as good use of that."""
    problem, part = given.problem, pair.part
    if given.suppliers_left[part] >= 1 or given.part_left[part] < pair.low:
        return
    if problem.parts.whole[part] or pair.fit < given.options.floor:
        return
    more = replace(pair, suppliers=1)
    gain = max((way.gain for way in ways(given, more) if way.kind), default=0.0)
    if gain > _next_best(given, pair) + EPS:
        yield Change(Reason("if_suppliers", {"most": int(problem.parts.max_suppliers[part])}), more)


def _next_best(given: Given, pair: Pair) -> float:
    """The most that the least of K + 1 other edges of the part could add."""
    each = _most_each(given, pair, _others(given, pair))
    most = int(given.problem.parts.max_suppliers[pair.part])
    return float(each[most]) if len(each) > most else 0.0


def _less(given: Given, pair: Pair) -> Iterator[Change]:
    """An all-or-nothing need that asked no more than is free, where that takes this pair."""
    problem, part = given.problem, pair.part
    if not problem.parts.whole[part] or given.of_part(part) or pair.fit < given.options.floor:
        return
    amount = Trial(given, pair).reach()
    demand = int(problem.parts.demand[part])
    if 0 < amount < demand and _most_of_others(given, pair) < amount:
        measure = problem.needs[int(problem.parts.need[part])].measure if problem.needs else ""
        said = Reason("if_amount_less", {"amount": amount, "measure": measure})
        yield Change(said, pair, demand=amount)


def _most_of_others(given: Given, pair: Pair) -> int:
    """Units the part could have without this pair, were all supply its own (an upper bound)."""
    row = _others(given, pair)
    most = int(given.problem.parts.max_suppliers[pair.part])
    return int(np.sort(given.problem.edges.high[row])[::-1][:most].sum())


def _others(given: Given, pair: Pair, gone: int = -1) -> Ints:
    """The part's other edges that may be used."""
    edges = given.problem.edges
    row = np.arange(*edges.ptr[pair.part : pair.part + 2].tolist())
    may = (edges.fit[row] >= given.options.floor) | edges.agreed[row] | (edges.fixed[row] > 0)
    return row[may & (row != pair.edge) & (row != gone)]


def _most_each(given: Given, pair: Pair, row: Ints) -> Floats:
    """The most each of these edges of the part could be worth, greatest first."""
    edges, parts = given.problem.edges, given.problem.parts
    bonus = np.where(edges.agreed[row], 1.0 + given.options.keep_bonus, 1.0)
    per = float(parts.weight[pair.part]) / int(parts.demand[pair.part])
    return np.asarray(np.sort(per * edges.fit[row] * bonus * edges.high[row])[::-1])


def _measure(problem: Problem, resource: int) -> str:
    return problem.resources[resource].measure if problem.resources else ""
