"""A pair as it would be were its need or its resource put a little differently."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from mulin.matching.amounts import SCALE, amount_of, demand_of, terms
from mulin.matching.candidates import problem as build
from mulin.matching.given import Given
from mulin.matching.items import Need, Resource
from mulin.matching.placing import Pair
from mulin.matching.problem import Problem, Reason
from mulin.matching.screening import kilometres

Revision = tuple[Reason, Need, Resource]

UNCHANGED = (["if_considered"], ["if_unrefused"])
"""Revisions that leave both items as they are."""

WINDOWS = 3
"""Times offered that are tried."""


def revisions(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    """What could be put differently about a pair that this cause keeps apart, likeliest first."""
    tried: dict[str, Callable[[Reason, Need, Resource], Iterator[Revision]]] = {
        "refused": _unrefused,
        "other_supply": _other_supply,
        "other_dates": _other_dates,
        "other_time": _other_time,
        "too_few_seats": _too_few_seats,
        "too_far": _too_far,
        "too_small": _too_small,
        "weak_fit": _as_it_is,
        "not_among_best": _as_it_is,
    }
    yield from tried[cause.code](cause, need, resource) if cause.code in tried else ()


def pairs_if(
    given: Given, part: int, column: int, fit: float, tried: Sequence[Revision]
) -> list[list[Pair]]:
    """For each revision, the pairs of this part and this resource, one for each of its lots.

    All of them are made into one small problem, beside the pair as it is; since words are rarer
    among all items than there, only how much better or worse a pair fits than it does now (`fit`)
    is taken from it.
    """
    problem, tag = given.problem, given.problem.parts.tag[part]
    if [one.code for one, _, _ in tried] in UNCHANGED and len(given.lots[column]) == 1:
        return [_as_offered(given, part, column, fit)]
    now = Reason(""), source(problem, part), problem.resources[column]
    needs = [replace(need, id=str(at)) for at, (_, need, _) in enumerate([now, *tried])]
    supply = [replace(one, id=str(at)) for at, (_, _, one) in enumerate([now, *tried])]
    small = build(supply, needs, taxonomy=problem.taxonomy, k=len(supply))
    before = float(small.screen.rows(np.array([0]), [tag]).fit[0, 0])
    if before <= 0:
        return [[] for _ in tried]
    return [
        [
            _of(given, part, column, small, edge, fit / before)
            for edge in _edges(small, at, tag)
            if _lots(small, at) == len(given.lots[column])
        ]
        for at in range(1, len(needs))
    ]


def _as_offered(given: Given, part: int, column: int, fit: float) -> list[Pair]:
    """The pair of items as they are, where the resource is one lot: only amounts have to meet."""
    problem, lot = given.problem, int(given.lots[column][0])
    need, demand = problem.needs[int(problem.parts.need[part])], int(problem.parts.demand[part])
    met = terms(need, problem.resources[column], demand, float(problem.lots.capacity[lot]))
    return [Pair(part, lot, fit, met.low, met.high, met.use)] if met else []


def _lots(small: Problem, at: int) -> int:
    return int(np.sum(small.lots.resource == at))


def _edges(small: Problem, at: int, tag: str) -> list[int]:
    """Edges of the small problem between a revised need and the resource revised with it."""
    edges, parts = small.edges, small.parts
    own = (parts.need[edges.part] == at) & (small.lots.resource[edges.lot] == at)
    found = np.flatnonzero(own).tolist()
    return [edge for edge in found if parts.tag[int(edges.part[edge])] == tag]


def _of(given: Given, part: int, column: int, small: Problem, edge: int, rarer: float) -> Pair:
    """An edge of the small problem as a pair of the whole one."""
    edges = small.edges
    first = int(np.searchsorted(small.lots.resource, small.lots.resource[edges.lot[edge]]))
    pair = Pair(
        part=part,
        lot=int(given.lots[column][int(edges.lot[edge]) - first]),
        fit=min(1.0, rarer * float(edges.fit[edge])),
        low=int(edges.low[edge]),
        high=int(edges.high[edge]),
        use=float(edges.use[edge]),
    )
    asked = int(small.parts.demand[int(edges.part[edge])])
    return _in_units(pair, asked, int(given.problem.parts.demand[part]))


def source(problem: Problem, part: int) -> Need:
    """A part's need as it was given, before anything was read from its words."""
    return problem.sources[0][int(problem.parts.need[part])]


def _in_units(pair: Pair, asked: int, demand: int) -> Pair:
    """A pair that meets all of a lesser demand counts as meeting all that was asked."""
    if pair.high != asked or asked == demand:
        return pair
    return replace(pair, low=demand, high=demand, use=pair.use * asked / demand)


def _unrefused(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    yield Reason("if_unrefused"), need, resource


def _as_it_is(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    yield Reason("if_considered"), need, resource


def _other_supply(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    more = frozenset(cause.params["wants"]) - resource.gives
    for tag in sorted(more):
        yield (
            Reason("if_gives", {"tags": (tag,)}),
            need,
            replace(resource, gives=resource.gives | {tag}),
        )


def _other_dates(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    span = {"from": resource.starts_on, "to": resource.ends_on}
    moved = replace(need, starts_on=span["from"], ends_on=span["to"], due_on=None)
    yield Reason("if_dates", span), moved, resource


def _other_time(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    for window in resource.windows[:WINDOWS]:
        said = {"day": window.day, "start": window.start, "end": window.end}
        yield Reason("if_time", said), replace(need, windows=(window,)), resource


def _too_few_seats(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    seats, people = amount_of(resource) or 0.0, demand_of(need)
    if seats >= 1:
        yield from _asking_less(need, resource, seats)
    said = {"seats": people, "more": people - math.floor(seats)}
    yield Reason("if_seats", said), need, replace(resource, amount=float(people))


def _too_far(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    km = kilometres(need, resource)
    if km is not None:
        reach = math.ceil(10 * km) / 10
        yield Reason("if_radius", {"km": reach}), need, replace(resource, radius_km=reach)


def _too_small(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
    asked, held = amount_of(need) or 1.0, amount_of(resource) or 1.0
    least = min(asked, held)
    if 0 < least < resource.min_lot:
        said = {"amount": least, "measure": resource.measure}
        yield Reason("if_lot", said), need, replace(resource, min_lot=least)
    if 1 <= held < asked:
        yield from _asking_less(need, resource, held)


def _asking_less(need: Need, resource: Resource, amount: float) -> Iterator[Revision]:
    less = math.floor(amount) / SCALE.get(need.measure.strip(), 1)
    said = {"amount": less, "measure": need.measure}
    yield Reason("if_amount_less", said), replace(need, amount=less), resource
