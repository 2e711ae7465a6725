"""Sharing fairly: prices that lift those served least, and a search that follows them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mulin.matching.arrays import Arrays
from mulin.matching.fairness import fair_arrays, fair_program, lifts, settled_level, shares
from mulin.matching.ladder import CHUNK, ROUNDS, Ladder, cooling, one_round
from mulin.matching.pricing import Point, Relaxation, Rows, Steps
from mulin.matching.problem import Floats, Ints
from mulin.matching.results import groups_of
from mulin.matching.searching import State

LEVELS = 4
"""How many levels leximin looks for, one after the other."""

STEADY = 5e-4
"""A level is found when it moves by less than this share between two looks."""

TURNS = 6
"""So often the search stops to lift further those who lag behind what is within reach."""

NEAR = 0.003
"""How near to the level a group has to come."""


@dataclass
class Best:
    """The fairest plan so far: its least share, its objective and its units."""

    least: float = -1.0
    objective: float = -1.0
    units: Ints | None = None


def share_out(ladder: Ladder) -> None:
    """Put the fairest plan found in the place of the ladder's, and say what it costs."""
    plain = ladder.constant + ladder.objective
    arrays, groups = fair_arrays(ladder.problem, ladder.options, ladder.arrays)
    program = fair_program(
        ladder.problem, arrays, ladder.program, _confirmed(ladder, groups), groups
    )
    if not program.joined.any():
        return
    program, steps = _levelled(ladder, arrays, program)
    best = _searched(ladder, arrays, program, steps)
    if best.units is None:
        return
    ladder.units, ladder.objective = best.units, best.objective
    ladder.price = ladder.price._replace(group=steps.fresh.group)
    ladder.program = ladder.program._replace(most=program.most)
    fair = ladder.constant + best.objective
    ladder.cost = max(0.0, 1.0 - fair / plain) if plain > 0 else 0.0


def _confirmed(ladder: Ladder, groups: int) -> Floats:
    """The share of each group that is confirmed already."""
    problem = ladder.problem
    group, _ = groups_of(problem, ladder.options)
    mine = group >= 0
    served = np.bincount(problem.edges.part, problem.edges.fixed, minlength=len(problem.parts.need))
    share = np.minimum(1.0, served / np.maximum(problem.parts.demand, 1)) * problem.parts.weight
    got = np.bincount(group[mine], share[mine], minlength=groups)
    whole = np.bincount(group[mine], problem.parts.weight[mine], minlength=groups)
    return np.asarray(got / np.where(whole > 0, whole, 1.0))


def _levelled(ladder: Ladder, arrays: Arrays, program: Relaxation) -> tuple[Relaxation, Steps]:
    """Steps to prices that hold the least share at the highest level, then the next level."""
    known = ladder.steps.at
    price = Rows(*(row.copy() for row in known.price))
    price = price._replace(group=np.zeros(len(program.floor)))
    at = Point(known.fraction.copy(), np.zeros(1), price)
    levels = LEVELS if ladder.options.fairness == "leximin" else 1
    first = program
    for turn in range(levels):
        steps = Steps(arrays, program, at)
        _settle(ladder, steps, ladder.budget.steps // (1 if turn == 0 else 3))
        at = steps.at
        if turn + 1 < levels:
            program, more = settled_level(program, steps, ladder.options.tau)
            if not more:
                break
    return first, steps


def _settle(ladder: Ladder, steps: Steps, most: int) -> None:
    before = -1.0
    while steps.taken < most and not ladder.budget.is_over():
        steps.take(CHUNK, ladder.pool)
        level = float(steps.at.level[0])
        ladder.report("fairness", 0.5 + 0.2 * steps.taken / most)
        if steps.taken >= 3 * CHUNK and abs(level - before) < STEADY * max(level, 1e-9):
            return
        before = level


def _searched(ladder: Ladder, arrays: Arrays, program: Relaxation, steps: Steps) -> Best:
    """Search with those who are served least counting more, and more again where they lag."""
    price, best = steps.fresh.group.copy(), Best()
    lifted = arrays._replace(lift=lifts(arrays, program, price))
    state, alone = ladder.rounded(lifted, steps.fresh, steps.at.fraction)
    goal = _goal(ladder, arrays, program, steps)
    _keep(best, lifted, state, shares(arrays, program, state.left), program, goal)
    for turn in range(TURNS):
        _rounds(ladder, lifted, state, alone, turn)
        got = shares(arrays, program, state.left)
        _keep(best, lifted, state, got, program, goal)
        ladder.report("fairness", 0.7 + 0.3 * (turn + 1) / TURNS)
        if ladder.budget.is_over():
            break
        price = _lifted(price, got, goal, program)
        lift = lifts(arrays, program, price)
        state.worth[:] += (lift - lifted.lift) * (arrays.demand - state.left)
        lifted = arrays._replace(lift=lift)
    steps.fresh.group[:] = price
    return best


def _goal(ladder: Ladder, arrays: Arrays, program: Relaxation, steps: Steps) -> Floats:
    """The share that each group could have: the common level, with leximin what it reached."""
    if ladder.options.fairness == "maxmin":
        return np.full(len(program.floor), float(steps.at.level[0]) / program.most)
    fraction = np.clip(steps.at.fraction, 0, 1) * program.share
    filled = np.bincount(arrays.part, fraction, minlength=len(arrays.demand))
    return shares(arrays, program, arrays.demand * (1 - np.minimum(1.0, filled)))


def _rounds(ladder: Ladder, arrays: Arrays, state: State, alone: Floats, turn: int) -> None:
    mean = float(state.worth.sum()) / max(len(arrays.demand), 1)
    rounds = cooling(ladder.budget.tries / max(len(arrays.demand), 1))
    mine = [(done, heat) for done, heat in rounds if done * TURNS // ROUNDS == turn]
    for done, heat in mine:
        if ladder.budget.is_over():
            return
        one_round(
            ladder.pool, arrays, state, alone, ladder.budget.tries // ROUNDS,
            (heat[0] * mean, heat[1] * mean), done,
        )  # fmt: skip


def _lifted(price: Floats, got: Floats, goal: Floats, program: Relaxation) -> Floats:
    """Prices of shares after a look: higher where a group lags, lower where it is ahead."""
    joined = program.joined > 0
    mean = program.level / max(joined.sum(), 1)
    lag = np.where(joined, goal - got, 0.0)
    return np.asarray(np.maximum(0.0, price + mean * 4.0 * np.where(lag > -NEAR, lag, 0.25 * lag)))


def _keep(
    best: Best, arrays: Arrays, state: State, got: Floats, program: Relaxation, goal: Floats
) -> None:
    """Remember a plan whose least share is higher, or as near as counts and worth more."""
    joined = program.joined > 0
    least = float(got[joined].min())
    objective = float((state.worth - arrays.lift * (arrays.demand - state.left)).sum())
    enough = float(goal[joined].min()) - NEAR
    if (min(least, enough), objective) > (min(best.least, enough), best.objective):
        best.least, best.objective, best.units = least, objective, state.units.copy()
