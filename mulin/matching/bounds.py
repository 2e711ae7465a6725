"""The certificate: prices, and the value no plan can exceed at those prices."""

from __future__ import annotations

import numpy as np

from mulin.matching.problem import Floats, Prices, Problem


def certificate(
    problem: Problem, value: Floats, may: np.ndarray, target: float, *, rounds: int = 80
) -> tuple[float, Prices, Floats]:
    """An upper bound on any plan, the prices that show it, and each edge's reduced profit.

    Subgradient steps (Polyak 1969) on the Lagrangian dual; any prices ≥ 0 give a valid bound, so
    the least one seen is kept. `target` is the best plan's objective.
    """
    dual = Dual(problem, value, may)
    best, best_at = float("inf"), dual.zero()
    at, stretch, stuck = dual.zero(), 1.0, 0
    for _ in range(rounds):
        bound, slope = dual.bound(at)
        if bound < best - 1e-9:
            best, best_at, stuck = bound, at.copy(), 0
        else:
            stuck += 1
        length = float(slope @ slope)
        if length < 1e-12 or best - target <= 1e-9:
            break
        if stuck >= 6:
            stretch, stuck, at = stretch / 2, 0, best_at.copy()
            continue
        at = np.maximum(0.0, at - stretch * max(bound - target, 1e-9) / length * slope)
    return best, dual.prices(best_at), dual.reduced(best_at)


class Dual:
    """The priced problem, scaled so that each price is for the whole of a lot or a cap."""

    def __init__(self, problem: Problem, value: Floats, may: np.ndarray) -> None:
        edges, parts, lots = problem.edges, problem.parts, problem.lots
        resource = lots.resource[edges.lot]
        fixed = edges.fixed > 0
        held, units = np.flatnonzero(fixed), edges.fixed[fixed]
        self.problem, self.value = problem, value
        self.constant = float((value[held] * units).sum())
        demand, lot = parts.demand.astype(float), lots.capacity.copy()
        np.subtract.at(demand, edges.part[held], units)
        np.subtract.at(lot, edges.lot[held], units * edges.use[held])
        self.demand, self.lot = np.maximum(demand, 0), np.maximum(lot, 0)
        cap = problem.cap.copy()
        np.subtract.at(cap, problem.provider[resource[held]], 1)
        self.capped = np.flatnonzero(np.isfinite(cap))
        self.cap = np.maximum(cap, 0)
        alone = problem.exclusive.astype(float)
        np.subtract.at(alone, resource[held], 1)
        self.alone = np.maximum(alone, 0)
        self.edge = np.flatnonzero(may & ~fixed & (self.lot[edges.lot] > 0))
        self.edge = self.edge[np.lexsort((self.edge, edges.part[self.edge]))]
        self.part, self.at = edges.part[self.edge], edges.lot[self.edge]
        self.use, self.high = edges.use[self.edge], edges.high[self.edge].astype(float)
        self.resource, self.by = resource[self.edge], problem.provider[resource[self.edge]]
        self.size = (len(self.lot), len(self.cap), len(self.alone))

    def zero(self) -> Floats:
        """No prices at all."""
        return np.zeros(sum(self.size))

    def split(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Prices of whole lots, of one engagement of each provider, of exclusive resources."""
        lots, caps, _ = self.size
        return at[:lots], at[lots : lots + caps], at[lots + caps :]

    def profit(self, at: Floats) -> Floats:
        """Value per unit of the open edges above the prices of what they take."""
        lot, cap, alone = self.split(at)
        engaged = np.where(np.isfinite(self.problem.cap)[self.by], cap[self.by], 0.0)
        engaged = engaged + np.where(self.problem.exclusive[self.resource], alone[self.resource], 0)
        return np.asarray(
            self.value[self.edge]
            - lot[self.at] * self.use / self.lot[self.at]
            - engaged / self.high
        )

    def bound(self, at: Floats) -> tuple[float, Floats]:
        """The bound at these prices, and its slope: what is left unused of each price's supply.

        Each part alone fills its demand from its most profitable edges (a continuous knapsack).
        """
        profit = self.profit(at)
        # Sorting is what takes the time, and most edges gain nothing once supply has its price.
        gains = np.flatnonzero(profit > 0)
        order = gains[np.lexsort((-profit[gains], self.part[gains]))]
        part, high = self.part[order], self.high[order]
        total = np.cumsum(high) - high
        before = total - total[np.searchsorted(part, part)] if len(part) else total
        units = np.zeros_like(profit)
        units[order] = np.clip(self.demand[part] - before, 0, high)
        slope = self.zero()
        lot, cap, alone = self.split(slope)
        lot[:] = self.lot > 0
        cap[self.capped] = self.cap[self.capped]
        alone[:] = self.alone
        np.subtract.at(lot, self.at, units * self.use / self.lot[self.at])
        engaged = units / self.high
        np.subtract.at(cap, self.by, engaged)
        np.subtract.at(alone, self.resource, engaged * self.problem.exclusive[self.resource])
        cap[~np.isfinite(self.problem.cap)] = 0
        prices = self.split(at)
        idle = (
            prices[0][self.lot > 0].sum() + (prices[1][self.capped] * self.cap[self.capped]).sum()
        )
        idle += (prices[2] * self.alone).sum()
        return self.constant + float(idle) + float((units * profit).sum()), slope

    def prices(self, at: Floats) -> Prices:
        """Prices per unit of a lot, per engagement of a provider, per exclusive resource."""
        lot, cap, alone = self.split(at)
        return Prices(
            lot=np.where(self.lot > 0, lot / np.where(self.lot > 0, self.lot, 1), 0.0),
            provider=np.where(np.isfinite(self.problem.cap), cap, 0.0),
            exclusive=np.where(self.problem.exclusive, alone, 0.0),
        )

    def reduced(self, at: Floats) -> Floats:
        """Reduced profit of every edge; a closed edge keeps its value."""
        reduced = self.value.copy()
        reduced[self.edge] = self.profit(at)
        return reduced
