"""Generalised assignment solved by the engine's own `solve`, beside HiGHS on the same instances."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.matching import engine
from benchmarks.matching.baselines.highs import FEASIBLE
from benchmarks.matching.gap_laws import Assignment, drawn, read
from benchmarks.matching.measuring import Clock
from mulin import matching
from mulin.matching.problem import Edges, Lots, Parts

Line = dict[str, Any]

LAWS = "ABCDE"
SHAPES = ((5, 100), (20, 100))
SECONDS = 5.0
LEFT_OUT = 2.0


def gap_lines(paths: list[str], limit_s: float) -> Iterator[Line]:
    """Ours and HiGHS's line of each problem of the files; without files, of drawn ones."""
    engine.warm()
    for path in paths:
        for one in read(Path(path)):
            yield from _compared(one, limit_s)
    if not paths:
        for law in LAWS:
            for agents, jobs in SHAPES:
                yield from _compared(drawn(law, agents, jobs), limit_s)


def expressed(one: Assignment) -> matching.Problem:
    """Jobs are parts of one unit, agents are lots, and an edge's use is what the job needs there.

    Leaving a job out costs at least `LEFT_OUT` times the range of costs, more than a chain of moves
    that makes room for it; a plan that does so all the same has no cost. The bound holds anyhow.
    """
    agents, jobs = one.cost.shape
    job, agent = np.divmod(np.arange(agents * jobs, dtype=np.int32), np.int32(agents))
    unit, count = np.ones(jobs, dtype=np.int32), len(job)
    return matching.Problem(
        parts=Parts(
            need=np.arange(jobs, dtype=np.int32), tag=("",) * jobs, body=("",) * jobs, demand=unit,
            weight=np.ones(jobs), whole=np.ones(jobs, dtype=bool), max_suppliers=unit,
            group=np.full(jobs, -1, dtype=np.int32),
        ),
        lots=Lots(
            resource=np.arange(agents, dtype=np.int32), capacity=one.held.astype(np.float64),
            window=np.full(agents, -1, dtype=np.int32),
        ),
        edges=Edges(
            ptr=np.arange(0, count + 1, agents, dtype=np.int64), part=job, lot=agent,
            fit=(1.0 - (one.cost - one.cost.min())[agent, job] * _step(one)).astype(np.float32),
            fit_parts=np.zeros((count, 5), dtype=np.uint8),
            low=np.ones(count, dtype=np.int32), high=np.ones(count, dtype=np.int32),
            use=one.needed[agent, job].astype(np.float32),
            fixed=np.zeros(count, dtype=np.int32), agreed=np.zeros(count, dtype=bool),
        ),
        provider=np.arange(agents, dtype=np.int32),
        cap=np.full(agents, np.inf),
        exclusive=np.zeros(agents, dtype=bool),
    )  # fmt: skip


def _step(one: Assignment) -> float:
    """What one of cost takes from a fit."""
    return float(1.0 / ((LEFT_OUT + 1) * max(1.0, np.ptp(one.cost))))


def cost_of(one: Assignment, value: float, jobs: int) -> float:
    """The cost that so much objective stands for, all of `jobs` being assigned."""
    return float(jobs * one.cost.min() + (jobs - value) / _step(one))


def _compared(one: Assignment, limit_s: float) -> Iterator[Line]:
    theirs = by_highs(one, min(limit_s, 20.0))
    known = theirs["bound"]
    for line in (ours(one), theirs):
        gap = None if line["cost"] is None else round((line["cost"] - known) / abs(known), 5)
        told = {key: one.sign * line[key] if line[key] is not None else None
                for key in ("cost", "bound")}  # fmt: skip
        yield {**line, **told, "gap": gap}


def ours(one: Assignment) -> Line:
    """Our plan as a cost (none where a job is left out), and our bound as a cost."""
    problem, clock = expressed(one), Clock()
    plan, _ = engine.spend(problem, SECONDS)
    spent, again = clock.read(), engine.check(problem, plan)
    jobs = one.cost.shape[1]
    given = plan.proposals.edge
    cost = one.cost[problem.edges.lot[given], problem.edges.part[given]].sum()
    return {
        "method": "mulin", "size": f"gap-{one.name}", **spent, "jobs_assigned": again.links,
        "jobs": jobs, "cost": float(cost) if again.links == jobs else None,
        "bound": round(cost_of(one, plan.bound, jobs), 3),
        "violations": again.violations + len(matching.verify(problem, plan).violations),
    }  # fmt: skip


def by_highs(one: Assignment, limit_s: float) -> Line:
    """HiGHS on the usual model: least cost, each job to exactly one agent."""
    agents, jobs = one.cost.shape
    column = np.arange(agents * jobs)
    agent, job = np.divmod(column, jobs)
    rows = sparse.csr_matrix(
        (
            np.concatenate([np.ones(len(column)), one.needed.ravel()]),
            (np.concatenate([job, jobs + agent]), np.concatenate([column, column])),
        )
    )
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("time_limit", limit_s)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(column), jobs + agents
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = one.cost.ravel(), column * 0.0, column * 0.0 + 1
    none = np.full(agents, -highspy.kHighsInf)
    lp.row_lower_ = np.concatenate([np.ones(jobs), none])
    lp.row_upper_ = np.concatenate([np.ones(jobs), one.held])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = rows.indptr, rows.indices
    lp.a_matrix_.value_ = rows.data
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(column)
    model.passModel(lp)
    clock = Clock()
    model.run()
    info = model.getInfo()
    found: NDArray[Any] = np.rint(np.array(model.getSolution().col_value))
    solved = info.primal_solution_status == FEASIBLE
    return {
        "method": "highs_milp", "size": f"gap-{one.name}", **clock.read(),
        "jobs_assigned": int(found.sum()) if solved else 0, "jobs": jobs,
        "cost": float(one.cost.ravel() @ found) if solved else None,
        "bound": round(float(info.mip_dual_bound), 3), "violations": 0,
        "solver": model.modelStatusToString(model.getModelStatus()),
    }  # fmt: skip
