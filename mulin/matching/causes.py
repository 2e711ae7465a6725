"""Why a pair is not proposed, and why a need stays open: the first true cause, as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np

from mulin.matching.amounts import terms
from mulin.matching.problem import Plan, Problem, Reason, Unmet
from mulin.matching.reasons import ends
from mulin.matching.screening import Screened

RANK = (
    "own_offer",
    "refused",
    "other_supply",
    "other_dates",
    "other_time",
    "money_only",
    "too_few_seats",
    "too_far",
    "too_small",
    "weak_fit",
    "not_among_best",
    "offered_elsewhere",
    "provider_full",
    "exclusive_taken",
    "taken",
    "not_completable",
    "served_by_others",
    "better_elsewhere",
    "proposed",
)
"""Causes from the farthest from a match to the nearest."""

NEAREST = 12
"""Offers looked at to say why a need stays open."""

RELATED = 0.3
"""The least fit of an offer that is named as the nearest one."""

BLOCK = 256
"""Parts screened at once."""


def why_not(plan: Plan, need: str, resource: str) -> Reason:
    """The first true cause that this pair is not in the plan; `proposed` when it is.

    Raises `KeyError` for an id the problem doesn't know.
    """
    problem, given = plan.problem, Given(plan)
    row, column = problem.need_row[need], problem.resource_row[resource]
    own = np.flatnonzero(problem.parts.need == row)
    causes = []
    for part in own.tolist():
        screened = problem.screen.rows(np.array([row]), [problem.parts.tag[part]])
        causes.append(_cause(given, part, column, screened, 0))
    return max(causes, key=lambda cause: RANK.index(cause.code))


def unmet(plan: Plan) -> list[Unmet]:
    """Every need (or part of one) without enough proposals, with the nearest cause."""
    problem, given = plan.problem, Given(plan)
    served = np.zeros(len(problem.parts.need), dtype=np.int64)
    np.add.at(served, problem.edges.part[plan.proposals.edge], plan.proposals.units)
    short = np.flatnonzero(served < problem.parts.demand)
    listed: list[Unmet] = []
    for start in range(0, len(short), BLOCK):
        block = short[start : start + BLOCK]
        tags = [problem.parts.tag[part] for part in block]
        screened = problem.screen.rows(problem.parts.need[block], tags)
        for at, part in enumerate(block.tolist()):
            demand = int(problem.parts.demand[part])
            listed.append(
                Unmet(
                    need=problem.needs[int(problem.parts.need[part])].id,
                    tag=problem.parts.tag[part],
                    missing=demand - int(served[part]),
                    demand=demand,
                    cause=_nearest(given, part, screened, at),
                )
            )
    return listed


class Given:
    """What a plan gives away, found by whom it goes to and whom it comes from."""

    def __init__(self, plan: Plan) -> None:
        problem, edges = plan.problem, plan.problem.edges
        self.plan, self.problem = plan, problem
        self.units = dict(
            zip(plan.proposals.edge.tolist(), plan.proposals.units.tolist(), strict=True)
        )
        self.to_part: dict[int, list[int]] = defaultdict(list)
        self.of_resource: dict[int, list[int]] = defaultdict(list)
        self.of_provider: dict[int, list[int]] = defaultdict(list)
        for edge in self.units:
            resource = int(problem.lots.resource[int(edges.lot[edge])])
            self.to_part[int(edges.part[edge])].append(edge)
            self.of_resource[resource].append(edge)
            self.of_provider[int(problem.provider[resource])].append(edge)

    def edges(self, part: int, column: int) -> list[int]:
        """The edges between a part and a resource: one for each of its lots."""
        first, last = self.problem.edges.ptr[part : part + 2].tolist()
        lots = self.problem.edges.lot[first:last]
        at = np.flatnonzero(self.problem.lots.resource[lots] == column)
        return [first + edge for edge in at.tolist()]


def _cause(given: Given, part: int, column: int, screened: Screened, at: int) -> Reason:
    problem = given.problem
    need = problem.needs[int(problem.parts.need[part])]
    resource = problem.resources[column]
    edges, name = given.edges(part, column), {"resource": resource.id}
    if any(edge in given.units for edge in edges):
        return Reason("proposed")
    if (need.id, resource.id) in problem.refused:
        return Reason("refused", name)
    blocked = _filtered(problem, part, column, screened, at)
    if blocked:
        return blocked
    demand = int(problem.parts.demand[part])
    capacity = float(problem.lots.capacity[problem.lots.resource == column].max())
    if not edges and terms(need, resource, demand, capacity) is None:
        held = {"held": resource.amount, "held_measure": resource.measure}
        asked = {"asked": need.amount, "measure": need.measure, "min_lot": resource.min_lot}
        return Reason("too_small", {**name, **held, **asked})
    fit, floor = float(screened.fit[at, column]), given.plan.options.floor
    if fit < floor:
        return Reason("weak_fit", {**name, "fit": round(fit, 2), "floor": floor})
    if not edges:
        return Reason("not_among_best", {**name, "k": problem.k})
    return _crowded(given, part, column, edges)


def _filtered(
    problem: Problem, part: int, column: int, screened: Screened, at: int
) -> Reason | None:
    """The first hard filter the pair doesn't pass."""
    need = problem.needs[int(problem.parts.need[part])]
    resource = problem.resources[column]
    tag = problem.parts.tag[part]
    tags = {
        "wants": (tag,) if tag else tuple(sorted(need.wants)),
        "gives": tuple(sorted(resource.gives)),
    }
    windows = {"offered": resource.windows, "asked": need.windows}
    dates = {"from": resource.starts_on, "to": resource.ends_on, "due": need.due_on}
    seats = {"seats": resource.amount, "people": need.amount}
    tests: tuple[tuple[Any, str, Mapping[str, Any]], ...] = (
        (screened.other, "own_offer", {"unit": resource.unit}),
        (screened.suits, "other_supply", tags),
        (screened.dates, "other_dates", dates),
        (screened.time, "other_time", windows),
        (screened.payable, "money_only", {"measure": need.measure or resource.measure}),
        (screened.roomy, "too_few_seats", seats),
        (screened.near, "too_far", {"radius": resource.radius_km}),
    )
    for mask, code, params in tests:
        if not mask[at, column]:
            return Reason(code, {"resource": resource.id, **params})
    return None


def _crowded(given: Given, part: int, column: int, edges: list[int]) -> Reason:
    """Why a good edge lost: who holds its supply, or who serves the need instead."""
    problem = given.problem
    name = {"resource": problem.resources[column].id}
    serving, same = given.to_part[part], given.of_resource[column]
    provider = int(problem.provider[column])
    served = sum(given.units[edge] for edge in serving)
    if served >= int(problem.parts.demand[part]) or len(serving) >= int(
        problem.parts.max_suppliers[part]
    ):
        others = tuple(ends(problem, edge)[1].id for edge in serving)
        return Reason("served_by_others", {**name, "others": others})
    if problem.exclusive[column] and same:
        return Reason("exclusive_taken", {**name, "holders": _needs(problem, same)})
    if len(given.of_provider[provider]) >= problem.cap[provider]:
        holders = _needs(problem, given.of_provider[provider])
        return Reason("provider_full", {**name, "holders": holders})
    lots = {int(problem.edges.lot[edge]) for edge in edges}
    taken = [edge for edge in same if int(problem.edges.lot[edge]) in lots]
    if taken:
        return Reason("taken", {**name, "holders": _needs(problem, taken)})
    if problem.parts.whole[part]:
        return Reason("not_completable", name)
    return Reason("better_elsewhere", name)


def _needs(problem: Problem, edges: list[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ends(problem, edge)[0].id for edge in edges))


def _nearest(given: Given, part: int, screened: Screened, at: int) -> Reason:
    """The cause of the offers that come nearest, or that nobody offers this kind at all."""
    problem = given.problem
    need = problem.needs[int(problem.parts.need[part])]
    near = np.flatnonzero(_relevant(screened, at))
    order = near[np.lexsort((near, -screened.fit[at, near]))][:NEAREST]
    causes = [_cause(given, part, column, screened, at) for column in order.tolist()]
    telling = [one for one in causes if one.code not in ("proposed", "served_by_others")]
    best = max(telling, key=lambda cause: RANK.index(cause.code), default=None)
    if best and best.code != "own_offer":
        return best
    if given.to_part[part]:
        return Reason("not_enough_offered")
    tag = problem.parts.tag[part]
    if "permission" in (tag, *need.wants):
        return Reason("needs_permission")
    asked = {tag} if tag else problem.taxonomy.asked_in(need.title, need.detail)
    return Reason("nobody_offers", {**_kind(problem, part), "wants": tuple(sorted(asked))})


def _kind(problem: Problem, part: int) -> dict[str, str]:
    """The need's kind where nothing of it is offered at all; else what is offered is for others."""
    code = problem.need_kind[int(problem.parts.need[part])]
    if code in problem.resource_kind:
        return {"kind": "", "code": code}
    return {"kind": problem.taxonomy.name_of(code), "code": code}


def _relevant(screened: Screened, at: int) -> np.ndarray:
    """Offers that have something to do with the need, whatever else forbids them."""
    return np.asarray(screened.suits[at] & (screened.fit[at] >= RELATED))
