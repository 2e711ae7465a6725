"""Every rule of a plan counted again from the problem's arrays, apart from the engine's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.problem import Problem

Array = NDArray[Any]

SLACK = 1e-6


@dataclass(frozen=True)
class Checked:
    """What a plan gives: broken rules, objective, links, shares by group (NaN for no needs)."""

    violations: int
    objective: float
    links: int
    shares: Array

    def columns(self) -> dict[str, Any]:
        """The figures of a benchmark's line."""
        known = self.shares[np.isfinite(self.shares)]
        return {
            "objective": round(self.objective, 4),
            "violations": self.violations,
            "links": self.links,
            "min_share": round(float(known.min()), 4) if len(known) else None,
            "p10_share": round(float(np.quantile(known, 0.1)), 4) if len(known) else None,
            "gini": round(gini(known), 4) if len(known) else None,
        }


def checked(problem: Problem, units: Array) -> Checked:
    """Count the broken rules of a plan given as units of every edge (one row an edge)."""
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    given = np.flatnonzero(units)
    x, part, lot = units[given].astype(np.int64), edges.part[given], edges.lot[given]
    resource = lots.resource[lot]
    use, one = x * edges.use[given].astype(np.float64), np.ones(len(given))
    held = edges.fixed[given] > 0
    by = problem.provider[resource]

    def exceeded(row: Array, amount: Array, limit: Array) -> Array:
        """Rows over their limit; what people confirmed may exceed it, nothing beside it."""
        total = np.bincount(row, amount, len(limit))
        pinned = np.bincount(row[held], amount[held], len(limit))
        most = np.maximum(limit, pinned)
        return np.asarray(total > most * (1 + SLACK) + SLACK)

    served = np.bincount(part, x, len(parts.need))
    pinned = np.bincount(part[held], x[held], len(parts.need)) > 0
    broken = [
        (x < 1) | (~held & ((x < edges.low[given]) | (x > edges.high[given]))),
        (edges.fixed > 0) & (units != edges.fixed),
        parts.whole & (served > 0) & (served < parts.demand) & ~pinned,
        exceeded(part, x, parts.demand),
        exceeded(part, one, parts.max_suppliers),
        exceeded(lot, use, lots.capacity),
        exceeded(by, one, problem.cap),
        exceeded(resource, one, np.where(problem.exclusive, 1.0, np.inf)),
    ]
    share = parts.weight * np.minimum(1.0, served / parts.demand)
    return Checked(
        violations=int(sum(np.count_nonzero(one) for one in broken)),
        objective=float((parts.weight[part] / parts.demand[part] * edges.fit[given] * x).sum()),
        links=len(given),
        shares=shares(problem, share),
    )


def shares(problem: Problem, got: Array) -> Array:
    """What part of each group's weight was served, in 0..1."""
    parts = problem.parts
    inside = parts.group >= 0
    count = len(problem.groups) or int(parts.group.max(initial=-1)) + 1
    whole = np.bincount(parts.group[inside], parts.weight[inside], count)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.bincount(parts.group[inside], got[inside], count) / whole)


def gini(shares: Array) -> float:
    """Gini's coefficient of inequality, 0 for equal shares."""
    ordered = np.sort(shares)
    count = len(ordered)
    if not count or not ordered.sum():
        return 0.0
    rank = np.arange(1, count + 1)
    return float((2 * rank - count - 1) @ ordered / (count * ordered.sum()))
