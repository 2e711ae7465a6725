"""What would give a pair, and what would not, in models small enough to see."""

import pytest

from mulin.matching import solve
from mulin.matching.counterfactuals import changes
from mulin.matching.given import given_of
from mulin.matching.placing import pair_of, ways
from tests.matching.instances import model_of


def said(model, edge):
    given = given_of(solve(model))
    assert edge not in given.units
    pair = pair_of(given, edge)
    found = changes(given, pair, ways(given, pair))
    return {change.reason.code: dict(change.reason.params) for change in found}


def test_one_supplier_more_gives_the_next_one():
    model = model_of([(3, 1.0, False, 1)], [1, 1], [(0, 0, 0.9, 1, 1), (0, 1, 0.8, 1, 1)])

    assert "if_suppliers" in said(model, 1)


def test_one_supplier_more_is_not_named_where_another_would_come_first():
    """Lot 2 is better for part 0, and who holds it can do elsewhere once it may have two."""
    parts = [(3, 1.0, False, 1), (1, 9.0, False, 1)]
    edges = [(0, 0, 0.9, 1, 1), (0, 1, 0.8, 1, 1), (0, 2, 0.95, 1, 1), (1, 2, 0.9, 1, 1)]

    assert "if_suppliers" not in said(model_of(parts, [1, 1, 1], edges), 1)


@pytest.mark.parametrize(("held", "amount"), [(2, {"amount": 3, "measure": ""}), (4, None)])
def test_asking_less_is_named_where_only_this_offer_makes_it_whole(held, amount):
    """Part 0 wants five or nothing and finds three; part 1 holds what could be `held` more."""
    parts = [(5, 1.0, True, 1), (held, 9.0, True, 1)]
    edges = [(0, 0, 0.9, 1, 3), (0, 1, 0.9, 1, held), (1, 1, 0.9, held, held)]

    assert said(model_of(parts, [3, held], edges), 0).get("if_amount_less") == amount


@pytest.mark.parametrize(("capacity", "named"), [(3, True), (2, False)])
def test_withdrawal_is_named_only_where_the_whole_can_then_be_had(capacity, named):
    parts = [(3, 1.0, True, 2), (2, 9.0, False, 1)]
    model = model_of(parts, [capacity], [(0, 0, 0.9, 1, 3), (1, 0, 0.9, 2, 2)])

    assert ("if_withdrawn" in said(model, 0)) is named


def test_withdrawal_is_not_named_where_who_withdraws_takes_the_rest():
    """Part 1 would leave lot 0 for lot 1, which part 0 needs for its third unit."""
    parts = [(3, 1.0, True, 2), (2, 9.0, False, 1)]
    edges = [(0, 0, 0.9, 1, 3), (0, 1, 0.6, 1, 1), (1, 0, 0.9, 2, 2), (1, 1, 0.8, 1, 1)]

    assert "if_withdrawn" not in said(model_of(parts, [2, 1], edges), 0)


def test_better_fit_weighs_all_that_a_whole_need_would_lose():
    """Part 1 wants both lots or nothing: for lot 0 it would lose both, more than a fit has."""
    parts = [(1, 1.0, False, 1), (2, 2.0, True, 2)]
    edges = [(0, 0, 0.5, 1, 1), (1, 0, 0.6, 1, 1), (1, 1, 0.6, 1, 1)]

    assert "if_fit" not in said(model_of(parts, [1, 1], edges), 0)


def test_better_fit_is_the_least_that_outweighs_the_holder():
    """A holder worth 0.70 gives way to one that fits 0.71."""
    parts = [(1, 1.0, False, 1), (1, 1.0, False, 1)]
    model = model_of(parts, [1], [(0, 0, 0.6, 1, 1), (1, 0, 0.7, 1, 1)])

    assert said(model, 0)["if_fit"] == {"more": 0.11}


def test_better_fit_is_not_named_where_none_would_do():
    parts = [(1, 1.0, False, 1), (1, 9.0, False, 1)]
    model = model_of(parts, [1], [(0, 0, 0.6, 1, 1), (1, 0, 0.7, 1, 1)])

    assert "if_fit" not in said(model, 0)
