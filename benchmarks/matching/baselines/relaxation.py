"""The problem without whole numbers, as rows and columns a general solver takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from benchmarks.matching.baselines.filling import Array, worth
from mulin.matching.problem import Problem


@dataclass(frozen=True)
class Relaxation:
    """Maximise gain·y with rows·y ≤ limit, 0 ≤ y ≤ 1, y being shares of the edges' most units.

    The rows are lots, parts, suppliers, capped providers and exclusive resources, in this order.
    """

    gain: Array
    rows: sparse.csr_matrix
    limit: Array


def relaxation(problem: Problem) -> Relaxation:
    """Engagements become fractions: an edge given half its most counts as half a supplier."""
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    count, column = len(edges), np.arange(len(edges))
    resource = lots.resource[edges.lot]
    by = problem.provider[resource]
    capped, alone = np.flatnonzero(np.isfinite(problem.cap)), np.flatnonzero(problem.exclusive)
    high = edges.high.astype(np.float64)
    # Uses are stored in 32 bits: 80 × 1/80 must not come to more than one hall.
    taken, once = np.round(edges.use * high, 5), np.ones(count)

    def block(row: Array, share: Array, kept: Array | None, height: int) -> sparse.csr_matrix:
        if kept is None:
            return sparse.csr_matrix((share, (row, column)), (height, count))
        place = np.full(height, -1)
        place[kept] = np.arange(len(kept))
        there = place[row] >= 0
        return sparse.csr_matrix(
            (share[there], (place[row[there]], column[there])), (len(kept), count)
        )

    rows = sparse.vstack(
        [
            block(edges.lot, taken, None, len(lots.capacity)),
            block(edges.part, high, None, len(parts.need)),
            block(edges.part, once, None, len(parts.need)),
            block(by, once, capped, len(problem.cap)),
            block(resource, once, alone, len(problem.exclusive)),
        ],
        format="csr",
    )
    limit = np.concatenate(
        [
            lots.capacity,
            parts.demand,
            parts.max_suppliers,
            problem.cap[capped],
            np.ones(len(alone)),
        ]
    ).astype(np.float64)
    return Relaxation(worth(problem) * high, rows, limit)


def dual_bound(relaxed: Relaxation, prices: Array) -> float:
    """What no plan exceeds, from any prices of the rows: they pay for the limits, and each edge
    keeps what it gains above them. Negative prices count as none."""
    paid = np.maximum(0.0, prices)
    above = relaxed.gain - relaxed.rows.T @ paid
    return float(relaxed.limit @ paid + np.maximum(0.0, above).sum())
