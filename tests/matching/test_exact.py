"""Small random models beside an independent exact solver: plans, bounds, remedies, and faults."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulin.matching import Need, Options, Resource, problem, solve, verify
from mulin.matching.causes import cause_of, question, remedies
from mulin.matching.counterfactuals import changes
from mulin.matching.given import given_of
from mulin.matching.placing import pair_of, ways
from mulin.matching.problem import Proposals
from mulin.matching.supposing import suppose
from tests.matching.exact import best_plan, fairest_share, relaxed_bound
from tests.matching.instances import NEEDS, OFFERS, models

SOON = Options(seconds=0.2)


@settings(max_examples=150, deadline=None)
@given(models())
def test_plan_lies_under_the_optimum_and_its_bound_above(model):
    plan = solve(model, SOON)

    exact = best_plan(model, SOON)

    assert verify(model, plan).violations == ()
    assert plan.objective <= exact.objective + 1e-6
    assert plan.bound >= exact.objective - 1e-6


@settings(max_examples=60, deadline=None)
@given(st.lists(NEEDS, max_size=6), st.lists(OFFERS, max_size=6))
def test_plan_of_items_lies_under_the_optimum_and_its_bound_above(needs, offers):
    made = _made(needs, offers)
    plan = solve(made, SOON)

    exact = best_plan(made, SOON)

    assert verify(made, plan).violations == ()
    assert plan.objective <= exact.objective + 1e-6 <= plan.bound + 2e-6


@settings(max_examples=250, deadline=None)
@given(models(most=6))
def test_remedy_of_a_model_gives_the_pair_in_an_optimum(model):
    plan = _optimal(model)
    given_away = given_of(plan)
    for edge in range(len(model.edges)):
        if edge not in given_away.units and not model.edges.fixed[edge]:
            for change in _changes(given_away, edge):
                _assert_given(model, change)


@settings(max_examples=100, deadline=None)
@given(st.lists(NEEDS, max_size=4), st.lists(OFFERS, max_size=4))
def test_remedy_of_items_gives_the_pair_in_an_optimum(needs, offers):
    made = _made(needs, offers)
    given_away = given_of(_optimal(made))
    for part in range(len(made.parts.need)):
        for column in range(len(offers)):
            asked = question(given_away, part, column)
            for change in remedies(asked, cause_of(asked)):
                _assert_given(made, change)


def _made(needs, offers):
    return problem(
        [replace(offer, id=f"r{at}") for at, offer in enumerate(offers)],
        [replace(need, id=f"n{at}") for at, need in enumerate(needs)],
    )


def _optimal(model):
    """The exact optimum as a plan of the engine."""
    exact, edges, parts = best_plan(model, SOON), model.edges, model.parts
    edge = np.array(sorted(exact.units), dtype=np.int64)
    units = np.array([exact.units[one] for one in edge.tolist()], dtype=np.int64)
    rate = parts.weight[edges.part[edge]] * edges.fit[edge] / parts.demand[edges.part[edge]]
    bonus = np.where(edges.agreed[edge], SOON.keep_bonus * rate * edges.high[edge], 0.0)
    value = rate * units + bonus
    chosen = Proposals(edge, units, value, edges.fit_parts[edge], value)
    return replace(solve(model, SOON), proposals=chosen, objective=exact.objective)


def _changes(given_away, edge):
    pair = pair_of(given_away, edge)
    return changes(given_away, pair, ways(given_away, pair))


def _assert_given(model, change):
    supposed, edge = suppose(model, change)
    with_pair, best = best_plan(supposed, SOON, must=edge), best_plan(supposed, SOON)
    assert with_pair is not None, change
    assert with_pair.objective >= best.objective - 1e-6, change


@pytest.mark.parametrize(("relaxed", "share"), [(True, 0.6), (False, 0.5)])
def test_fairest_share_of_two_groups_for_one_lot(relaxed, share):
    """Of six umbrellas 东 wants six and 西 four: 3.6 and 2.4 would be fair, whole ones 3 and 3."""
    needs = [
        Need("a", "雨伞", community="东", amount=6, measure="把"),
        Need("b", "雨伞", community="西", amount=4, measure="把"),
    ]
    made = problem([Resource("r", "雨伞", amount=6, measure="把")], needs)

    assert fairest_share(made, SOON, relaxed=relaxed) == pytest.approx(share, abs=1e-5)


def test_relaxed_bound_is_at_least_the_optimum():
    needs = [Need(key, "雨伞", amount=2, measure="把") for key in "ab"]
    made = problem([Resource("r", "雨伞", amount=3, measure="把")], needs)

    assert relaxed_bound(made, SOON) >= best_plan(made, SOON).objective > 0


GOODS = {"title": "雨伞", "measure": "把"}
SERVED = problem(
    [Resource("r", unit="一", amount=4, **GOODS), Resource("s", unit="二", amount=3, **GOODS)],
    [Need("a", unit="甲", amount=5, **GOODS), Need("b", unit="乙", amount=2, **GOODS)],
)
"""Seven umbrellas of two units serve two needs: a's five from both, b's two from one."""


def _proposed(plan, **columns):
    return replace(plan, proposals=replace(plan.proposals, **columns))


def _problem(plan, table, **columns):
    """The plan's model with some columns of a table of it changed, after it was solved."""
    changed = replace(getattr(plan.problem, table), **columns)
    return replace(plan, problem=replace(plan.problem, **{table: changed}))


def _at(column, row, value):
    changed = column.copy()
    changed[row] = value
    return changed


def _edges(plan, name, row, value):
    column = getattr(plan.problem.edges, name)
    return _problem(plan, "edges", **{name: _at(column, plan.proposals.edge[row], value)})


def _parts(plan, name, value):
    return _problem(plan, "parts", **{name: np.full_like(getattr(plan.problem.parts, name), value)})


def _prices(plan, value):
    return replace(plan, prices=replace(plan.prices, lot=_at(plan.prices.lot, 0, value)))


def _unused(plan):
    return int(np.setdiff1d(np.arange(len(plan.problem.edges)), plan.proposals.edge)[0])


FAULTS = {
    "more units than asked": lambda p: _proposed(p, units=p.proposals.units + 5),
    "no units": lambda p: _proposed(p, units=_at(p.proposals.units, 0, 0)),
    "units below none": lambda p: _proposed(p, units=_at(p.proposals.units, 0, -1)),
    "fewer units than the least": lambda p: _edges(p, "low", 0, 9),
    "more units than the most": lambda p: _edges(p, "high", 0, 1),
    "an edge twice": lambda p: _proposed(p, edge=_at(p.proposals.edge, 0, p.proposals.edge[1])),
    "an edge that isn't there": lambda p: _proposed(p, edge=_at(p.proposals.edge, 0, 99)),
    "an edge before the first": lambda p: _proposed(p, edge=_at(p.proposals.edge, 0, -1)),
    "a confirmed edge dropped": lambda p: _problem(
        p, "edges", fixed=_at(p.problem.edges.fixed, _unused(p), 1)
    ),
    "a confirmed edge changed": lambda p: _edges(p, "fixed", 0, p.proposals.units[0] + 1),
    "a lot given twice": lambda p: _problem(p, "lots", capacity=p.problem.lots.capacity / 2),
    "a demand exceeded": lambda p: _parts(p, "demand", 1),
    "too many suppliers": lambda p: _parts(p, "max_suppliers", 1),
    "a provider over its cap": lambda p: replace(p, problem=replace(
        p.problem, cap=np.zeros_like(p.problem.cap))),
    "an exclusive offer shared": lambda p: replace(p, problem=replace(
        p.problem, exclusive=np.ones_like(p.problem.exclusive))),
    "only part where the whole was asked": lambda p: _problem(
        _parts(p, "whole", True), "parts", demand=p.problem.parts.demand + 1),
    "a refused pair": lambda p: replace(p, problem=replace(
        p.problem, refused=frozenset(("a", key) for key in "rs"))),
    "a pair under the floor": lambda p: replace(p, options=Options(floor=0.99)),
    "an objective too great": lambda p: replace(p, objective=p.objective + 0.01),
    "a bound too low": lambda p: replace(p, bound=p.objective - 0.01),
    "a price below none": lambda p: _problem(
        replace(_prices(p, -0.001), bound=p.objective), "lots",
        capacity=p.problem.lots.capacity + 1000),
    "a price that is no number": lambda p: _prices(p, float("nan")),
    "a bound that is no number": lambda p: replace(p, bound=float("nan")),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_verify_catches_a_planted_fault(fault):
    plan = FAULTS[fault](solve(SERVED, SOON))

    assert not verify(plan.problem, plan).ok


def test_verify_finds_no_fault_where_none_was_planted():
    assert verify(SERVED, solve(SERVED, SOON)).ok
