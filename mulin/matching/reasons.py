"""What is proposed, by ids, and what speaks for each pair: reasons as data."""

from __future__ import annotations

from dataclasses import dataclass

from mulin.matching.amounts import amount_of, family, is_room
from mulin.matching.given import given_of
from mulin.matching.items import Need, Resource
from mulin.matching.problem import Plan, Problem, Reason
from mulin.matching.screening import kilometres, overlaps
from mulin.matching.words import shared_words

REASONS = (
    "confirmed",
    "agreed",
    "same_kind",
    "gives_tags",
    "same_words",
    "same_time",
    "before_due",
    "seats_enough",
    "amount",
    "jointly",
    "distance",
    "same_community",
    "same_side",
    "conditions",
)
"""Every code of a reason for a pair, most telling first."""


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


@dataclass(frozen=True)
class Missing:
    """What a need still lacks: the supply, the unit that must give it ("" for any), units."""

    tag: str
    body: str
    units: int


@dataclass(frozen=True)
class Joint:
    """All that is proposed for one need, taken together: one proposal, of one or more takers."""

    need: str
    members: tuple[Proposal, ...]
    missing: tuple[Missing, ...]

    @property
    def completes(self) -> bool:
        """Whether the need is wholly answered by its members."""
        return not self.missing


def joint(plan: Plan) -> list[Joint]:
    """The plan as one proposal for each need, in order of need, with what is still missing."""
    given, parts = given_of(plan), plan.problem.parts
    members: dict[str, list[Proposal]] = {}
    for one in proposals(plan):
        members.setdefault(one.need, []).append(one)
    listed = []
    for need, taken in members.items():
        own = given.parts[plan.problem.need_row[need]].tolist()
        short = tuple(
            Missing(parts.tag[part], parts.body[part], int(given.part_left[part]))
            for part in own
            if given.part_left[part] > 0
        )
        listed.append(Joint(need, tuple(taken), short))
    return listed


def proposals(plan: Plan) -> list[Proposal]:
    """The plan by ids, in order of need then fit."""
    problem, edges = plan.problem, plan.problem.edges
    listed = []
    for edge, units in zip(
        plan.proposals.edge.tolist(), plan.proposals.units.tolist(), strict=True
    ):
        part = int(edges.part[edge])
        need, resource = ends(problem, edge)
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
    """What speaks for an edge, most telling first: kind, supply, words, time, amount, place.

    Where others serve the same need with it, they are named (`jointly`).
    """
    problem = plan.problem
    need, resource = ends(problem, edge)
    reasons = [*_settled(problem, edge), *_matter(problem, edge, need, resource)]
    reasons += [*_timing(need, resource), *_amounts(problem, edge, need, resource)]
    reasons += [*_jointly(plan, edge), *_place(need, resource)]
    if resource.conditions:
        reasons.append(Reason("conditions", {"text": resource.conditions}))
    return tuple(reasons)


def ends(problem: Problem, edge: int) -> tuple[Need, Resource]:
    """The need and the resource an edge joins."""
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


def _jointly(plan: Plan, edge: int) -> list[Reason]:
    """Who else is proposed for the same part of the need."""
    problem, given = plan.problem, given_of(plan)
    held = given.of_part(int(problem.edges.part[edge]))
    others = dict.fromkeys(ends(problem, one)[1].id for one in held if one != edge)
    return [Reason("jointly", {"others": tuple(others)})] if others and edge in held else []


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
