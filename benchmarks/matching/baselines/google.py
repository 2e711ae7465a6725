"""OR-Tools: min-cost flow with repair, and the first-order solver PDLP with guided rounding."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp
from scipy import sparse

from benchmarks.matching.baselines.filling import Array, along, worth
from benchmarks.matching.baselines.highs import Optimum
from benchmarks.matching.baselines.relaxation import dual_bound, relaxation
from mulin.matching.problem import Problem

FINE = 1_000_000
"""Costs are whole numbers there: millionths."""


def flow(problem: Problem) -> Array:
    """Units when side rules are dropped, the flow is exact, and what broke a rule is left out.

    A part's flow runs in the lot's units: in its own where they divide one by one, else in whole
    engagements. Where a part has both sorts of edges, those of its best edge's sort are in the
    flow; the others come in with the repair.
    """
    edges, parts = problem.edges, problem.parts
    gain = worth(problem) * edges.high
    divides = np.abs(edges.use - 1.0) < 1e-6
    best = np.lexsort((gain, edges.part))
    last = np.searchsorted(edges.part[best], np.arange(len(parts.need)), "right") - 1
    sort = np.zeros(len(parts.need), dtype=bool)
    served = np.flatnonzero(np.diff(edges.ptr))
    sort[served] = divides[best[last[served]]]
    taken = np.flatnonzero(divides == sort[edges.part])
    most = np.where(divides, edges.high, np.maximum(1, np.rint(edges.use * edges.high)))
    flowed = np.zeros(len(edges))
    flowed[taken] = _flowed(problem, taken, most[taken].astype(np.int64), gain[taken], sort)
    share = np.minimum(1.0, np.round(flowed / most, 3))
    order = np.lexsort((-gain, -share))
    return along(problem, order, share * gain.max(initial=0) * 2 + gain)


def _flowed(problem: Problem, taken: Array, most: Array, gain: Array, sort: Array) -> Array:
    """Units of lots that flow over each taken edge; leaving a part unserved costs nothing."""
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    needs, count = len(parts.need), len(lots.capacity)
    source, sink = needs + count, needs + count + 1
    wanted = np.where(sort, parts.demand, 1).astype(np.int64)
    np.maximum.at(wanted, edges.part[taken], np.where(sort[edges.part[taken]], 1, most))
    network = min_cost_flow.SimpleMinCostFlow()
    cost = -np.rint(gain / most * FINE).astype(np.int64)
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        edges.part[taken], needs + edges.lot[taken], most, cost
    )
    row = np.arange(needs)
    zero = np.zeros(max(needs, count), dtype=np.int64)
    network.add_arcs_with_capacity_and_unit_cost(np.full(needs, source), row, wanted, zero[:needs])
    network.add_arcs_with_capacity_and_unit_cost(row, np.full(needs, sink), wanted, zero[:needs])
    network.add_arcs_with_capacity_and_unit_cost(
        needs + np.arange(count), np.full(count, sink), lots.capacity.astype(np.int64), zero[:count]
    )
    network.set_node_supply(source, int(wanted.sum()))
    network.set_node_supply(sink, -int(wanted.sum()))
    if network.solve() != network.OPTIMAL:
        raise RuntimeError("the flow has no optimum")
    return np.asarray(network.flows(arcs))


def first_order(problem: Problem, *, tolerance: float = 1e-3, limit_s: float = 600.0) -> Optimum:
    """The relaxation by PDLP to a relative tolerance; its bound is made valid from its prices.

    Rows are scaled to a largest entry of 1: unscaled yuan beside halls kept it from converging.
    """
    relaxed = relaxation(problem)
    largest = relaxed.rows.max(axis=1).toarray().ravel()
    filled = np.flatnonzero(largest > 0)
    rows = sparse.diags(1.0 / largest[filled]) @ relaxed.rows[filled]
    limit = relaxed.limit[filled] / largest[filled]
    model = pdlp.QuadraticProgram()
    model.resize_and_initialize(len(relaxed.gain), len(limit))
    model.objective_vector = -relaxed.gain
    model.constraint_matrix = rows.tocsc()
    model.constraint_lower_bounds = np.full(len(limit), -np.inf)
    model.constraint_upper_bounds = limit
    model.variable_lower_bounds = np.zeros(len(relaxed.gain))
    model.variable_upper_bounds = np.ones(len(relaxed.gain))
    wanted = solvers_pb2.PrimalDualHybridGradientParams()
    criteria = wanted.termination_criteria
    criteria.simple_optimality_criteria.eps_optimal_relative = tolerance
    criteria.simple_optimality_criteria.eps_optimal_absolute = tolerance
    criteria.time_sec_limit = limit_s
    found = pdlp.primal_dual_hybrid_gradient(model, wanted)
    prices = np.zeros(len(relaxed.limit))
    prices[filled] = -np.asarray(found.dual_solution) / largest[filled]
    return Optimum(np.asarray(found.primal_solution), dual_bound(relaxed, prices), "pdlp")
