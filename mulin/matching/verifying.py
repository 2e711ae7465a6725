"""Checking a plan without trusting the solver: every constraint and the bound, recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.problem import Plan, Prices, Problem

SLACK = 1e-6
SHOWN = 20
"""How many broken rows of one kind are named."""

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Violation:
    """One broken constraint and where."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What an independent pass found: no violations, and the figures it came to itself."""

    violations: tuple[Violation, ...]
    objective: float
    bound: float

    @property
    def ok(self) -> bool:
        """Whether the plan holds."""
        return not self.violations


def verify(problem: Problem, plan: Plan) -> Report:
    """Recompute constraints, objective and bound of a plan from the problem's own arrays.

    It shares no code with the solver. Codes: `edge`, `repeated`, `lot_size`, `refused`, `weak_fit`,
    `fixed_dropped`, `part`, `lot`, `suppliers`, `provider`, `alone`, `not_whole`, `objective`,
    `prices`, `bound`, each with the row and the figures.
    """
    edge, units = (np.asarray(one, np.int64) for one in (plan.proposals.edge, plan.proposals.units))
    outside = (edge < 0) | (edge >= len(problem.edges))
    if outside.any():
        row = int(edge[outside][0])
        return Report((Violation("edge", {"edge": row}),), float("nan"), float("nan"))
    found = [*_rows(problem, plan, edge, units), *_sums(problem, edge, units)]
    objective = float(_worth(problem, plan, edge, units).sum())
    if not abs(objective - plan.objective) <= SLACK * max(1.0, abs(objective)):
        found.append(Violation("objective", {"said": plan.objective, "is": objective}))
    bad = [name for name, price in _prices(plan.prices) if not _at_least_nothing(price)]
    found += [Violation("prices", {"of": name}) for name in bad]
    bound = float("inf") if bad else dual_bound(problem, plan)
    least = max(objective, bound - SLACK * max(1.0, bound))
    if not plan.bound >= least - SLACK:
        found.append(Violation("bound", {"said": plan.bound, "is": bound}))
    return Report(tuple(found), objective, bound)


def _prices(prices: Prices) -> list[tuple[str, Numbers]]:
    return [(name, getattr(prices, name)) for name in ("lot", "provider", "exclusive", "supplier")]


def _at_least_nothing(price: Numbers) -> bool:
    return bool(np.isfinite(price).all() and (price >= 0).all())


def _unit_values(problem: Problem, edge: Numbers) -> Numbers:
    part = problem.edges.part[edge]
    weight, demand = problem.parts.weight[part], problem.parts.demand[part]
    return np.asarray(weight * problem.edges.fit[edge].astype(float) / demand)


def _bonuses(problem: Problem, plan: Plan, edge: Numbers) -> Numbers:
    """What an agreed edge is worth once: `keep_bonus` of what its most units are worth."""
    most = _unit_values(problem, edge) * problem.edges.high[edge]
    return np.asarray(np.where(problem.edges.agreed[edge], plan.options.keep_bonus * most, 0.0))


def _worth(problem: Problem, plan: Plan, edge: Numbers, units: Numbers) -> Numbers:
    return np.asarray(_unit_values(problem, edge) * units + _bonuses(problem, plan, edge))


def _rows(problem: Problem, plan: Plan, edge: Numbers, units: Numbers) -> list[Violation]:
    """What is wrong with single edges of the plan."""
    edges = problem.edges
    free = edges.fixed[edge] == 0
    size = (units < np.maximum(edges.low[edge], 1)) | (units > edges.high[edge])
    weak = ~edges.agreed[edge] & (edges.fit[edge] < plan.options.floor)
    counts = np.bincount(edge, minlength=len(edges)) if len(edge) else np.zeros(len(edges), int)
    fixed = np.flatnonzero(edges.fixed > 0)
    kept = np.isin(fixed, edge[units == edges.fixed[edge]])
    found = [
        *_named("repeated", np.flatnonzero(counts > 1)),
        *_named("lot_size", edge[free & size]),
        *_named("weak_fit", edge[free & weak]),
        *_named("fixed_dropped", fixed[~kept]),
    ]
    if problem.refused:
        mine = [one for one in edge[free & ~edges.agreed[edge]].tolist() if _refused(problem, one)]
        found += _named("refused", np.array(mine))
    return found


def _refused(problem: Problem, edge: int) -> bool:
    need = problem.needs[int(problem.parts.need[problem.edges.part[edge]])]
    resource = problem.resources[int(problem.lots.resource[problem.edges.lot[edge]])]
    return (need.id, resource.id) in problem.refused


def _named(code: str, rows: Numbers) -> list[Violation]:
    return [Violation(code, {"edge": int(row)}) for row in rows[:SHOWN]]


def _sums(problem: Problem, edge: Numbers, units: Numbers) -> list[Violation]:
    """What is wrong with sums over parts, lots, providers and exclusive resources.

    What is fixed stands even where it breaks a limit: the limit is then what is fixed.
    """
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    part, lot = edges.part[edge], edges.lot[edge]
    resource = lots.resource[lot]
    provider = problem.provider[resource]
    fixed, one = edges.fixed[edge] > 0, np.ones(len(edge))
    used = units * edges.use[edge].astype(float)
    limits: list[tuple[str, Numbers, Numbers, Numbers]] = [
        ("part", part, units, parts.demand),
        ("lot", lot, used, lots.capacity),
        ("suppliers", part, one, parts.max_suppliers),
        ("provider", provider, one, problem.cap),
        ("alone", resource, one, np.where(problem.exclusive, 1.0, np.inf)),
    ]
    found: list[Violation] = []
    for code, rows, amounts, limit in limits:
        total = np.bincount(rows, amounts, minlength=len(limit))
        pinned = np.bincount(rows[fixed], amounts[fixed], minlength=len(limit))
        most = np.maximum(limit, pinned)
        over = np.flatnonzero(total > most + SLACK * np.maximum(1.0, most))
        found += [
            Violation(code, {"row": row, "total": float(total[row]), "limit": float(most[row])})
            for row in over[:SHOWN].tolist()
        ]
    served = np.bincount(part, units, minlength=len(parts.need))
    pinned = np.bincount(part[fixed], units[fixed], minlength=len(parts.need))
    broken = np.flatnonzero(parts.whole & (served > pinned) & (served < parts.demand))
    return found + [
        Violation("not_whole", {"row": row, "total": float(served[row])})
        for row in broken[:SHOWN].tolist()
    ]


def dual_bound(problem: Problem, plan: Plan) -> float:
    """The bound the plan's own prices show: idle supply at its price plus each part's best.

    Each part alone fills its demand from its densest edges (a continuous knapsack), paying the
    price of lots, of engaging a provider or an exclusive resource, and of each supplier it takes.
    """
    edges, parts, prices = problem.edges, problem.parts, plan.prices
    fixed = np.flatnonzero(edges.fixed > 0)
    taken, at, once = edges.fixed[fixed].astype(float), edges.lot[fixed], np.ones(len(fixed))
    resource = problem.lots.resource[at]
    left = _Left(
        demand=_rest(parts.demand, edges.part[fixed], taken),
        suppliers=_rest(parts.max_suppliers, edges.part[fixed], once),
        room=_rest(problem.lots.capacity, at, taken * edges.use[fixed]),
        caps=_rest(problem.cap, problem.provider[resource], once),
        alone=np.where(
            problem.exclusive, _rest(np.ones(len(problem.exclusive)), resource, once), 1
        ),
    )
    limited = np.isfinite(problem.cap)
    total = float(_worth(problem, plan, fixed, taken).sum())
    total += float((prices.lot * left.room).sum() + (prices.supplier * left.suppliers).sum())
    total += float((prices.provider[limited] * left.caps[limited]).sum())
    total += float((prices.exclusive * left.alone)[problem.exclusive].sum())

    edge, most = _possible(problem, plan, left)
    part, lot = edges.part[edge], edges.lot[edge]
    owner = problem.lots.resource[lot]
    price = np.where(limited, prices.provider, 0.0)[problem.provider[owner]]
    price += np.where(problem.exclusive, prices.exclusive, 0.0)[owner] + prices.supplier[part]
    gain = _unit_values(problem, edge) - prices.lot[lot] * edges.use[edge]
    once = _bonuses(problem, plan, edge) - price
    spread = np.where(once < 0, once / most, once / np.maximum(edges.low[edge], 1))
    return total + _filled(part, gain + spread, most, left.demand)


@dataclass(frozen=True)
class _Left:
    """What fixed edges leave of demands, suppliers, lots, engagements and exclusive resources."""

    demand: Numbers
    suppliers: Numbers
    room: Numbers
    caps: Numbers
    alone: Numbers


def _possible(problem: Problem, plan: Plan, left: _Left) -> tuple[Numbers, Numbers]:
    """Edges that some plan could use, and the most units it could give them."""
    edges = problem.edges
    edge = np.flatnonzero((edges.agreed | (edges.fit >= plan.options.floor)) & (edges.fixed == 0))
    lot, part = edges.lot[edge], edges.part[edge]
    owner = problem.lots.resource[lot]
    whole = np.floor(left.room[lot] / edges.use[edge] * (1 + SLACK) + SLACK)
    most = np.minimum(np.minimum(edges.high[edge], left.demand[part]), whole)
    may = (most >= np.maximum(edges.low[edge], 1)) & (left.suppliers[part] >= 1)
    may &= (left.caps[problem.provider[owner]] >= 1) & (left.alone[owner] >= 1)
    return edge[may], most[may]


def _rest(held: Numbers, rows: Numbers, amounts: Numbers) -> Numbers:
    return np.maximum(held - np.bincount(rows, amounts, minlength=len(held)), 0.0)


def _filled(part: Numbers, density: Numbers, most: Numbers, demand: Numbers) -> float:
    """What parts are worth, each filling its demand from its densest edges."""
    gains = np.flatnonzero(density > 0)
    order = gains[np.lexsort((-density[gains], part[gains]))]
    part, most = part[order], most[order]
    before = np.cumsum(most) - most
    first = np.searchsorted(part, part)
    amount = np.clip(demand[part] - (before - before[first]), 0, most)
    return float((density[order] * amount).sum())
