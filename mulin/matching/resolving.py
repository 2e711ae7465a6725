"""Solving again after something changed, keeping what people already have."""

from __future__ import annotations

from dataclasses import dataclass

from mulin.matching.candidates import problem as build
from mulin.matching.items import Need, Resource
from mulin.matching.problem import Link, Plan, key_of
from mulin.matching.solving import solve

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Delta:
    """What changed: items replaced or added by id, ids gone, pairs refused or settled since."""

    needs: tuple[Need, ...] = ()
    resources: tuple[Resource, ...] = ()
    gone: frozenset[str] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    fixed: tuple[Link, ...] = ()
    agreed: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Changes:
    """Pairs (need, tag, resource) kept, forced out (their item went or was refused), dropped for
    a better plan, and new."""

    kept: frozenset[Key]
    forced: frozenset[Key]
    dropped: frozenset[Key]
    added: frozenset[Key]


def resolve(plan: Plan, delta: Delta) -> tuple[Plan, Changes]:
    """The plan after a change. Earlier pairs are tried first and only given up for a gain."""
    old = plan.problem
    needs = {one.id: one for one in old.sources[0] if one.id not in delta.gone}
    supply = {one.id: one for one in old.sources[1] if one.id not in delta.gone}
    needs |= {one.id: one for one in delta.needs}
    supply |= {one.id: one for one in delta.resources}
    refused = old.refused | delta.refused
    fresh = build(
        list(supply.values()),
        list(needs.values()),
        taxonomy=old.taxonomy,
        k=old.k,
        fixed=[link for link in (*old.fixed, *delta.fixed) if _lives(link, needs, supply)],
        agreed=[
            link
            for link in (*old.agreed, *delta.agreed)
            if _lives(link, needs, supply) and (link.need, link.resource) not in refused
        ],
        refused=refused,
    )
    again = solve(fresh, plan.options, warm=plan)
    before, after = _keys(plan), _keys(again)
    lost = before - after
    forced = {
        key
        for key in lost
        if key[0] not in needs or key[2] not in supply or (key[0], key[2]) in refused
    }
    return again, Changes(
        kept=before & after,
        forced=frozenset(forced),
        dropped=lost - forced,
        added=after - before,
    )


def _lives(link: Link, needs: dict[str, Need], supply: dict[str, Resource]) -> bool:
    return link.need in needs and link.resource in supply


def _keys(plan: Plan) -> frozenset[Key]:
    return frozenset(key_of(plan.problem, edge) for edge in plan.proposals.edge.tolist())
