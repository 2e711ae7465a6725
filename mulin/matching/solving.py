"""Finding a plan: greedy by value and by price, then exchanges that gain."""

from __future__ import annotations

import time
from collections.abc import Iterable

import numpy as np

from mulin.matching.bounds import certificate
from mulin.matching.problem import (
    Floats,
    Options,
    Plan,
    Problem,
    Proposals,
    edge_values,
    usable,
)
from mulin.matching.verifying import verify

EPS = 1e-6


class UncheckedPlan(RuntimeError):
    """A plan that failed its own check; it never leaves the package."""


class Desk:
    """A plan in the making: what is left of every lot, part, provider; undoable."""

    def __init__(self, problem: Problem, value: Floats, open_edges: np.ndarray) -> None:
        edges, parts, lots = problem.edges, problem.parts, problem.lots
        self.part, self.lot = edges.part.tolist(), edges.lot.tolist()
        self.low, self.high, self.use = edges.low.tolist(), edges.high.tolist(), edges.use.tolist()
        self.value = value.tolist()
        self.open = (open_edges & (edges.fixed == 0)).tolist()
        self.whole = parts.whole.tolist()
        self.resource = lots.resource[edges.lot].tolist()
        self.provider = problem.provider[lots.resource[edges.lot]].tolist()
        self.part_left, self.lot_left = parts.demand.tolist(), lots.capacity.tolist()
        self.suppliers = parts.max_suppliers.tolist()
        self.cap = problem.cap.tolist()
        self.alone = [1 if one else 10**9 for one in problem.exclusive]
        self.holders: list[set[int]] = [set() for _ in self.lot_left]
        self.units: dict[int, int] = {}
        self.total = 0.0
        self.of_part: list[list[int]] = [[] for _ in self.part_left]
        for edge, part in enumerate(self.part):
            if self.open[edge]:
                self.of_part[part].append(edge)
        for row in self.of_part:
            row.sort(key=lambda edge: (-self.value[edge] * self.high[edge], edge))
        for edge in np.flatnonzero(edges.fixed > 0).tolist():
            self.put(edge, min(int(edges.fixed[edge]), max(1, self.part_left[self.part[edge]])))

    def room(self, edge: int) -> int:
        """Units this edge could take now, 0 where a limit or its least lot forbids."""
        part = self.part[edge]
        if edge in self.units or not self.open[edge] or self.suppliers[part] < 1:
            return 0
        if self.cap[self.provider[edge]] < 1 or self.alone[self.resource[edge]] < 1:
            return 0
        by_lot = int((self.lot_left[self.lot[edge]] + EPS) / self.use[edge])
        units = min(self.part_left[part], self.high[edge], by_lot)
        return units if units >= self.low[edge] else 0

    def put(self, edge: int, units: int) -> None:
        """Give an edge its units; the caller has asked `room` first."""
        self._move(edge, units, 1)
        self.units[edge] = units
        self.holders[self.lot[edge]].add(edge)

    def take(self, edge: int) -> int:
        """Take an edge's units back and say how many they were."""
        units = self.units.pop(edge)
        self._move(edge, -units, -1)
        self.holders[self.lot[edge]].discard(edge)
        return units

    def _move(self, edge: int, units: int, engaged: int) -> None:
        self.part_left[self.part[edge]] -= units
        self.lot_left[self.lot[edge]] -= units * self.use[edge]
        self.suppliers[self.part[edge]] -= engaged
        self.cap[self.provider[edge]] -= engaged
        self.alone[self.resource[edge]] -= engaged
        self.total += units * self.value[edge]

    def fill(self, part: int) -> list[int]:
        """Serve a part from its best edges that have room; all or nothing where it must be."""
        added = []
        for edge in self.of_part[part]:
            if self.part_left[part] <= 0:
                break
            units = self.room(edge)
            if units:
                self.put(edge, units)
                added.append(edge)
        if self.whole[part] and self.part_left[part] > 0:
            for edge in added:
                self.take(edge)
            return []
        return added


def greedy(desk: Desk, order: Iterable[int]) -> None:
    """Take edges in order while there is room; all-or-nothing parts are completed or left."""
    for edge in order:
        units = desk.room(edge)
        if not units:
            continue
        if desk.whole[desk.part[edge]] and units < desk.part_left[desk.part[edge]]:
            desk.fill(desk.part[edge])
        else:
            desk.put(edge, units)


def improve(desk: Desk, *, until: float, passes: int = 3, tries: int = 8) -> None:
    """Exchange: a part that is short takes a lot from others who can do elsewhere, if all gain."""
    for _ in range(passes):
        before = desk.total
        for part in range(len(desk.part_left)):
            if desk.part_left[part] <= 0:
                continue
            desk.fill(part)
            for edge in desk.of_part[part][:tries]:
                if desk.part_left[part] <= 0 or time.perf_counter() > until:
                    break
                _exchange(desk, edge)
        if desk.total <= before + EPS or time.perf_counter() > until:
            return


def _exchange(desk: Desk, edge: int) -> None:
    """Evict the least valued holders of the edge's lot, re-serve them, keep it if it gains."""
    if edge in desk.units or desk.suppliers[desk.part[edge]] < 1:
        return
    before = desk.total
    log: list[tuple[int, int]] = []
    movable = [held for held in desk.holders[desk.lot[edge]] if desk.open[held]]
    for held in sorted(movable, key=lambda held: (desk.value[held] * desk.units[held], held)):
        if desk.room(edge):
            break
        log.append((held, desk.take(held)))
    added = []
    units = desk.room(edge)
    if units and not (desk.whole[desk.part[edge]] and units < desk.part_left[desk.part[edge]]):
        desk.put(edge, units)
        added.append(edge)
        for held, _ in log:
            added += desk.fill(desk.part[held])
    broken = any(
        desk.whole[desk.part[held]]
        and desk.part_left[desk.part[held]] > 0
        and any(other in desk.units for other in desk.of_part[desk.part[held]])
        for held, _ in log
    )
    if desk.total <= before + EPS or broken:
        for new in added:
            desk.take(new)
        for held, units in log:
            desk.put(held, units)


def solve(problem: Problem, options: Options | None = None, warm: Plan | None = None) -> Plan:
    """The best plan found within `options.seconds`, checked, with a bound anyone can recompute.

    `warm` is an earlier plan of the same or similar items: its pairs are tried first. The same
    seed and input give the same plan. Raises `ValueError` for a fairness not offered yet.
    """
    options = options or Options()
    if options.fairness != "none":
        raise ValueError("fairness must be none: maxmin and leximin are not offered yet")
    started = time.perf_counter()
    value, may = edge_values(problem, options), usable(problem, options)
    profit = value * problem.edges.high
    best = Desk(problem, value, may)
    greedy(best, _order(problem, profit, may, warm))
    bound, prices, reduced = certificate(problem, value, may, best.total)
    if bound - best.total > options.gap * bound and warm is None:
        guided = Desk(problem, value, may)
        weigh = reduced * problem.edges.high
        greedy(guided, _order(problem, weigh + 1e-3 * profit, may, None))
        best = max(best, guided, key=lambda desk: desk.total)
    improve(best, until=started + options.seconds)
    bound = max(bound, best.total)
    held = np.array(sorted(best.units), dtype=np.int64)
    units = np.array([best.units[edge] for edge in held.tolist()], dtype=np.int64)
    plan = Plan(
        problem=problem,
        options=options,
        proposals=Proposals(
            edge=held,
            units=units,
            value=value[held] * units,
            parts=problem.edges.fit_parts[held],
            reduced_profit=reduced[held],
        ),
        objective=best.total,
        bound=bound,
        gap=(bound - best.total) / bound if bound > 0 else 0.0,
        prices=prices,
        shares=_shares(problem, held, units),
        seconds=time.perf_counter() - started,
    )
    report = verify(problem, plan)
    if report.violations:
        raise UncheckedPlan(str(report.violations[:3]))
    return plan


def _order(problem: Problem, worth: Floats, may: np.ndarray, warm: Plan | None) -> list[int]:
    first: set[tuple[str, str, str]] = set()
    if warm is not None:
        first = {key_of(warm.problem, edge) for edge in warm.proposals.edge.tolist()}
    kept = (
        np.array([key_of(problem, edge) in first for edge in range(len(problem.edges))], dtype=bool)
        if first
        else np.zeros(len(problem.edges), dtype=bool)
    )
    order = np.lexsort((np.arange(len(worth)), -worth, ~kept))
    return [edge for edge in order.tolist() if may[edge]]


def key_of(problem: Problem, edge: int) -> tuple[str, str, str]:
    """What an edge is called in any problem of the same items: need, tag, resource."""
    part = int(problem.edges.part[edge])
    resource = int(problem.lots.resource[problem.edges.lot[edge]])
    return (
        problem.needs[int(problem.parts.need[part])].id,
        problem.parts.tag[part],
        problem.resources[resource].id,
    )


def _shares(problem: Problem, held: np.ndarray, units: np.ndarray) -> dict[str, float]:
    """How much of what each community weighs was served, in 0..1."""
    parts = problem.parts
    served = np.zeros(len(parts.need))
    np.add.at(served, problem.edges.part[held], units)
    share = np.minimum(1.0, served / np.maximum(parts.demand, 1)) * parts.weight
    got: dict[str, list[float]] = {}
    for part, need in enumerate(parts.need.tolist()):
        sums = got.setdefault(problem.needs[need].community, [0.0, 0.0])
        sums[0] += float(share[part])
        sums[1] += float(parts.weight[part])
    return {name: part / whole if whole else 0.0 for name, (part, whole) in got.items()}
