"""Why a pair is not proposed: the first true cause, and what would have to be different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mulin.hanzi import fold
from mulin.matching.amounts import terms
from mulin.matching.counterfactuals import changes, gives, missing
from mulin.matching.crowding import crowded, crowding
from mulin.matching.given import Given, given_of
from mulin.matching.items import Need, Resource
from mulin.matching.placing import EPS, Way, pair_of, ways
from mulin.matching.problem import Ints, Plan, Problem, Reason
from mulin.matching.revising import pairs_if, revisions, source
from mulin.matching.screening import Screened
from mulin.matching.supposing import Change

FILTERS = (
    ("other", "own_offer"),
    ("suits", "other_supply"),
    ("jurisdiction", "other_community"),
    ("audience", "other_audience"),
    ("dates", "other_dates"),
    ("time", "other_time"),
    ("payable", "money_only"),
    ("roomy", "too_few_seats"),
    ("sized", "too_small"),
    ("near", "too_far"),
)
"""The hard filters in the order they are named, with the cause each gives."""

REVISED = (
    "other_supply", "other_dates", "other_time", "too_few_seats", "too_small", "too_far"
)  # fmt: skip
"""Causes for which an item would have to be put differently: worth a thought only where both are
about the same."""

TOPIC = 0.75
"""What is left of a fit where time, amount and place all speak against it."""

RANK = (
    "nobody_offers",
    "needs_permission",
    "needs_approval",
    "own_offer",
    "refused",
    "other_supply",
    "other_community",
    "other_audience",
    "other_dates",
    "other_time",
    "money_only",
    "too_few_seats",
    "too_far",
    "too_small",
    "weak_fit",
    "not_among_best",
    "provider_closed",
    "provider_full",
    "exclusive_taken",
    "taken",
    "suppliers_full",
    "rest_too_small",
    "not_enough_offered",
    "not_completable",
    "served_by_others",
    "fairer_elsewhere",
    "overlooked",
    "proposed",
)
"""Every code of a cause, from the farthest from a match to the nearest."""


@dataclass(frozen=True)
class WhyNot(Reason):
    """The first true cause that a pair is not proposed, and each change that would give it.

    Every remedy was checked: with it a plan that holds the pair is worth more than the plan in
    force. None may be known.
    """

    remedies: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Question:
    """A part and a resource, how they were screened (one row, one column), and their edges."""

    given: Given
    part: int
    column: int
    screened: Screened
    edges: list[int]

    @property
    def need(self) -> Need:
        """The need as the model reads it."""
        return self.given.problem.needs[int(self.given.problem.parts.need[self.part])]

    @property
    def resource(self) -> Resource:
        """The resource as the model reads it."""
        return self.given.problem.resources[self.column]

    @cached_property
    def ways(self) -> dict[int, list[Way]]:
        """The ways there are to have each edge of the pair."""
        return {edge: ways(self.given, pair_of(self.given, edge)) for edge in self.edges}

    @property
    def fit(self) -> float:
        """How well both fit, whether or not they pass the filters."""
        return float(self.screened.fit[0, 0])


def why_not(plan: Plan, need: str, resource: str) -> WhyNot:
    """The first true cause that this pair is not in the plan, with remedies; or `proposed`.

    Of a need with several parts, the part that comes nearest. Raises `KeyError` for an id that
    the problem doesn't know.
    """
    problem, given = plan.problem, given_of(plan)
    row, column = problem.need_row[need], problem.resource_row[resource]
    asked = [question(given, part, column) for part in given.parts[row].tolist()]
    causes = [(cause_of(one), one) for one in asked]
    cause, nearest = max(causes, key=lambda pair: RANK.index(pair[0].code))
    found: dict[str, Reason] = {}
    for change in remedies(nearest, cause):
        found.setdefault(change.reason.code, change.reason)
    return WhyNot(cause.code, cause.params, tuple(found.values()))


def question(given: Given, part: int, column: int) -> Question:
    """Screen one pair."""
    screened = look(given.problem, np.array([part]), np.array([column]))
    return Question(given, part, column, screened, given.edges(part, column))


def look(problem: Problem, parts: Ints, columns: Ints | None = None) -> Screened:
    """Parts screened against these resources, or all of them."""
    asked = parts.tolist()
    tags, bodies = (
        [one[part] for part in asked] for one in (problem.parts.tag, problem.parts.body)
    )
    return problem.screen.rows(problem.parts.need[parts], tags, columns, bodies)


def cause_of(asked: Question) -> Reason:
    """The first true cause of a pair, without remedies."""
    given, problem = asked.given, asked.given.problem
    name = {"resource": asked.resource.id}
    if any(edge in given.units for edge in asked.edges):
        return Reason("proposed")
    if (asked.need.id, asked.resource.id) in problem.refused:
        return Reason("refused", name)
    failed = failing(given, asked.part, asked.column, asked.screened)
    if failed:
        return filtered(problem, asked.part, asked.column, failed)
    fit, floor = asked.fit, given.options.floor
    if fit < floor and not any(problem.edges.agreed[edge] for edge in asked.edges):
        return Reason("weak_fit", {**name, "fit": round(fit, 2), "floor": floor})
    if not asked.edges:
        return Reason("not_among_best", {**name, "k": problem.k})
    return outbid(given, asked.ways)


def failing(
    given: Given, part: int, column: int, screened: Screened, at: int = 0, beside: int = 0
) -> str:
    """The cause of the first hard filter that a pair fails, or ""; `at`, `beside`: where the
    screened rows and columns have it."""
    problem = given.problem
    body, need = problem.parts.body[part], problem.needs[int(problem.parts.need[part])]
    resource = problem.resources[column]
    if body and fold(resource.unit).strip() != fold(body).strip():
        return "needs_approval"
    for mask, code in FILTERS:
        if not getattr(screened, mask)[at, beside]:
            return code
    capacity = float(problem.lots.capacity[given.lots[column]].max())
    demand = int(problem.parts.demand[part])
    return "" if body or terms(need, resource, demand, capacity) else "too_small"


def filtered(problem: Problem, part: int, column: int, code: str) -> Reason:
    """A failed filter as a cause: which, and by how much."""
    need, resource = problem.needs[int(problem.parts.need[part])], problem.resources[column]
    tag = problem.parts.tag[part]
    wants = (tag,) if tag else tuple(sorted(need.wants))
    held = {"held": resource.amount, "held_measure": resource.measure}
    asked = {"asked": need.amount, "measure": need.measure, "min_lot": resource.min_lot}
    params: dict[str, dict[str, Any]] = {
        "needs_approval": {"body": problem.parts.body[part]},
        "own_offer": {"unit": resource.unit},
        "other_supply": {"wants": wants, "gives": tuple(sorted(resource.gives))},
        "other_community": {"community": need.community},
        "other_audience": {"serving": resource.serving},
        "other_dates": {"from": resource.starts_on, "to": resource.ends_on, "due": need.due_on},
        "other_time": {"offered": resource.windows, "asked": need.windows},
        "money_only": {"measure": need.measure or resource.measure},
        "too_few_seats": {"seats": resource.amount, "people": need.amount},
        "too_small": {**held, **asked},
        "too_far": {"radius": resource.radius_km},
    }
    return Reason(code, {"resource": resource.id, **params.get(code, {})})


def outbid(given: Given, found: Mapping[int, list[Way]]) -> Reason:
    """Who holds the supply of a good edge, or who serves the need instead, and what it lacks.

    `found` are the ways to have each edge of the pair.
    """
    codes = crowding(given, np.array(list(found))).tolist()
    code, edge = max(zip(codes, found, strict=True), key=lambda pair: RANK.index(pair[0]))
    short = missing(found[edge])
    if short < -EPS:
        code = "overlooked" if given.options.fairness == "none" else "fairer_elsewhere"
    cause, pair = crowded(given, edge, code), pair_of(given, edge)
    price = float(given.price[pair.lot]) * pair.use * pair.low
    told = {"price": round(price, 6)} if price else {}
    told |= {"missing": round(short, 6)} if 0 < short < float("inf") else {}
    return Reason(cause.code, {**cause.params, **told})


def remedies(asked: Question, cause: Reason) -> Iterator[Change]:
    """Changes that would give the pair that this cause keeps apart, each of them checked."""
    given, need = asked.given, source(asked.given.problem, asked.part)
    if cause.code in ("proposed", "overlooked"):
        return
    for edge, found in asked.ways.items():
        yield from changes(given, pair_of(given, edge), found)
    hopeless = asked.fit < TOPIC * given.options.floor and cause.code in REVISED
    tried = [] if asked.edges or hopeless else list(revisions(cause, need, asked.resource))
    if not tried:
        return
    revised = pairs_if(given, asked.part, asked.column, asked.fit, tried)
    for (reason, _, _), pairs in zip(tried, revised, strict=True):
        for pair in pairs:
            found = ways(given, pair)
            if pair.fit >= given.options.floor and gives(given, found):
                yield Change(reason, pair)
            elif cause.code in ("weak_fit", "not_among_best"):
                yield from changes(given, pair, found)
