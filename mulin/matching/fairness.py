"""Fairness between communities or sides: the least share first, then the next, then efficiency."""

from __future__ import annotations

import numpy as np

from mulin.matching.arrays import Arrays
from mulin.matching.pricing import Relaxation, Steps
from mulin.matching.problem import Floats, Ints, Options, Problem
from mulin.matching.results import groups_of

WEIGHT = 2.0
"""What the common level counts: so many times the value of an average edge, for each group's mean
part. More puts fairness further before efficiency and makes the steps towards prices slower."""


def fair_arrays(problem: Problem, options: Options, arrays: Arrays) -> tuple[Arrays, int]:
    """The arrays with their parts in the groups that are to be fair; and how many groups."""
    group, names = groups_of(problem, options)
    return arrays._replace(group=group[arrays.part_origin].astype(np.int32)), len(names)


def fair_program(
    problem: Problem, arrays: Arrays, program: Relaxation, fixed: Floats, groups: int
) -> Relaxation:
    """The relaxation with a row for each group's share, all joined in one common level.

    fixed: the share of each group that is confirmed already. Shares are counted in mean parts, so
    that their coefficients are about one.
    """
    weight = problem.parts.weight[arrays.part_origin]
    mine = arrays.group >= 0
    whole = np.bincount(arrays.group[mine], weight[mine], minlength=groups)
    asked = problem.parts.demand[arrays.part_origin]
    most = max(1.0, mine.sum() / max(groups, 1))
    share = weight * arrays.demand / np.maximum(asked, 1)
    weigh = np.where(mine, share / np.append(whole, 1.0)[arrays.group], 0.0) * most
    reached = np.unique(arrays.group[arrays.part[arrays.group[arrays.part] >= 0]])
    joined = np.zeros(groups)
    joined[reached] = 1.0
    return program._replace(
        weigh=weigh, floor=-fixed * most, joined=joined, level=WEIGHT * joined.sum(), most=most
    )


def lifts(arrays: Arrays, program: Relaxation, price: Floats) -> Floats:
    """What a unit of each part counts more at these prices of groups' shares."""
    owned = np.append(price, 0.0)[arrays.group]
    return np.asarray(owned * program.weigh * program.scale / np.maximum(arrays.demand, 1))


def settled_level(program: Relaxation, steps: Steps, tau: float) -> tuple[Relaxation, bool]:
    """Hold the groups that keep the common level down at it, less `tau`; the rest may go on up.

    Returns the program for the next level, and whether any group is left in it (leximin:
    Ogryczak and Śliwiński 2006).
    """
    price, level = steps.fresh.group, float(steps.at.level[0])
    holds = (program.joined > 0) & (price > 0.05 * program.level / max(program.joined.sum(), 1.0))
    if not holds.any():
        holds = program.joined > 0
    floor = np.where(holds, program.floor + level - tau * program.most, program.floor)
    joined = np.where(holds, 0.0, program.joined)
    again = program._replace(floor=floor, joined=joined, level=WEIGHT * joined.sum())
    return again, bool(joined.any())


def shares(arrays: Arrays, program: Relaxation, left: Ints | Floats) -> Floats:
    """The share of each group that is served, as parts that lack `left` units tell."""
    served = (arrays.demand - left) / np.maximum(arrays.demand, 1)
    mine = arrays.group >= 0
    got = np.bincount(
        arrays.group[mine], (served * program.weigh)[mine], minlength=len(program.floor)
    )
    return np.asarray((got - program.floor) / program.most)
