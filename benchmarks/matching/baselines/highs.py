"""HiGHS: the linear relaxation with guided rounding, and the whole integer model."""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from benchmarks.matching.baselines.filling import Array, along, worth
from benchmarks.matching.baselines.relaxation import Relaxation, relaxation
from mulin.matching.problem import Problem

QUIET = {"output_flag": False}


def linear(problem: Problem, *, limit_s: float = 600.0) -> tuple[Array, Array, str]:
    """The relaxation's optimum x and row duals, and how it was solved.

    HiPO without crossover where the wheel has it, else the older interior point method. Raises
    `TimeoutError` where the limit passed first.
    """
    relaxed = relaxation(problem)
    for solver in ("hipo", "ipm"):
        model = _model(relaxed, {"solver": solver, "run_crossover": "off", "time_limit": limit_s})
        if model.run() == highspy.HighsStatus.kError:
            continue
        status = model.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise TimeoutError(f"HiGHS {solver} did not end in {limit_s:.0f} s")
        solution = model.getSolution()
        return np.array(solution.col_value), np.array(solution.row_dual), solver
    raise RuntimeError("HiGHS solved nothing")


def rounded(problem: Problem, x: Array) -> Array:
    """Units when edges are settled in the order of their share in the relaxation's optimum."""
    gain = worth(problem) * problem.edges.high
    share = np.round(x / problem.edges.high, 3)
    order = np.lexsort((-gain, -share))
    return along(problem, order, share * gain.max() * 2 + gain)


def _model(relaxed: Relaxation, options: dict[str, Any]) -> highspy.Highs:
    model = highspy.Highs()
    for name, setting in {**QUIET, **options}.items():
        model.setOptionValue(name, setting)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(relaxed.gain), len(relaxed.limit)
    lp.col_cost_, lp.sense_ = relaxed.gain, highspy.ObjSense.kMaximize
    lp.col_lower_, lp.col_upper_ = np.zeros(len(relaxed.gain)), relaxed.high
    lp.row_lower_ = np.full(len(relaxed.limit), -highspy.kHighsInf)
    lp.row_upper_ = relaxed.limit
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = relaxed.rows.indptr
    lp.a_matrix_.index_ = relaxed.rows.indices
    lp.a_matrix_.value_ = relaxed.rows.data
    model.passModel(lp)
    return model
