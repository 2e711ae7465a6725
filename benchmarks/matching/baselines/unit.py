"""The unit variant: every lot one, every need one; an assignment that scipy solves exactly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from benchmarks.matching.baselines.filling import Array, worth
from mulin.matching.problem import Problem


def unit_variant(problem: Problem) -> Problem:
    """The same pairs and fits; each lot serves one need, each need takes one lot."""
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    one = np.ones(len(edges), dtype=np.int32)
    none = np.zeros(len(edges), dtype=np.int32)
    rows = np.ones(len(parts.need), dtype=np.int32)
    return Problem(
        parts=replace(parts, demand=rows, max_suppliers=rows, whole=rows == 0),
        lots=replace(lots, capacity=np.ones(len(lots.capacity))),
        edges=replace(
            edges, low=one, high=one, use=one.astype(np.float32), fixed=none, agreed=none > 0
        ),
        provider=problem.provider,
        cap=np.full(len(problem.cap), np.inf),
        exclusive=np.zeros(len(problem.exclusive), dtype=bool),
        groups=problem.groups,
    )


def assigned(problem: Problem) -> Array:
    """Units of an optimal assignment, each need also having a place of its own worth nothing."""
    edges, needs, lots = problem.edges, len(problem.parts.need), len(problem.lots.capacity)
    gain = worth(problem)
    most = float(gain.max(initial=0)) + 1.0
    row, own = np.arange(needs), lots + np.arange(needs)
    cost = sparse.csr_matrix(
        (
            np.concatenate([most - gain, np.full(needs, most)]),
            (np.concatenate([edges.part, row]), np.concatenate([edges.lot, own])),
        ),
        (needs, lots + needs),
    )
    part, lot = csgraph.min_weight_full_bipartite_matching(cost)
    chosen = np.full(needs, -1)
    chosen[part] = lot
    return np.asarray(edges.lot == chosen[edges.part]).astype(np.int32)
