"""What a plan gives away and what it leaves, found by whom it concerns; made once for a plan."""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.problem import Floats, Ints, Plan, Problem

ROUNDING = 1e-6
"""Slack of a lot, as its narrow columns are rounded."""

MOVED = 12
"""How many others are moved at most to make room for one."""

_KNOWN: dict[int, tuple[weakref.ref[Plan], Given]] = {}


class Rows:
    """Positions of a column by what stands there: `rows[7]` is where it holds a 7, in order."""

    def __init__(self, column: Ints, count: int) -> None:
        self.order = np.argsort(column, kind="stable")
        self.ptr = np.searchsorted(column[self.order], np.arange(count + 1))

    def __getitem__(self, row: int) -> Ints:
        return self.order[self.ptr[row] : self.ptr[row + 1]]


class Given:
    """A plan's units by edge, its edges by part, lot, resource and provider, and what is left.

    `left` of lots is in units of their measure, of parts in units of demand; the others count
    engagements. `worth` is what each used edge adds to the objective.
    """

    def __init__(self, plan: Plan) -> None:
        problem, edges, used = plan.problem, plan.problem.edges, plan.proposals.edge
        self.problem: Problem = problem
        self.options, self.price = plan.options, plan.prices.lot
        listed = used.tolist()
        self.units: dict[int, int] = dict(zip(listed, plan.proposals.units.tolist(), strict=True))
        self.worth: dict[int, float] = dict(zip(listed, plan.proposals.value.tolist(), strict=True))
        self.used, units = used, plan.proposals.units
        self._units, self._value = units, plan.proposals.value
        part, lot = edges.part[used], edges.lot[used]
        resource = problem.lots.resource[lot]
        provider = problem.provider[resource]
        parts, resources = len(problem.parts.need), len(problem.provider)
        self._by_part = Rows(part, parts)
        self._by_lot = Rows(lot, len(problem.lots.capacity))
        self._by_resource = Rows(resource, resources)
        self._by_provider = Rows(provider, len(problem.cap))
        self.lots = Rows(problem.lots.resource, resources)
        self.parts = Rows(problem.parts.need, int(problem.parts.need.max(initial=-1)) + 1)
        self.part_left = _less(problem.parts.demand, part, units)
        self.suppliers_left = _less(problem.parts.max_suppliers, part)
        self.lot_left = _less(problem.lots.capacity, lot, units * edges.use[used])
        self.cap_left = _less(problem.cap, provider)
        self.alone_left = _less(np.where(problem.exclusive, 1.0, np.inf), resource)
        self._best: dict[int, list[tuple[int, bool]]] = {}
        self.pairs: dict[int, Any] = {}

    def of_part(self, row: int) -> list[int]:
        """Used edges that serve a part."""
        return list(self.used[self._by_part[row]].tolist())

    def of_lot(self, row: int) -> list[int]:
        """Used edges that take of a lot."""
        return list(self.used[self._by_lot[row]].tolist())

    def of_resource(self, row: int) -> list[int]:
        """Used edges that take of any lot of a resource."""
        return list(self.used[self._by_resource[row]].tolist())

    def of_provider(self, row: int) -> list[int]:
        """Used edges that engage a provider."""
        return list(self.used[self._by_provider[row]].tolist())

    def cheapest_of_lot(self, row: int) -> list[int]:
        """The edges that give way first: the least worth for what they take of the lot."""
        at = self._by_lot[row]
        taken = self._units[at] * self.problem.edges.use[self.used[at]]
        return self._first(at, self._value[at] / taken)

    def cheapest_of_resource(self, row: int) -> list[int]:
        """The least valued edges of a resource; none confirmed, `MOVED` at most."""
        at = self._by_resource[row]
        return self._first(at, self._value[at])

    def cheapest_of_provider(self, row: int) -> list[int]:
        """The least valued edges of a provider; none confirmed, `MOVED` at most."""
        at = self._by_provider[row]
        return self._first(at, self._value[at])

    def _first(self, at: Ints, dear: Floats) -> list[int]:
        order = np.lexsort((self.used[at], dear))
        edge = self.used[at[order]]
        return list(edge[self.problem.edges.fixed[edge] == 0][:MOVED].tolist())

    def edges(self, part: int, resource: int) -> list[int]:
        """The model's edges between a part and a resource: at most one for each of its lots."""
        edges = self.problem.edges
        first, last = edges.ptr[part : part + 2].tolist()
        at = np.flatnonzero(self.problem.lots.resource[edges.lot[first:last]] == resource)
        return [first + one for one in at.tolist()]

    def best_first(self, part: int) -> list[tuple[int, bool]]:
        """The part's edges worth proposing, those that could bring most first, none confirmed;
        and whether each has room as the plan is."""
        if part not in self._best:
            problem, edges = self.problem, self.problem.edges
            row = np.arange(*edges.ptr[part : part + 2].tolist())
            may = (edges.fit[row] >= self.options.floor) | edges.agreed[row]
            row = row[may & (edges.fixed[row] == 0)]
            row = row[np.argsort(-edges.fit[row] * edges.high[row], kind="stable")]
            lot = edges.lot[row]
            resource = problem.lots.resource[lot]
            free = self.lot_left[lot] + ROUNDING >= edges.use[row] * edges.low[row]
            free &= self.cap_left[problem.provider[resource]] >= 1
            free &= self.alone_left[resource] >= 1
            self._best[part] = list(zip(row.tolist(), free.tolist(), strict=True))
        return self._best[part]


def given_of(plan: Plan) -> Given:
    """The index of a plan, made at the first question and kept as long as the plan lives."""
    known = _KNOWN.get(id(plan))
    if known is None or known[0]() is not plan:
        key = id(plan)
        known = weakref.ref(plan, lambda _: _KNOWN.pop(key, None)), Given(plan)
        _KNOWN[key] = known
    return known[1]


def _less(most: Ints | Floats, rows: Ints, amounts: NDArray[Any] | float = 1.0) -> Floats:
    left = most.astype(np.float64)
    np.subtract.at(left, rows, amounts)
    return left
