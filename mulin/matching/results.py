"""From the arrays of a search back to a plan of the problem, checked before anyone sees it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mulin.matching.arrays import Arrays
from mulin.matching.certifying import Asked
from mulin.matching.pricing import Relaxation, Rows
from mulin.matching.problem import (
    Floats,
    Ints,
    Options,
    Plan,
    Prices,
    Problem,
    Proposals,
    Reals,
    edge_bonus,
    edge_values,
    usable,
)
from mulin.matching.verifying import verify


class UncheckedPlan(RuntimeError):
    """A plan that failed its own check; it never leaves the package."""


def checked_plan(
    problem: Problem,
    options: Options,
    given: tuple[Ints, Ints],
    certificate: tuple[float, Prices],
    *,
    seconds: float,
    cost: float = 0.0,
    fraction: Reals,
) -> Plan:
    """The plan that gives units to edges (two arrays), with the bound its prices show.

    Raises `UncheckedPlan` where the check finds a fault, which only a fault of ours can cause.
    """
    edge, units = given
    bound, prices = certificate
    value = edge_values(problem, edge) * units + edge_bonus(problem, options, edge)
    objective = float(value.sum())
    bound = max(bound, objective)
    shares = shares_of(problem, options, edge, units)
    reachable = reachable_groups(problem, options)
    plan = Plan(
        problem=problem,
        options=options,
        proposals=Proposals(
            edge=edge,
            units=units,
            value=value,
            parts=problem.edges.fit_parts[edge],
            reduced_profit=value - _asked_for(problem, prices, edge, units),
        ),
        objective=objective,
        bound=bound,
        gap=(bound - objective) / bound if bound > 0 else 0.0,
        prices=prices,
        shares=shares,
        seconds=seconds,
        min_share=min((shares[name] for name in reachable if name in shares), default=1.0),
        cost=cost,
        fraction=fraction,
    )
    report = verify(problem, plan)
    if report.violations:
        raise UncheckedPlan(str(report.violations[:3]))
    return plan


def given_by(problem: Problem, arrays: Arrays, units: Ints) -> tuple[Ints, Ints]:
    """Edges of the problem and their units: what the arrays' edges get, and what is fixed."""
    mine, fixed = np.flatnonzero(units), np.flatnonzero(problem.edges.fixed > 0)
    edge = np.concatenate([arrays.origin[mine], fixed]).astype(np.int64)
    amount = np.concatenate([units[mine], problem.edges.fixed[fixed]]).astype(np.int64)
    order = np.argsort(edge)
    return edge[order], amount[order]


def fixed_value(problem: Problem, options: Options) -> float:
    """What the fixed edges are worth, which every plan holds."""
    fixed = np.flatnonzero(problem.edges.fixed > 0)
    value = edge_values(problem, fixed) * problem.edges.fixed[fixed]
    return float((value + edge_bonus(problem, options, fixed)).sum())


def named_prices(
    problem: Problem, arrays: Arrays, program: Relaxation, price: Rows, asked: Asked
) -> Prices:
    """The prices of a certificate, by what they price in the problem."""
    lot = np.zeros(len(arrays.capacity))
    lot[arrays.lot_origin] = asked.lot
    supplier = np.zeros(len(arrays.demand))
    supplier[arrays.part_origin] = asked.supplier
    provider = np.zeros(len(problem.cap))
    provider[np.isfinite(problem.cap)] = price.provider * program.scale / np.maximum(arrays.cap, 1)
    exclusive = np.zeros(len(problem.exclusive))
    exclusive[problem.exclusive] = price.alone * program.scale
    demand = np.zeros(len(arrays.demand))
    demand[arrays.part_origin] = price.demand * program.scale
    groups = price.group * program.scale * program.most
    return Prices(lot, provider, exclusive, supplier, demand, groups)


def _asked_for(problem: Problem, prices: Prices, edge: Ints, units: Ints) -> Floats:
    lot = problem.edges.lot[edge]
    resource = problem.lots.resource[lot]
    entry = prices.provider[problem.provider[resource]] + prices.exclusive[resource]
    return np.asarray(prices.lot[lot] * problem.edges.use[edge] * units + entry)


def groups_of(problem: Problem, options: Options) -> tuple[Ints, Sequence[str]]:
    """The group each part counts for (-1 for none), and the groups' names."""
    if options.over == "community" or not problem.needs:
        return problem.parts.group, problem.groups
    names = sorted({need.side for need in problem.needs if need.side})
    number = {name: at for at, name in enumerate(names)} | {"": -1}
    sides = np.array([number[need.side] for need in problem.needs], dtype=np.int32)
    return sides[problem.parts.need], names


def shares_of(problem: Problem, options: Options, edge: Ints, units: Ints) -> dict[str, float]:
    """How much of what each group's parts weigh is served by these edges, by name, in 0..1."""
    parts, (group, names) = problem.parts, groups_of(problem, options)
    served = np.bincount(problem.edges.part[edge], units, minlength=len(parts.need))
    share = np.minimum(1.0, served / np.maximum(parts.demand, 1)) * parts.weight
    mine = group >= 0
    got = np.bincount(group[mine], share[mine], minlength=len(names))
    whole = np.bincount(group[mine], parts.weight[mine], minlength=len(names))
    return {
        name: float(part / all_) if all_ > 0 else 1.0
        for name, part, all_ in zip(names, got, whole, strict=True)
    }


def reachable_groups(problem: Problem, options: Options) -> list[str]:
    """Groups of which some part has an edge that may be used."""
    group, names = groups_of(problem, options)
    met = np.unique(group[problem.edges.part[usable(problem, options)]])
    return [names[at] for at in met.tolist() if at >= 0]
