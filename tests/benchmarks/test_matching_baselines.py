"""The matching benchmark's other methods keep the rules, and its check sees every broken one."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.matching.baselines import google, highs, rules, unit
from benchmarks.matching.checking import checked, gini
from benchmarks.matching.families import FAMILIES
from benchmarks.matching.numeric import numeric


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("method", [rules.first_come, rules.best_edge, google.flow])
def test_method_breaks_no_rule_and_stays_under_the_bound(method, family):
    problem = numeric(150, family, seed=1)
    found = checked(problem, method(problem))
    assert found.violations == 0
    assert 0 < found.objective <= highs.linear(problem).bound


def test_relaxations_agree_and_round_to_plans_that_hold():
    problem = numeric(200)
    exact, near = highs.linear(problem), google.first_order(problem, tolerance=1e-4)
    assert near.bound == pytest.approx(exact.bound, rel=2e-3)
    assert near.bound >= exact.bound * (1 - 1e-6)
    for found in (exact, near):
        assert checked(problem, highs.rounded(problem, found.share)).violations == 0


def test_integer_model_is_at_least_as_good_as_rules_and_within_its_bound():
    problem = numeric(40)
    found = highs.integer(problem, limit_s=20)
    plan = checked(problem, found.units)
    assert plan.violations == 0
    assert plan.objective >= checked(problem, rules.best_edge(problem)).objective - 1e-6
    assert plan.objective <= found.bound + 1e-6 <= highs.linear(problem).bound + 1e-4


def test_unit_variant_is_solved_at_least_as_well_as_by_the_best_pair_first():
    variant = unit.unit_variant(numeric(120))
    best = checked(variant, unit.assigned(variant))
    assert best.violations == 0
    assert best.objective >= checked(variant, rules.best_edge(variant)).objective


def spoiled(problem, units, rule):
    """The same plan beside rules tightened so that one of them is broken."""
    parts, lots, edges = problem.parts, problem.lots, problem.edges
    given = np.flatnonzero(units)
    if rule == "most":
        return replace(problem, edges=replace(edges, high=edges.high * 0)), units
    if rule == "least":
        return replace(problem, edges=replace(edges, low=edges.high + 1)), units
    if rule == "demand":
        return replace(problem, parts=replace(parts, demand=parts.demand * 0 + 1)), units * 2
    if rule == "whole":
        return replace(problem, parts=replace(parts, whole=~(parts.whole & False))), units
    if rule == "suppliers":
        return replace(problem, parts=replace(parts, max_suppliers=parts.max_suppliers * 0)), units
    if rule == "lot":
        return replace(problem, lots=replace(lots, capacity=lots.capacity * 0)), units
    if rule == "cap":
        return replace(problem, cap=np.zeros(len(problem.cap))), units
    if rule == "fixed":
        fixed = edges.fixed.copy()
        fixed[given[0]] = units[given[0]] + 1
        return replace(problem, edges=replace(edges, fixed=fixed)), units
    return replace(problem, exclusive=problem.exclusive | True), units


@pytest.mark.parametrize(
    "rule",
    ["most", "least", "demand", "whole", "suppliers", "lot", "cap", "fixed", "exclusive"],
)
def test_check_sees_a_broken_rule(rule):
    problem = numeric(150, "money")
    units = rules.first_come(problem)
    assert checked(problem, units).violations == 0
    broken, given = spoiled(problem, units, rule)
    assert checked(broken, given).violations > 0


def test_gini_is_none_for_equal_shares_and_grows_with_difference():
    assert gini(np.array([0.5, 0.5, 0.5])) == pytest.approx(0.0)
    assert gini(np.array([0.0, 0.0, 1.0])) == pytest.approx(2 / 3)
