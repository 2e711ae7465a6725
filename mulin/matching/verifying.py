"""Checking a plan without trusting the solver: every constraint and the bound, recomputed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mulin.matching.problem import Plan, Problem

SLACK = 1e-6


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
    """Recompute constraints, objective and bound of a plan in plain loops over its edges."""
    given = list(zip(plan.proposals.edge.tolist(), plan.proposals.units.tolist(), strict=True))
    found = [*_edges(problem, plan, given), *_sums(problem, given)]
    objective = sum(units * _value(problem, plan, edge) for edge, units in given)
    bound = dual_bound(problem, plan)
    if abs(objective - plan.objective) > SLACK * max(1.0, abs(objective)):
        found.append(Violation("objective", {"said": plan.objective, "is": objective}))
    if plan.bound < objective - SLACK or plan.bound < bound - SLACK * max(1.0, bound):
        found.append(Violation("bound", {"said": plan.bound, "is": bound}))
    return Report(tuple(found), objective, bound)


def _value(problem: Problem, plan: Plan, edge: int) -> float:
    part = int(problem.edges.part[edge])
    bonus = 1.0 + plan.options.keep_bonus * bool(problem.edges.agreed[edge])
    weight, demand = float(problem.parts.weight[part]), int(problem.parts.demand[part])
    return weight * float(problem.edges.fit[edge]) * bonus / demand


def _open(problem: Problem, plan: Plan, edge: int) -> bool:
    edges = problem.edges
    return bool(edges.agreed[edge]) or float(edges.fit[edge]) >= plan.options.floor


def _edges(problem: Problem, plan: Plan, given: list[tuple[int, int]]) -> list[Violation]:
    edges, found = problem.edges, []
    repeated = [edge for edge, count in Counter(edge for edge, _ in given).items() if count > 1]
    found += [Violation("repeated", {"edge": edge}) for edge in repeated]
    held = dict(given)
    for edge, units in given:
        need = problem.needs[int(problem.parts.need[int(edges.part[edge])])]
        resource = problem.resources[int(problem.lots.resource[int(edges.lot[edge])])]
        if int(edges.fixed[edge]) > 0:
            continue
        where = {"edge": edge, "need": need.id, "resource": resource.id, "units": units}
        if not int(edges.low[edge]) <= units <= int(edges.high[edge]):
            found.append(Violation("lot_size", where))
        if (need.id, resource.id) in problem.refused and not edges.agreed[edge]:
            found.append(Violation("refused", where))
        if not _open(problem, plan, edge):
            found.append(Violation("weak_fit", where))
    for edge in range(len(edges)):
        if int(edges.fixed[edge]) > 0 and held.get(edge, 0) < 1:
            found.append(Violation("fixed_dropped", {"edge": edge}))
    return found


def _sums(problem: Problem, given: list[tuple[int, int]]) -> list[Violation]:
    edges, parts, found = problem.edges, problem.parts, []
    served: dict[int, int] = defaultdict(int)
    used: dict[int, float] = defaultdict(float)
    pinned: dict[tuple[str, int], float] = defaultdict(float)
    suppliers, engaged, alone = Counter[int](), Counter[int](), Counter[int]()
    for edge, units in given:
        part, lot = int(edges.part[edge]), int(edges.lot[edge])
        resource = int(problem.lots.resource[lot])
        provider = int(problem.provider[resource])
        served[part] += units
        used[lot] += units * float(edges.use[edge])
        suppliers[part] += 1
        engaged[provider] += 1
        alone[resource] += 1
        if int(edges.fixed[edge]) > 0:
            for key, amount in (
                (("part", part), units),
                (("lot", lot), units * float(edges.use[edge])),
                (("suppliers", part), 1),
                (("provider", provider), 1),
                (("alone", resource), 1),
            ):
                pinned[key] += amount
    limits: list[tuple[str, Mapping[int, float], Any]] = [
        ("part", served, parts.demand),
        ("lot", used, problem.lots.capacity),
    ]
    limits += [("suppliers", suppliers, parts.max_suppliers), ("provider", engaged, problem.cap)]
    limits += [("alone", {r: n for r, n in alone.items() if problem.exclusive[r]}, None)]
    for code, sums, limit in limits:
        for row, total in sums.items():
            most = max(1.0 if limit is None else float(limit[row]), pinned[code, row])
            if total > most + SLACK * max(1.0, most):
                found.append(Violation(code, {"row": row, "total": total, "limit": most}))
    for part, total in served.items():
        if parts.whole[part] and total < int(parts.demand[part]) and not pinned["part", part]:
            found.append(Violation("not_whole", {"row": part, "total": total}))
    return found


def dual_bound(problem: Problem, plan: Plan) -> float:
    """The bound the plan's own prices show: idle supply at its price plus each part's best."""
    edges, prices = problem.edges, plan.prices
    lots = problem.lots.capacity.tolist()
    caps, alone = problem.cap.tolist(), [float(one) for one in problem.exclusive]
    left, total = problem.parts.demand.tolist(), 0.0
    choices: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for edge in range(len(edges)):
        units, lot = int(edges.fixed[edge]), int(edges.lot[edge])
        resource = int(problem.lots.resource[lot])
        if units:
            total += units * _value(problem, plan, edge)
            left[int(edges.part[edge])] -= units
            lots[lot] -= units * float(edges.use[edge])
            caps[int(problem.provider[resource])] -= 1
            alone[resource] -= 1
    for edge in range(len(edges)):
        lot, high = int(edges.lot[edge]), int(edges.high[edge])
        if int(edges.fixed[edge]) or lots[lot] <= 0 or not _open(problem, plan, edge):
            continue
        resource = int(problem.lots.resource[lot])
        cost = float(prices.provider[int(problem.provider[resource])])
        cost += float(prices.exclusive[resource])
        gain = _value(problem, plan, edge) - float(prices.lot[lot]) * float(edges.use[edge])
        choices[int(edges.part[edge])].append((gain - cost / high, high))
    for part, offers in choices.items():
        need = max(0, left[part])
        for gain, high in sorted(offers, reverse=True):
            if gain <= 0 or need <= 0:
                break
            total += gain * min(need, high)
            need -= min(need, high)
    total += sum(float(p) * max(0.0, q) for p, q in zip(prices.lot, lots, strict=True))
    total += sum(float(p) * max(0.0, c) for p, c in zip(prices.provider, caps, strict=True) if p)
    return total + sum(float(p) * max(0.0, a) for p, a in zip(prices.exclusive, alone, strict=True))
