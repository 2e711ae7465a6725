"""How far a family's fractions lie above whole plans, by exact solution of a small instance."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from benchmarks.matching import engine
from benchmarks.matching.checking import checked
from benchmarks.matching.fairness import open_edges
from benchmarks.matching.families import SIZES
from benchmarks.matching.generator import instance

SIZE = "tiny"


def integral(asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """A line: the linear bound, the best whole plan and its bound, and ours of the same items.

    `lp_gap` is what no engine can close against the linear bound; `below` is what ours misses of
    the whole optimum at most, `bound_above` what its bound lies above it.
    """
    from benchmarks.matching.baselines import highs

    engine.warm()
    problem = engine.build(instance(SIZES[SIZE], asked.family, asked.seed))
    plan, _ = engine.spend(problem, 2.0, seed=asked.seed)
    numbers = open_edges(problem)
    linear = highs.linear(numbers).bound
    found = highs.integer(numbers, limit_s=min(30.0, asked.limit))
    whole = checked(numbers, found.units).objective
    yield {
        "size": SIZE, "lp_bound": round(linear, 4), "whole_plan": round(whole, 4),
        "whole_bound": round(found.bound, 4), "solver": found.status,
        "lp_gap": round((linear - found.bound) / linear, 5),
        "objective": round(plan.objective, 4), "bound": round(plan.bound, 4),
        "gap": round(plan.gap, 5), "below": round((found.bound - plan.objective) / found.bound, 5),
        "bound_above": round((plan.bound - found.bound) / found.bound, 5),
    }  # fmt: skip
