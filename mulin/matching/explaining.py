"""Why this pair, why not that one, and why a need stays open: causes as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mulin.matching.amounts import amount_of, family, is_room, terms
from mulin.matching.items import Need, Resource
from mulin.matching.problem import Plan, Problem, Reason, Unmet
from mulin.matching.screening import ALIKE, Screened, kilometres, overlaps
from mulin.matching.words import shared_words


@dataclass(frozen=True)
class Proposal:
    """One proposed pair: ids, the supply asked of the resource, units of the need, reasons."""

    edge: int
    need: str
    resource: str
    tag: str
    units: int
    demand: int
    fit: float
    fixed: bool
    reasons: tuple[Reason, ...]


def proposals(plan: Plan) -> list[Proposal]:
    """The plan by ids, in order of need then fit."""
    problem, edges = plan.problem, plan.problem.edges
    listed = []
    for edge, units in zip(
        plan.proposals.edge.tolist(), plan.proposals.units.tolist(), strict=True
    ):
        part = int(edges.part[edge])
        need, resource = _ends(problem, edge)
        listed.append(
            Proposal(
                edge=edge,
                need=need.id,
                resource=resource.id,
                tag=problem.parts.tag[part],
                units=units,
                demand=int(problem.parts.demand[part]),
                fit=float(edges.fit[edge]),
                fixed=bool(edges.fixed[edge] > 0),
                reasons=why(plan, edge),
            )
        )
    rows = problem.need_row
    return sorted(listed, key=lambda one: (rows[one.need], -one.fit, one.resource))


def why(plan: Plan, edge: int) -> tuple[Reason, ...]:
    """What speaks for an edge, most telling first: kind, supply, words, time, amount, place."""
    problem = plan.problem
    need, resource = _ends(problem, edge)
    reasons = [*_settled(problem, edge), *_matter(problem, edge, need, resource)]
    reasons += [*_timing(need, resource), *_amounts(problem, edge, need, resource)]
    reasons += _place(need, resource)
    if resource.conditions:
        reasons.append(Reason("conditions", {"text": resource.conditions}))
    return tuple(reasons)


def _ends(problem: Problem, edge: int) -> tuple[Need, Resource]:
    need = problem.needs[int(problem.parts.need[int(problem.edges.part[edge])])]
    return need, problem.resources[int(problem.lots.resource[int(problem.edges.lot[edge])])]


def _settled(problem: Problem, edge: int) -> list[Reason]:
    if problem.edges.fixed[edge] > 0:
        return [Reason("confirmed")]
    return [Reason("agreed")] if problem.edges.agreed[edge] else []


def _matter(problem: Problem, edge: int, need: Need, resource: Resource) -> list[Reason]:
    reasons = []
    kind = problem.need_kind[problem.need_row[need.id]]
    if kind and kind == problem.resource_kind[problem.resource_row[resource.id]]:
        reasons.append(Reason("same_kind", {"kind": problem.taxonomy.name_of(kind), "code": kind}))
    shared = need.wants & resource.gives
    if shared:
        reasons.append(Reason("gives_tags", {"tags": tuple(sorted(shared))}))
    words = shared_words(need.title + " " + need.detail, resource.title + " " + resource.detail)
    if words:
        reasons.append(Reason("same_words", {"words": words}))
    return reasons


def _timing(need: Need, resource: Resource) -> list[Reason]:
    for asked in need.windows:
        for held in resource.windows:
            if overlaps(asked, held):
                span = {"start": max(asked.start, held.start), "end": min(asked.end, held.end)}
                return [Reason("same_time", {"day": asked.day, **span})]
    if need.due_on and resource.starts_on and resource.starts_on <= need.due_on:
        return [Reason("before_due", {"due": need.due_on})]
    return []


def _amounts(problem: Problem, edge: int, need: Need, resource: Resource) -> list[Reason]:
    asked, held = need.amount, resource.amount
    if asked is None or held is None:
        return []
    if is_room(resource) and family(need.measure) == "people":
        return [Reason("seats_enough", {"seats": held, "people": asked})]
    if _enough(need, resource) and problem.edges.use[edge] == 1.0:
        amounts = {"asked": asked, "measure": need.measure}
        return [Reason("amount", {**amounts, "held": held, "held_measure": resource.measure})]
    return []


def _enough(need: Need, resource: Resource) -> bool:
    """Whether all that is asked is offered, counted alike: six sets and one room say nothing."""
    same = family(need.measure) == family(resource.measure)
    alike = same and (family(need.measure) != "things" or need.measure == resource.measure)
    return alike and (amount_of(resource) or 0) >= (amount_of(need) or 0)


def _place(need: Need, resource: Resource) -> list[Reason]:
    km = kilometres(need, resource)
    if km is not None:
        return [Reason("distance", {"km": round(km, 1)})]
    if need.community and need.community == resource.community:
        return [Reason("same_community", {"community": need.community})]
    if need.side and need.side == resource.side:
        return [Reason("same_side", {"side": need.side})]
    return []


def why_not(plan: Plan, need: str, resource: str) -> Reason:
    """The first true cause that this pair is not in the plan; `proposed` when it is.

    Raises `KeyError` for an id the problem doesn't know.
    """
    problem = plan.problem
    row, column = problem.need_row[need], problem.resource_row[resource]
    own = np.flatnonzero(problem.parts.need == row)
    causes = []
    for part in own.tolist():
        screened = problem.screen.rows(np.array([row]), [problem.parts.tag[part]])
        causes.append(_cause(plan, part, column, screened, 0))
    return max(causes, key=lambda cause: RANK.index(cause.code))


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


def _cause(plan: Plan, part: int, column: int, screened: Screened, at: int) -> Reason:
    problem = plan.problem
    row = int(problem.parts.need[part])
    need, resource = problem.needs[row], problem.resources[column]
    edges = np.flatnonzero(
        (problem.edges.part == part) & (problem.lots.resource[problem.edges.lot] == column)
    )
    if np.isin(edges, plan.proposals.edge).any():
        return Reason("proposed")
    if (need.id, resource.id) in problem.refused:
        return Reason("refused", {"resource": resource.id})
    blocked = _filtered(problem, part, column, screened, at)
    if blocked:
        return blocked
    demand = int(problem.parts.demand[part])
    capacity = float(problem.lots.capacity[problem.lots.resource == column].max())
    if not len(edges) and terms(need, resource, demand, capacity) is None:
        held = {"held": resource.amount, "held_measure": resource.measure}
        asked = {"asked": need.amount, "measure": need.measure, "min_lot": resource.min_lot}
        return Reason("too_small", {**held, **asked})
    if float(screened.fit[at, column]) < plan.options.floor:
        return Reason(
            "weak_fit",
            {"fit": round(float(screened.fit[at, column]), 2), "floor": plan.options.floor},
        )
    if not len(edges):
        return Reason("not_among_best", {"k": problem.k})
    return _crowded(plan, part, edges)


def _filtered(
    problem: Problem, part: int, column: int, screened: Screened, at: int
) -> Reason | None:
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


def _crowded(plan: Plan, part: int, edges: np.ndarray) -> Reason:
    """Why a good edge lost: who holds its supply, or who serves the need instead."""
    problem, given = plan.problem, plan.proposals
    held = problem.edges.lot[given.edge]
    resource = int(problem.lots.resource[int(problem.edges.lot[edges[0]])])
    by_lot = given.edge[np.isin(held, problem.edges.lot[edges])]
    same = given.edge[problem.lots.resource[held] == resource]
    provider = given.edge[
        problem.provider[problem.lots.resource[held]] == problem.provider[resource]
    ]
    serving = given.edge[problem.edges.part[given.edge] == part]
    served = int(given.units[problem.edges.part[given.edge] == part].sum())
    name = {"resource": problem.resources[resource].id}
    if served >= int(problem.parts.demand[part]) or len(serving) >= int(
        problem.parts.max_suppliers[part]
    ):
        others = tuple(_ends(problem, edge)[1].id for edge in serving.tolist())
        return Reason("served_by_others", {**name, "others": others})
    if problem.exclusive[resource] and len(same):
        return Reason("exclusive_taken", {**name, "holders": _needs(problem, same)})
    if len(provider) >= problem.cap[problem.provider[resource]]:
        return Reason("provider_full", {**name, "holders": _needs(problem, provider)})
    if len(by_lot):
        return Reason("taken", {**name, "holders": _needs(problem, by_lot)})
    if problem.parts.whole[part]:
        return Reason("not_completable", name)
    return Reason("better_elsewhere", name)


def _needs(problem: Problem, edges: np.ndarray) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ends(problem, edge)[0].id for edge in edges.tolist()))


def unmet(plan: Plan) -> list[Unmet]:
    """Every need (or part of one) without enough proposals, with the nearest cause."""
    problem, given = plan.problem, plan.proposals
    served = np.zeros(len(problem.parts.need), dtype=np.int64)
    np.add.at(served, problem.edges.part[given.edge], given.units)
    short = np.flatnonzero(served < problem.parts.demand)
    listed: list[Unmet] = []
    for start in range(0, len(short), 256):
        block = short[start : start + 256]
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
                    cause=_nearest(plan, part, screened, at),
                )
            )
    return listed


def _nearest(plan: Plan, part: int, screened: Screened, at: int) -> Reason:
    """The cause of the offers that come nearest, or that nobody offers this kind at all."""
    problem = plan.problem
    need = problem.needs[int(problem.parts.need[part])]
    kind, words = screened.fits[at, :, 0], screened.fits[at, :, 1]
    relevant = screened.suits[at] & ((kind >= 0.5) | (words**2 >= ALIKE))
    near = np.flatnonzero(relevant)
    order = near[np.lexsort((near, -screened.fit[at, near]))][:12]
    causes = [
        (RANK.index(cause.code), cause)
        for cause in (_cause(plan, part, column, screened, at) for column in order.tolist())
        if cause.code not in ("proposed", "served_by_others")
    ]
    if causes and max(causes, key=lambda one: one[0])[0] > RANK.index("own_offer"):
        best = max(rank for rank, _ in causes)
        return next(cause for rank, cause in causes if rank == best)
    if np.isin(part, problem.edges.part[plan.proposals.edge]):
        return Reason("not_enough_offered")
    tag = problem.parts.tag[part]
    if "permission" in (tag, *need.wants):
        return Reason("needs_permission")
    code = problem.need_kind[int(problem.parts.need[part])]
    wants = (tag,) if tag else tuple(sorted(need.wants))
    kind_of = {"kind": problem.taxonomy.name_of(code), "code": code}
    return Reason("nobody_offers", {**kind_of, "wants": wants})
