"""HiGHS: the linear relaxation with guided rounding, and the whole integer model."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from benchmarks.matching.baselines.filling import Array, along, worth
from benchmarks.matching.baselines.relaxation import dual_bound, relaxation
from mulin.matching.problem import Problem

SOLVERS = ("hipo", "ipm")
"""The newer interior point method where the wheel has it, else the older one."""

FEASIBLE = 2
"""HiGHS's status of a solution that keeps every row."""


@dataclass(frozen=True)
class Optimum:
    """The relaxation's optimum: the share of every edge, a bound from its prices, who found it."""

    share: Array
    bound: float
    solver: str


def linear(problem: Problem, *, limit_s: float = 600.0) -> Optimum:
    """Solve the relaxation by interior points, without crossover.

    Raises `TimeoutError` where the limit passed first.
    """
    relaxed = relaxation(problem)
    found, solver = solved_lp(
        relaxed.gain, np.ones(len(relaxed.gain)), relaxed.rows, relaxed.limit, limit_s
    )
    duals = np.array(found.row_dual)
    bound = min(dual_bound(relaxed, duals), dual_bound(relaxed, -duals))
    return Optimum(np.array(found.col_value), bound, solver)


def solved_lp(
    gain: Array,
    upper: Array,
    rows: Any,
    limit: Array,
    limit_s: float,
    solvers: tuple[str, ...] = SOLVERS,
) -> Any:
    """HiGHS's solution of max gain·x, rows·x ≤ limit, 0 ≤ x ≤ upper; and the method's name."""
    for solver in solvers:
        model = _model(gain, upper, rows, (None, limit))
        _set(model, solver=solver, run_crossover="off", time_limit=limit_s)
        if model.run() == highspy.HighsStatus.kError:
            continue
        if model.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            raise TimeoutError(f"HiGHS {solver} did not end in {limit_s:.0f} s")
        return model.getSolution(), solver
    raise RuntimeError("HiGHS solved nothing")


def rounded(problem: Problem, share: Array) -> Array:
    """Units when edges are settled in the order of their share in the relaxation's optimum."""
    gain = worth(problem) * problem.edges.high
    share = np.round(share, 3)
    order = np.lexsort((-gain, -share))
    return along(problem, order, share * gain.max(initial=0) * 2 + gain)


@dataclass(frozen=True)
class Searched:
    """The integer model's best plan and bound, and when it was found: CPU and wall seconds."""

    units: Array
    bound: float
    found_cpu_s: float
    found_wall_s: float
    status: str


def integer(problem: Problem, *, limit_s: float) -> Searched:
    """Solve the whole model by branch and cut for at most so many seconds of wall time."""
    gain, upper, rows, lower, limit = _whole_model(problem)
    model = _model(gain, upper, rows, (lower, limit), integers=True)
    _set(model, time_limit=limit_s, mip_rel_gap=1e-4)
    started, found = (time.process_time(), time.perf_counter()), [0.0, 0.0]

    def better(_: Any) -> None:
        found[:] = time.process_time() - started[0], time.perf_counter() - started[1]

    model.cbMipImprovingSolution += better
    model.run()
    info, count = model.getInfo(), len(problem.edges)
    units = np.zeros(count)
    if info.primal_solution_status == FEASIBLE:
        units = np.rint(np.array(model.getSolution().col_value)[:count])
    return Searched(
        units=units.astype(np.int32),
        bound=float(info.mip_dual_bound),
        found_cpu_s=found[0],
        found_wall_s=found[1],
        status=model.modelStatusToString(model.getModelStatus()),
    )


def _whole_model(problem: Problem) -> tuple[Array, Array, Any, Array, Array]:
    """Columns: units of edges, whether edges are used, whether all-or-nothing parts are served."""
    edges, parts, relaxed = problem.edges, problem.parts, relaxation(problem)
    count, lots, needs = len(edges), len(problem.lots.capacity), len(parts.need)
    whole = np.flatnonzero(parts.whole)
    high = edges.high.astype(float)
    unit = relaxed.rows[: lots + needs] @ sparse.diags(1.0 / high)
    used = relaxed.rows[lots + needs :]
    served = sparse.csr_matrix(
        (-parts.demand[whole].astype(float), (lots + whole, np.arange(len(whole)))),
        (lots + needs, len(whole)),
    )
    same = sparse.eye(count, format="csr")
    rows = sparse.bmat(
        [
            [unit, None, served],
            [None, used, None],
            [same, -sparse.diags(high), None],
            [-same, sparse.diags(edges.low.astype(float)), None],
        ],
        format="csr",
    )
    upper = np.concatenate([high, np.ones(count + len(whole))])
    limit = np.concatenate([relaxed.limit, np.zeros(2 * count)])
    lower = np.full(len(limit), -highspy.kHighsInf)
    limit[lots + whole] = lower[lots + whole] = 0.0
    gain = np.concatenate([relaxed.gain / high, np.zeros(count + len(whole))])
    return gain, upper, rows, lower, limit


def _set(model: highspy.Highs, **options: Any) -> None:
    for name, setting in options.items():
        model.setOptionValue(name, setting)


def _model(
    gain: Array, upper: Array, rows: Any, limits: tuple[Array | None, Array], integers: bool = False
) -> highspy.Highs:
    model = highspy.Highs()
    _set(model, output_flag=False)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(gain), len(limits[1])
    lp.col_cost_, lp.sense_ = gain, highspy.ObjSense.kMaximize
    lp.col_lower_, lp.col_upper_ = np.zeros(len(gain)), upper
    lower = np.full(len(limits[1]), -highspy.kHighsInf) if limits[0] is None else limits[0]
    lp.row_lower_, lp.row_upper_ = lower, limits[1]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = rows.indptr
    lp.a_matrix_.index_ = rows.indices
    lp.a_matrix_.value_ = rows.data
    if integers:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(gain)
    model.passModel(lp)
    return model
