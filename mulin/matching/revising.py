"""A pair as it would be were its need or its resource put a little differently."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from mulin.matching.amounts import SCALE, amount_of, demand_of
from mulin.matching.candidates import problem as build
from mulin.matching.given import Given
from mulin.matching.items import Need, Resource
from mulin.matching.placing import Pair
from mulin.matching.problem import Problem, Reason
from mulin.matching.screening import kilometres

Revision = tuple[Reason, Need, Resource]

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
        "not_among_best": _not_among_best,
    }
    yield from tried[cause.code](cause, need, resource) if cause.code in tried else ()


def pairs_if(
    given: Given, part: int, column: int, fit: float, need: Need, resource: Resource
) -> list[Pair]:
    """The pairs of this part and this resource, one for each lot, were the items put like this.

    Both are made into a problem of their own; since words are rarer among all items than there,
    only how much better or worse the pair fits than it does now (`fit`) is taken from it.
    """
    problem = given.problem
    tag, lots = problem.parts.tag[part], given.lots[column].tolist()
    changed = build([resource], [need], taxonomy=problem.taxonomy)
    if len(lots) != len(changed.lots.capacity):
        return []
    now = build([problem.resources[column]], [source(problem, part)], taxonomy=problem.taxonomy)
    before = float(now.screen.rows(np.array([0]), [tag]).fit[0, 0])
    edges, found = changed.edges, []
    for edge in range(len(edges)):
        if changed.parts.tag[int(edges.part[edge])] != tag or before <= 0:
            continue
        low, high, use = int(edges.low[edge]), int(edges.high[edge]), float(edges.use[edge])
        better = min(1.0, fit * float(edges.fit[edge]) / before)
        pair = Pair(part, lots[int(edges.lot[edge])], better, low, high, use)
        found.append(_in_units(pair, demand_of(need), int(problem.parts.demand[part])))
    return found


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


def _not_among_best(cause: Reason, need: Need, resource: Resource) -> Iterator[Revision]:
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
