"""The model as a mixed-integer programme for HiGHS, from the arrays alone, without engine code."""

from __future__ import annotations

from dataclasses import dataclass, field

import highspy
import numpy as np

INF = float("inf")
ROUNDING = 1e-6
"""Three thirds of a lot are a whole one, though a narrow column rounds a third up."""


@dataclass
class Rows:
    """A programme in the making: bounded columns, and rows of `least` ≤ Σ a·column ≤ `most`."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, list[tuple[int, float]], float]] = field(default_factory=list)

    def column(self, lower, upper, cost=0.0, whole=True):
        for held, value in (
            (self.cost, cost), (self.lower, lower), (self.upper, upper), (self.whole, whole)
        ):  # fmt: skip
            held.append(value)
        return len(self.cost) - 1

    def row(self, least, terms, most):
        self.rows.append((float(least), terms, float(most)))

    def best(self):
        """The greatest cost and the columns that reach it; None where nothing is allowed."""
        if not self.cost:
            return 0.0, []
        # Another test may have started its threads, more or fewer than are asked for here.
        highspy.Highs.resetGlobalScheduler(True)
        solver = highspy.Highs()
        for name, value in (
            ("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9)
        ):  # fmt: skip
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return solver.getInfo().objective_function_value, solver.getSolution().col_value

    def _model(self):
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.rows)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_, model.col_lower_ = np.array(self.cost), np.array(self.lower)
        model.col_upper_ = np.array(self.upper)
        model.row_lower_ = np.array([least for least, _, _ in self.rows])
        model.row_upper_ = np.array([most for _, _, most in self.rows])
        terms = [one for _, row, _ in self.rows for one in row]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row) for _, row, _ in self.rows)])
        matrix.index_ = np.array([column for column, _ in terms], dtype=np.int32)
        matrix.value_ = np.array([float(value) for _, value in terms])
        if any(self.whole):
            kinds = highspy.HighsVarType
            model.integrality_ = [kinds.kInteger if w else kinds.kContinuous for w in self.whole]
        return model


@dataclass(frozen=True)
class Exact:
    """What an exact solver found: the greatest objective, and units by edge."""

    objective: float
    units: dict[int, int]


def best_plan(problem, options, *, must=None, floor=True):
    """The best plan there is; with `must`, the best of those that use that edge. None: no plan."""
    rows, given, used = _model(problem, options, relaxed=False)
    if must is not None:
        rows.lower[used[must]] = 1.0
    found = rows.best()
    if found is None:
        return None
    units = {edge: round(found[1][column]) for edge, column in given.items()}
    return Exact(found[0], {edge: x for edge, x in units.items() if x})


def relaxed_bound(problem, options):
    """The optimum of the linear relaxation."""
    return _model(problem, options, relaxed=True)[0].best()[0]


def fairest_share(problem, options, *, relaxed=True):
    """The greatest least share (of the groups that can be served at all), by fractions of edges
    or, if not `relaxed`, by a plan; 1 where there is no such group."""
    rows, given, _ = _model(problem, options, relaxed=relaxed)
    shares = [share for share in _shares(problem, given) if _greatest(rows, share) > 1e-9]
    rows.cost = [0.0] * len(rows.cost)
    least = rows.column(0.0, 1.0, cost=1.0, whole=False)
    for share in shares:
        rows.row(0.0, [*share, (least, -1.0)], INF)
    return rows.best()[0]


def _shares(problem, given):
    """Each group's share as terms of columns."""
    parts, edges = problem.parts, problem.edges
    for group in sorted({int(one) for one in parts.group if one >= 0}):
        weight = float(parts.weight[parts.group == group].sum())
        yield [
            (column, float(parts.weight[part]) / float(parts.demand[part]) / weight)
            for edge, column in given.items()
            if parts.group[part := int(edges.part[edge])] == group and weight > 0
        ]


def _greatest(rows, terms):
    rows.cost = [0.0] * len(rows.cost)
    for column, amount in terms:
        rows.cost[column] = amount
    return rows.best()[0]


def _model(problem, options, *, relaxed):
    """Columns: units x and use y of each edge worth proposing, s of each all-or-nothing part."""
    rows, edges, parts, lots = Rows(), problem.edges, problem.parts, problem.lots
    given, used = {}, {}
    by = {name: {} for name in ("part", "lot", "provider", "alone")}
    pinned = {name: {} for name in by} | {"suppliers": {}}
    for edge in range(len(edges)):
        part, lot = int(edges.part[edge]), int(edges.lot[edge])
        resource = int(lots.resource[lot])
        fixed, agreed = int(edges.fixed[edge]), bool(edges.agreed[edge])
        if not (fixed or agreed or edges.fit[edge] >= np.float32(options.floor)):
            continue
        rate = float(parts.weight[part]) * float(edges.fit[edge]) / int(parts.demand[part])
        low, high = int(edges.low[edge]), int(edges.high[edge])
        bonus = options.keep_bonus * rate * high if agreed else 0.0
        x = given[edge] = rows.column(fixed, fixed or high, rate, not relaxed)
        y = used[edge] = rows.column(float(fixed > 0), 1.0, bonus, not relaxed)
        if not fixed:
            rows.row(0.0, [(x, 1.0), (y, -low)], INF)
            rows.row(-INF, [(x, 1.0), (y, -high)], 0.0)
        takes = float(edges.use[edge])
        ends = {"part": part, "lot": lot, "provider": int(problem.provider[resource])}
        ends["alone"] = resource
        for name, at in ends.items():
            by[name].setdefault(at, []).append((x, y, takes, fixed))
            if fixed:
                amount = {"part": fixed, "lot": fixed * takes}.get(name, 1.0)
                pinned[name][at] = pinned[name].get(at, 0.0) + amount
        if fixed:
            pinned["suppliers"][part] = pinned["suppliers"].get(part, 0) + 1
    _limit(rows, problem, by, pinned, relaxed)
    return rows, given, used


def _limit(rows, problem, by, pinned, relaxed):
    """What is confirmed stands even where it is more than a limit allows; of a need for the
    whole, all that is left or nothing comes beside it."""
    parts = problem.parts
    for part, held in by["part"].items():
        demand, confirmed = int(parts.demand[part]), pinned["part"].get(part, 0)
        if parts.whole[part]:
            served = rows.column(0.0, 1.0, 0.0, not relaxed)
            rest = [(x, 1.0) for x, _, _, fixed in held if not fixed]
            rows.row(0.0, [*rest, (served, -max(0, demand - confirmed))], 0.0)
        rows.row(-INF, [(x, 1.0) for x, *_ in held], max(demand, confirmed))
        most = max(int(parts.max_suppliers[part]), pinned["suppliers"].get(part, 0))
        rows.row(-INF, [(y, 1.0) for _, y, *_ in held], most)
    for lot, held in by["lot"].items():
        most = max(float(problem.lots.capacity[lot]), pinned["lot"].get(lot, 0.0))
        most += ROUNDING * max(1.0, most)
        rows.row(-INF, [(x, takes) for x, _, takes, _ in held], most)
    for provider, held in by["provider"].items():
        most = max(float(problem.cap[provider]), pinned["provider"].get(provider, 0.0))
        if most < INF:
            rows.row(-INF, [(y, 1.0) for _, y, *_ in held], most)
    for resource, held in by["alone"].items():
        if problem.exclusive[resource]:
            most = max(1.0, pinned["alone"].get(resource, 0.0))
            rows.row(-INF, [(y, 1.0) for _, y, *_ in held], most)
