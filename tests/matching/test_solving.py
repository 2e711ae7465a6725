"""Plans solved by hand, and properties of any plan."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulin.matching import (
    BadItem,
    Delta,
    Link,
    Need,
    Options,
    Resource,
    Window,
    problem,
    proposals,
    resolve,
    solve,
    unmet,
    verify,
    why_not,
)


def pairs(plan):
    return [(one.need, one.resource, one.units) for one in proposals(plan)]


def test_solve_divides_goods_between_needs():
    resources = [Resource("r", "雨伞", unit="商场", amount=5, measure="把")]
    needs = [
        Need("a", "雨伞", unit="甲", amount=2, measure="把"),
        Need("b", "雨伞", unit="乙", amount=3, measure="把"),
    ]

    plan = solve(problem(resources, needs))

    assert pairs(plan) == [("a", "r", 2), ("b", "r", 3)]


def test_solve_never_matches_a_unit_with_itself():
    plan = solve(problem([Resource("r", "雨伞", unit="甲")], [Need("n", "雨伞", unit="甲")]))

    assert pairs(plan) == []
    assert why_not(plan, "n", "r").code == "own_offer"


def test_solve_keeps_a_confirmed_pair_that_fits_badly():
    resources = [Resource("r", "法律咨询", gives=frozenset({"labour"}))]
    needs = [Need("n", "会议室", wants=frozenset({"space"}))]

    plan = solve(problem(resources, needs, fixed=[Link("n", "r")]))

    assert pairs(plan) == [("n", "r", 1)]


def test_solve_never_proposes_a_refused_pair():
    resources, needs = [Resource("r", "雨伞")], [Need("n", "雨伞")]

    plan = solve(problem(resources, needs, refused=[("n", "r")]))

    assert pairs(plan) == []
    assert unmet(plan)[0].cause.code == "refused"


def test_unmet_need_names_the_other_time():
    resources = [Resource("r", "会议室", unit="商场", windows=(Window(1, 600, 700),))]
    needs = [Need("n", "会议室", unit="甲", windows=(Window(2, 600, 700),))]

    plan = solve(problem(resources, needs))

    assert [one.cause.code for one in unmet(plan)] == ["other_time"]


def test_unmet_need_names_who_took_the_offer():
    resources = [Resource("r", "会议室", unit="商场", exclusive=True)]
    needs = [Need("a", "会议室", unit="甲", weight=2.0), Need("b", "会议室", unit="乙")]

    plan = solve(problem(resources, needs))

    assert pairs(plan) == [("a", "r", 1)]
    assert unmet(plan)[0].cause.params["holders"] == ("a",)


def test_unmet_need_of_a_room_too_small():
    resources = [Resource("r", "会议室", amount=10, measure="座")]

    plan = solve(problem(resources, [Need("n", "会议室", amount=20, measure="人")]))

    assert [one.cause.code for one in unmet(plan)] == ["too_few_seats"]


def test_problem_names_the_row_of_a_bad_amount():
    with pytest.raises(BadItem) as caught:
        problem([], [Need("n7", "雨伞", amount=float("nan"))])

    assert (caught.value.item, caught.value.field) == ("n7", "amount")


def test_resolve_keeps_pairs_that_still_stand():
    resources = [Resource("r", "雨伞"), Resource("s", "法律讲座")]
    plan = solve(problem(resources, [Need("a", "雨伞"), Need("b", "法律讲座")]))

    again, changes = resolve(plan, Delta(gone=frozenset({"s"})))

    assert pairs(again) == [("a", "r", 1)]
    assert changes.dropped == frozenset()
    assert changes.forced == {("b", "", "s")}


def test_verify_catches_more_units_than_there_are():
    resources = [Resource("r", "雨伞", amount=2, measure="把")]
    made = problem(resources, [Need("n", "雨伞", amount=3, measure="把")])
    plan = solve(made)
    planted = replace(plan, proposals=replace(plan.proposals, units=np.array([3])))

    codes = {violation.code for violation in verify(made, planted).violations}

    assert {"lot", "lot_size", "objective"} <= codes


def test_verify_catches_a_bound_below_the_objective():
    made = problem([Resource("r", "雨伞")], [Need("n", "雨伞")])
    plan = solve(made)

    assert [v.code for v in verify(made, replace(plan, bound=0.0)).violations] == ["bound"]


WORDS = st.sampled_from(["雨伞", "会议室", "法律讲座", "扶手安装", "义诊"])
AMOUNTS = st.one_of(st.none(), st.integers(0, 9).map(float))
MEASURES = st.sampled_from(["", "人", "把", "场", "元"])
NEEDS = st.builds(
    Need, id=st.just(""), title=WORDS, amount=AMOUNTS, measure=MEASURES, indivisible=st.booleans()
)
OFFERS = st.builds(
    Resource,
    id=st.just(""),
    title=WORDS,
    amount=AMOUNTS,
    measure=MEASURES,
    exclusive=st.booleans(),
    min_lot=st.integers(0, 2).map(float),
    provider_cap=st.one_of(st.none(), st.integers(0, 2)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NEEDS, max_size=6), st.lists(OFFERS, max_size=6))
def test_any_plan_holds_and_stays_under_its_bound(needs, offers):
    made = problem(
        [replace(offer, id=f"r{at}") for at, offer in enumerate(offers)],
        [replace(need, id=f"n{at}") for at, need in enumerate(needs)],
    )

    plan = solve(made, Options(seconds=0.2))

    assert verify(made, plan).violations == ()
    assert plan.objective <= plan.bound + 1e-6
