"""Small changes to a plan people work with: how long re-solving takes, and what it takes away."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np

from benchmarks.matching import engine
from benchmarks.matching.families import SIZES
from benchmarks.matching.generator import Instance, instance
from benchmarks.matching.measuring import milliseconds, quantile
from mulin import matching

DELTAS, COLD = 24, 3
CHANGED = 0.01
"""Share of the items that change: half leave; a quarter arrives, a quarter becomes another."""

CONFIRMED, AGREED = 0.1, 0.2
"""Shares of the first plan's links that people have confirmed, and agreed to, before."""

Pair = tuple[str, str]


def resolved(asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """One line over `DELTAS` changes, each made to the same settled plan."""
    engine.warm()
    items = instance(SIZES[asked.size], asked.family, asked.seed)
    plan, confirmed = settled(items, asked.seconds, asked.seed)
    fresh = instance(max(100, SIZES[asked.size] // 50), asked.family, asked.seed + 1000)
    links, random = pairs(plan), np.random.default_rng([asked.seed, 7])
    told = []
    for row in range(DELTAS):
        delta = change(items, fresh, random)
        ms, (after, _) = milliseconds(matching.resolve, plan, delta)
        told.append(figures(ms, links, after, delta, confirmed))
        if row < COLD:
            told[-1]["above"] = after.gap - cold_gap(items, plan, delta, asked.seconds, asked.seed)
    times = [one["ms"] for one in told]
    above = [one["above"] for one in told if "above" in one]
    yield {
        "deltas": DELTAS, "p50_ms": round(quantile(times, 0.5), 2),
        "p95_ms": round(quantile(times, 0.95), 2), "base_gap": round(plan.gap, 5),
        "gap": round(median(one["gap"] for one in told), 5),
        "gap_above_cold": round(max(above), 5), "links": len(links),
        "links_dropped": sum(one["dropped"] for one in told),
        "links_forced": sum(one["forced"] for one in told),
        "dropped": round(sum(one["dropped"] for one in told) / (DELTAS * len(links)), 6),
        "confirmed": len(confirmed),
        "confirmed_dropped": sum(one["confirmed_dropped"] for one in told),
        "violations": sum(one["violations"] for one in told),
    }  # fmt: skip


def settled(items: Instance, seconds: float, seed: int) -> tuple[matching.Plan, set[Pair]]:
    """A plan some of whose links people have confirmed or agreed to, solved again with them."""
    first, _ = engine.spend(engine.build(items), seconds, seed=seed)
    found, edges = first.problem, first.problem.edges
    dice = np.random.default_rng([seed, 5]).random(len(first.proposals.edge))
    fixed, agreed = [], []
    for edge, units, die in zip(first.proposals.edge, first.proposals.units, dice, strict=True):
        need = found.needs[int(found.parts.need[edges.part[edge]])].id
        resource = found.resources[int(found.lots.resource[edges.lot[edge]])].id
        if die < CONFIRMED:
            fixed.append(matching.Link(need, resource, int(units)))
        elif die < CONFIRMED + AGREED:
            agreed.append(matching.Link(need, resource))
    again = engine.build(items, fixed=fixed, agreed=agreed)
    return engine.spend(again, seconds, seed=seed)[0], {(one.need, one.resource) for one in fixed}


def change(items: Instance, fresh: Instance, random: np.random.Generator) -> matching.Delta:
    """Half of the changing items leave; new ones arrive, and some become another under their id."""

    def moved(old: list[Any], new: list[Any]) -> tuple[set[str], list[Any]]:
        count = max(2, int(CHANGED * len(old)))
        rows = random.choice(len(old), count, replace=False)
        leaving = {old[row].id for row in rows[: count // 2]}
        drawn = random.integers(0, len(new), count - count // 2).tolist()
        half = len(drawn) // 2
        came = [replace(new[at], id=f"{new[at].id}+{row}") for row, at in enumerate(drawn[:half])]
        other = rows[count // 2 :][half:]
        became = [
            replace(new[at], id=old[row].id) for row, at in zip(other, drawn[half:], strict=True)
        ]
        return leaving, came + became

    gone, needs = moved(items.needs, fresh.needs)
    left, resources = moved(items.resources, fresh.resources)
    return matching.Delta(
        needs=tuple(needs), resources=tuple(resources), gone=frozenset(gone | left)
    )


@dataclass(frozen=True)
class After:
    """Items and links as they are once a change has come."""

    items: Instance
    fixed: list[matching.Link]
    agreed: list[matching.Link]


def applied(items: Instance, plan: matching.Plan, delta: matching.Delta) -> After:
    """The items and people's links with the change made to them."""
    needs = {one.id: one for one in items.needs if one.id not in delta.gone}
    supply = {one.id: one for one in items.resources if one.id not in delta.gone}
    needs |= {one.id: one for one in delta.needs}
    supply |= {one.id: one for one in delta.resources}
    fixed, agreed = (
        [one for one in links if one.need in needs and one.resource in supply]
        for links in (plan.problem.fixed, plan.problem.agreed)
    )
    return After(Instance(list(needs.values()), list(supply.values())), fixed, agreed)


def cold_gap(
    items: Instance, plan: matching.Plan, delta: matching.Delta, seconds: float, seed: int
) -> float:
    """The gap of a plan of the changed items made without the earlier one."""
    after = applied(items, plan, delta)
    problem = engine.build(after.items, fixed=after.fixed, agreed=after.agreed)
    return float(engine.spend(problem, seconds, seed=seed)[0].gap)


def pairs(plan: matching.Plan) -> set[Pair]:
    """Need and resource of every link of a plan."""
    found, edges = plan.problem, plan.problem.edges
    given = plan.proposals.edge
    needs = found.parts.need[edges.part[given]].tolist()
    supply = found.lots.resource[edges.lot[given]].tolist()
    return {
        (found.needs[need].id, found.resources[resource].id)
        for need, resource in zip(needs, supply, strict=True)
    }


def figures(
    ms: float, before: set[Pair], after: matching.Plan, delta: matching.Delta, confirmed: set[Pair]
) -> dict[str, Any]:
    """What one change took and did; a link is forced out where its need or resource changed."""
    now = pairs(after)
    arrived = {one.id for one in delta.needs} | {one.id for one in delta.resources}
    changed = delta.gone | arrived
    lost = before - now
    forced = {pair for pair in lost if set(pair) & changed}
    there = {pair for pair in confirmed if not set(pair) & delta.gone}
    return {
        "ms": ms, "gap": after.gap, "dropped": len(lost - forced), "forced": len(forced),
        "confirmed_dropped": len(there - now),
        "violations": engine.check(after.problem, after).violations,
    }  # fmt: skip
