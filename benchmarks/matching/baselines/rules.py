"""What people do without an engine: first come first served, and the best pair first."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.baselines.filling import Array, along, by_part, worth
from mulin.matching.problem import Problem


def first_come(problem: Problem) -> Array:
    """Units when each need, in the order asked, takes its best offers that are still there."""
    gain = worth(problem) * problem.edges.high
    return by_part(problem, np.arange(len(problem.parts.need)), gain)


def best_edge(problem: Problem) -> Array:
    """Units when the pair worth most is settled first."""
    gain = worth(problem) * problem.edges.high
    return along(problem, np.argsort(-gain, kind="stable"), gain)
