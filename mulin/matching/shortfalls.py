"""Needs without enough proposals, each with the cause that comes nearest to a match."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mulin.matching.causes import RANK, failing, filtered, look
from mulin.matching.crowding import crowded, crowding, need_of
from mulin.matching.given import Given, given_of
from mulin.matching.problem import Ints, Plan, Problem, Reason, Unmet
from mulin.matching.screening import Screened

NEAREST = 12
"""Offers looked at to say why a need stays open."""

RELATED = 0.3
"""The least fit of an offer that is named as the nearest one."""

ALL_PAIRS = 2_000_000
"""Up to so many pairs, needs without an edge are screened against every offer; beyond that,
against some of their own kind and those they have an edge to."""

OF_KIND = 200
"""Offers of a need's own kind it is then compared with, spread over the list."""

BLOCK, FEW = 256, 8
"""Parts screened at once: against every offer, against some."""


def unmet(plan: Plan) -> list[Unmet]:
    """Every need (or part of one) without enough proposals, with the nearest cause."""
    given, problem = given_of(plan), plan.problem
    short = np.flatnonzero(given.part_left > 0)
    causes = _by_edges(given, short)
    if problem.needs:
        far = np.array([part for part in short.tolist() if part not in causes], dtype=np.int64)
        causes |= _by_offers(given, far)
    return [
        Unmet(
            need=need_of(problem, int(problem.parts.need[part])),
            tag=problem.parts.tag[part],
            missing=int(given.part_left[part]),
            demand=int(problem.parts.demand[part]),
            cause=causes.get(part) or _nobody(given, part),
        )
        for part in short.tolist()
    ]


def _by_edges(given: Given, short: Ints) -> dict[int, Reason]:
    """The nearest cause of the parts that have an edge worth proposing, in one pass."""
    edges = given.problem.edges
    first, count = edges.ptr[short], np.diff(edges.ptr)[short]
    edge = np.repeat(first - (np.cumsum(count) - count), count) + np.arange(count.sum())
    may = (edges.fit[edge] >= given.options.floor) | edges.agreed[edge]
    unused = np.ones(len(edges), dtype=bool)
    unused[given.used] = False
    edge = edge[may & unused[edge]]
    codes = crowding(given, edge)
    names, which = np.unique(codes, return_inverse=True)
    rank = np.array([RANK.index(name) for name in names.tolist()], dtype=np.int64)[which]
    part = edges.part[edge]
    order = np.lexsort((-edge, edges.fit[edge], rank, part))
    last = order[np.flatnonzero(np.diff(part[order], append=-1))]
    chosen = zip(edge[last].tolist(), codes[last].tolist(), strict=True)
    return {int(edges.part[one]): crowded(given, one, code) for one, code in chosen}


def _by_offers(given: Given, far: Ints) -> dict[int, Reason]:
    """The nearest cause of parts without such an edge: what keeps the likeliest offers apart."""
    causes = {}
    for rows, columns in _blocks(given.problem, far):
        screened = look(given.problem, rows, columns)
        if columns is None:
            columns = np.arange(len(given.problem.resources))
        near = screened.suits & (screened.fit >= RELATED)
        for at, part in enumerate(rows.tolist()):
            found = np.flatnonzero(near[at])
            best = found[np.lexsort((columns[found], -screened.fit[at, found]))][:NEAREST]
            cause = _nearest(given, part, columns, screened, at, best.tolist())
            if cause:
                causes[part] = cause
    return causes


def _blocks(problem: Problem, far: Ints) -> Iterator[tuple[Ints, Ints | None]]:
    """Parts to screen together, and the offers to screen them against."""
    if len(far) * len(problem.resources) <= ALL_PAIRS:
        for start in range(0, len(far), BLOCK):
            yield far[start : start + BLOCK], None
        return
    kinds = np.array(problem.resource_kind)
    asked = np.array(problem.need_kind)[problem.parts.need[far]]
    for kind in np.unique(asked).tolist():
        rows, like = far[asked == kind], np.flatnonzero(kinds == kind)
        like = like[:: max(1, -(-len(like) // OF_KIND))]
        for start in range(0, len(rows), FEW):
            block = rows[start : start + FEW]
            yield block, np.union1d(like, _known(problem, block))


def _known(problem: Problem, parts: Ints) -> Ints:
    edges = problem.edges
    spans = [edges.lot[slice(*edges.ptr[part : part + 2])] for part in parts.tolist()]
    return np.unique(problem.lots.resource[np.concatenate(spans)])


def _nearest(
    given: Given, part: int, columns: Ints, screened: Screened, at: int, best: list[int]
) -> Reason | None:
    """The cause nearest to a match among these offers; None where none of them tells."""
    problem = given.problem
    found: list[tuple[int, int, str, int, int]] = []
    need = problem.needs[int(problem.parts.need[part])]
    for beside in best:
        column = int(columns[beside])
        code = failing(given, part, column, screened, at, beside) or "weak_fit"
        if (need.id, problem.resources[column].id) in problem.refused:
            code = "refused"
        elif code == "weak_fit" and screened.fit[at, beside] >= given.options.floor:
            code = "not_among_best"
        if code != "own_offer":
            found.append((RANK.index(code), -len(found), code, column, beside))
    if not found:
        return None
    _, _, code, column, beside = max(found)
    cause = filtered(problem, part, column, code)
    if code != "weak_fit":
        return cause
    told = {"fit": round(float(screened.fit[at, beside]), 2), "floor": given.options.floor}
    return Reason(code, {**cause.params, **told})


def _nobody(given: Given, part: int) -> Reason:
    """That nothing offered comes near: too little of it, no permission, or none of its kind."""
    problem = given.problem
    if given.of_part(part):
        return Reason("not_enough_offered")
    tag, body = problem.parts.tag[part], problem.parts.body[part]
    if body:
        return Reason("needs_approval", {"body": body})
    if not problem.needs:
        return Reason("nobody_offers", {"kind": "", "code": "", "wants": ()})
    need = problem.needs[int(problem.parts.need[part])]
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
