"""The other methods by name: each takes a problem and says units of edges and what it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.matching.baselines import google, highs, rules, unit
from benchmarks.matching.baselines.filling import Array
from benchmarks.matching.checking import checked
from benchmarks.matching.measuring import Clock
from mulin.matching.problem import Problem

Found = tuple[Array, dict[str, Any]]


def first_come(problem: Problem, *, limit_s: float) -> Found:
    return rules.first_come(problem), {}


def best_edge(problem: Problem, *, limit_s: float) -> Found:
    return rules.best_edge(problem), {}


def flow(problem: Problem, *, limit_s: float) -> Found:
    return google.flow(problem), {"solver": "OR-Tools min-cost flow, side rules dropped, repaired"}


def _rounded(problem: Problem, solve: Callable[[], highs.Optimum]) -> Found:
    """Round a relaxation's optimum; `bound_cpu_s` is the relaxation's own time."""
    clock = Clock()
    found = solve()
    spent = clock.read()
    more = {
        "solver": found.solver, "bound": round(found.bound, 4),
        "bound_cpu_s": spent["cpu_s"], "bound_wall_s": spent["wall_s"],
    }  # fmt: skip
    return highs.rounded(problem, found.share), more


def highs_lp(problem: Problem, *, limit_s: float) -> Found:
    return _rounded(problem, lambda: highs.linear(problem, limit_s=6 * limit_s))


def pdlp(problem: Problem, *, limit_s: float) -> Found:
    return _rounded(problem, lambda: google.first_order(problem, limit_s=6 * limit_s))


def highs_milp(problem: Problem, *, limit_s: float) -> Found:
    found = highs.integer(problem, limit_s=limit_s)
    return found.units, {
        "bound": round(found.bound, 4), "found_cpu_s": round(found.found_cpu_s, 3),
        "found_wall_s": round(found.found_wall_s, 3), "solver": found.status,
    }  # fmt: skip


def scipy_unit(problem: Problem, *, limit_s: float) -> Found:
    """The optimum of the unit variant: another problem, so its bound is its own objective."""
    variant = unit.unit_variant(problem)
    units = unit.assigned(variant)
    found = checked(variant, units)
    return units, {**found.columns(), "variant": "unit", "bound": round(found.objective, 4)}


METHODS: dict[str, Callable[..., Found]] = {
    "highs_lp": highs_lp,
    "fcfs": first_come,
    "greedy": best_edge,
    "flow": flow,
    "pdlp": pdlp,
    "scipy_unit": scipy_unit,
    "highs_milp": highs_milp,
}

LARGEST = {
    "highs_lp": 10_000, "highs_milp": 10_000, "scipy_unit": 50_000,
    "pdlp": 200_000, "flow": 200_000,
}  # fmt: skip
"""Needs beyond which a method can't finish in sensible time or memory here."""
