"""Putting edges into a plan one by one, in an order given, without breaking a rule."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from mulin.matching.problem import Problem

Array = NDArray[Any]

UNLIMITED = 1 << 30


def worth(problem: Problem) -> Array:
    """Objective per unit of each edge, written out again from its definition."""
    parts, edges = problem.parts, problem.edges
    per_unit = parts.weight / parts.demand
    return np.asarray(per_unit[edges.part] * edges.fit.astype(np.float64))


def along(problem: Problem, order: Array, preferred: Array) -> Array:
    """Units of every edge after putting edges in `order` while there is room.

    `preferred` (one number an edge) says in which order an all-or-nothing part is completed.
    """
    desk = _desk(problem)
    within = np.lexsort((-preferred, problem.edges.part)).astype(np.int64)
    units = np.zeros(len(problem.edges), dtype=np.int32)
    _by_edge(order.astype(np.int64), within, problem.edges.ptr, units, *desk)
    return units


def by_part(problem: Problem, parts: Array, preferred: Array) -> Array:
    """Units of every edge after serving whole parts in order, each from what it prefers most."""
    desk = _desk(problem)
    within = np.lexsort((-preferred, problem.edges.part)).astype(np.int64)
    units = np.zeros(len(problem.edges), dtype=np.int32)
    _by_part(parts.astype(np.int64), within, problem.edges.ptr, units, *desk)
    return units


def _desk(problem: Problem) -> tuple[Array, ...]:
    """What is left of parts, lots, suppliers, caps and exclusive resources, and every edge."""
    edges, parts, lots = problem.edges, problem.parts, problem.lots
    resource = lots.resource[edges.lot].astype(np.int32)
    cap = np.where(np.isfinite(problem.cap), problem.cap, UNLIMITED).astype(np.int64)
    return (
        parts.demand.astype(np.int64),
        lots.capacity.astype(np.float64) * (1 + 1e-9),
        parts.max_suppliers.astype(np.int64),
        cap,
        np.where(problem.exclusive, 1, UNLIMITED).astype(np.int64),
        parts.whole,
        edges.part.astype(np.int32),
        edges.lot.astype(np.int32),
        resource,
        problem.provider[resource].astype(np.int32),
        edges.low.astype(np.int64),
        edges.high.astype(np.int64),
        edges.use.astype(np.float64),
    )


@numba.njit(cache=True)
def _room(edge, units, left, stock, suppliers, cap, alone, part, lot, resource, by, low, high, use):
    own = part[edge]
    if units[edge] or left[own] <= 0 or suppliers[own] <= 0:
        return 0
    if cap[by[edge]] <= 0 or alone[resource[edge]] <= 0:
        return 0
    most = min(left[own], high[edge], int((stock[lot[edge]] + 1e-6) / use[edge]))
    return most if most >= low[edge] else 0


@numba.njit(cache=True)
def _move(edge, more, sign, left, stock, suppliers, cap, alone, part, lot, resource, by, use):
    left[part[edge]] -= sign * more
    stock[lot[edge]] -= sign * more * use[edge]
    suppliers[part[edge]] -= sign
    cap[by[edge]] -= sign
    alone[resource[edge]] -= sign


@numba.njit(cache=True)
def _fill(
    own, within, ptr, units, left, stock, suppliers, cap, alone, whole, part, lot, resource, by,
    low, high, use,
):  # fmt: skip
    """Serve a part from its edges in their order; undone where it must be whole and is not."""
    for at in range(ptr[own], ptr[own + 1]):
        edge = within[at]
        most = _room(
            edge, units, left, stock, suppliers, cap, alone, part, lot, resource, by, low, high, use
        )
        if most:
            units[edge] = most
            _move(edge, most, 1, left, stock, suppliers, cap, alone, part, lot, resource, by, use)
    if whole[own] and left[own] > 0:
        for at in range(ptr[own], ptr[own + 1]):
            edge = within[at]
            if units[edge]:
                had = units[edge]
                _move(
                    edge, had, -1, left, stock, suppliers, cap, alone, part, lot, resource, by, use
                )
                units[edge] = 0


@numba.njit(cache=True)
def _by_edge(
    order, within, ptr, units, left, stock, suppliers, cap, alone, whole, part, lot, resource, by,
    low, high, use,
):  # fmt: skip
    for edge in order:
        most = _room(
            edge, units, left, stock, suppliers, cap, alone, part, lot, resource, by, low, high, use
        )
        if not most:
            continue
        own = part[edge]
        if whole[own] and most < left[own]:
            _fill(
                own, within, ptr, units, left, stock, suppliers, cap, alone, whole, part, lot,
                resource, by, low, high, use,
            )  # fmt: skip
        else:
            units[edge] = most
            _move(edge, most, 1, left, stock, suppliers, cap, alone, part, lot, resource, by, use)


@numba.njit(cache=True)
def _by_part(
    parts, within, ptr, units, left, stock, suppliers, cap, alone, whole, part, lot, resource, by,
    low, high, use,
):  # fmt: skip
    for own in parts:
        _fill(
            own, within, ptr, units, left, stock, suppliers, cap, alone, whole, part, lot,
            resource, by, low, high, use,
        )  # fmt: skip
