"""What fairness between communities costs, beside the linear max-min level by HiGHS."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.matching import engine, stored
from benchmarks.matching.families import SIZES
from benchmarks.matching.generator import instance
from benchmarks.matching.measuring import Clock
from benchmarks.matching.numeric import numeric
from mulin.matching.problem import Options, Problem

WAYS = ("maxmin", "leximin")
GAP = 0.005
"""Both the plain and the fair run may stop here, so that their times compare."""


def fair(asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """A line for each way of being fair: least share, the LP's least share, cost, time."""
    from benchmarks.matching.baselines.highs import solved_lp

    engine.warm()
    which = (SIZES[asked.size], asked.family, asked.seed)
    problem = numeric(*which) if asked.numbers else engine.build(instance(*which))
    clock = Clock()
    level, solver = most_even(open_edges(problem), solved_lp, 6 * asked.limit)
    lp = {"lp_min_share": round(level, 4), "lp_cpu_s": clock.read()["cpu_s"], "lp_solver": solver}
    seconds = 4 * asked.seconds
    clock = Clock()
    plain, _ = engine.spend(problem, seconds, gap=GAP, seed=asked.seed)
    plain_s, before = clock.read()["wall_s"], engine.check(problem, plain).columns()
    for way in WAYS:
        clock = Clock()
        try:
            plan, _ = engine.spend(problem, seconds, gap=GAP, seed=asked.seed, fairness=way)
        except ValueError as error:
            yield {"fairness": way, "skipped": str(error)}
            continue
        spent, after = clock.read(), engine.check(problem, plan).columns()
        cost = max(0.0, 1.0 - after["objective"] / before["objective"])
        yield {
            "fairness": way, **spent, **after, **lp,
            "said_cost": getattr(plan, "cost", None), "cost": round(cost, 5),
            "below_lp": round(level - after["min_share"], 4),
            "plain_min_share": before["min_share"], "plain_gap": round(plain.gap, 5),
            "time_ratio": round(spent["wall_s"] / plain_s, 2),
        }  # fmt: skip


def open_edges(problem: Problem) -> Problem:
    """The numbers of the problem with its usable edges alone."""
    rows = stored.usable(problem, Options().floor)
    edges = problem.edges
    kept = {name: getattr(edges, name)[rows] for name in stored.EDGES}
    count = np.bincount(kept["part"], minlength=len(problem.parts.need))
    ptr = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    return replace(problem, edges=replace(edges, ptr=ptr, **kept))


def most_even(problem: Problem, solve: Any, limit_s: float) -> tuple[float, str]:
    """The highest least share of a community when units and engagements may be fractions."""
    from benchmarks.matching.baselines.relaxation import relaxation

    relaxed, parts, edges = relaxation(problem), problem.parts, problem.edges
    group = parts.group[edges.part]
    inside = np.flatnonzero(group >= 0)
    whole = np.bincount(parts.group[parts.group >= 0], parts.weight[parts.group >= 0])
    share = (parts.weight / parts.demand)[edges.part] * edges.high
    known = np.flatnonzero(whole > 0)
    place = np.full(len(whole), -1)
    place[known] = np.arange(len(known))
    served = sparse.csr_matrix(
        (-(share[inside] / whole[group[inside]]), (place[group[inside]], inside)),
        (len(known), len(edges)),
    )
    level = sparse.csr_matrix(np.ones((len(known), 1)))
    rows = sparse.bmat([[relaxed.rows, None], [served, level]], format="csr")
    gain = np.concatenate([np.zeros(len(edges)), [1.0]])
    limit = np.concatenate([relaxed.limit, np.zeros(len(known))])
    # On these rows HiPO took minutes where the older interior point method took seconds.
    found, solver = solve(gain, np.ones(len(gain)), rows, limit, limit_s, ("ipm",))
    return float(np.array(found.col_value)[-1]), solver
