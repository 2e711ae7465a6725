"""Our own engine in the benchmark: items to problem to plan, and its plan as units of edges."""

from __future__ import annotations

import inspect
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.checking import Checked, checked
from benchmarks.matching.generator import Instance, instance
from benchmarks.matching.measuring import Clock, Trace
from benchmarks.matching.vocabulary import taxonomy
from mulin import matching

TINY = 120
"""Needs of the instance that warms up compiled code."""


@dataclass(frozen=True)
class Solved:
    """A plan, how long each half took, and what was reached on the way."""

    problem: matching.Problem
    plan: matching.Plan
    candidates_s: float
    solve_s: float
    spent: dict[str, float]
    trace: Trace

    def columns(self) -> dict[str, Any]:
        """The figures of a benchmark's line; rules are counted by two separate hands."""
        again = check(self.problem, self.plan)
        found = len(matching.verify(self.problem, self.plan).violations)
        # The bonus of agreed pairs is the engine's own affair; without any, sums must agree.
        off = abs(again.objective - self.plan.objective) > 1e-4 * max(1.0, again.objective)
        found += bool(off and not self.problem.edges.agreed.any())
        return {
            **self.spent,
            "candidates_s": round(self.candidates_s, 4),
            "solve_s": round(self.solve_s, 4),
            "edges": len(self.problem.edges),
            **again.columns(),
            "objective": round(self.plan.objective, 4),
            "bound": round(self.plan.bound, 4),
            "gap": round(self.plan.gap, 5),
            "violations": again.violations + found,
        }


def build(items: Instance, **more: Any) -> matching.Problem:
    """The problem of these items, by the instance's own kinds."""
    return matching.problem(items.resources, items.needs, taxonomy=taxonomy(), **more)


def solve(items: Instance, seconds: float, **wanted: Any) -> Solved:
    """End to end within so many seconds: what the candidates leave, the solver may spend."""
    clock = Clock()
    problem = build(items)
    candidates_s = clock.read()["wall_s"]
    left = max(0.1 * seconds, seconds - candidates_s)
    plan, trace = spend(problem, left, **wanted)
    spent = clock.read()
    return Solved(problem, plan, candidates_s, spent["wall_s"] - candidates_s, spent, trace)


def solve_numbers(problem: matching.Problem, seconds: float, **wanted: Any) -> Solved:
    """The solver alone, on a problem made without items."""
    clock = Clock()
    plan, trace = spend(problem, seconds, **wanted)
    spent = clock.read()
    return Solved(problem, plan, 0.0, spent["wall_s"], spent, trace)


def spend(problem: matching.Problem, seconds: float, **wanted: Any) -> tuple[Any, Trace]:
    """A plan after at most so many seconds, and what was reached when."""
    trace = Trace()
    options = matching.Options(**{"seconds": seconds, "gap": 0.0, **wanted})
    follows = "progress" in inspect.signature(matching.solve).parameters
    more: dict[str, Any] = {"progress": trace} if follows else {}
    return matching.solve(problem, options, **more), trace


def warm() -> None:
    """Let everything that compiles on first use do so, on an instance of its own."""
    matching.prepare()
    items = instance(TINY)
    problem = build(items)
    plan, _ = spend(problem, 0.3)
    for edge in plan.proposals.edge[:1].tolist():
        matching.why(plan, edge)
    matching.why_not(plan, items.needs[0].id, items.resources[0].id)
    new = replace(items.needs[1], id="new"), replace(items.resources[1], id="new")
    gone = frozenset({items.needs[0].id, items.resources[0].id})
    matching.resolve(plan, matching.Delta(needs=new[:1], resources=new[1:], gone=gone))
    with suppress(ValueError):
        spend(problem, 0.3, fairness="maxmin")


def units_of(problem: matching.Problem, plan: matching.Plan) -> NDArray[Any]:
    """Units of every edge of the problem."""
    units = np.zeros(len(problem.edges), dtype=np.int64)
    units[plan.proposals.edge] = plan.proposals.units
    return units


def check(problem: matching.Problem, plan: matching.Plan) -> Checked:
    """The plan's rules, counted by the benchmark's own code."""
    return checked(problem, units_of(problem, plan))
