"""What is said for a pair, and for several takers of one need together."""

import pytest

from mulin.matching import Missing, Need, Resource, joint, problem, proposals, solve


@pytest.mark.parametrize(
    ("asked", "offered", "said"),
    [((2, "把"), (5, "把"), True), ((6, "把"), (5, "间"), False), ((6, "把"), (5, "把"), False)],
)
def test_amount_speaks_for_a_pair_only_where_it_suffices(asked, offered, said):
    resources = [Resource("r", "雨伞", unit="商场", amount=offered[0], measure=offered[1])]
    needs = [Need("n", "雨伞", unit="甲", amount=asked[0], measure=asked[1])]

    (pair,) = proposals(solve(problem(resources, needs)))

    assert ("amount" in [reason.code for reason in pair.reasons]) is said


TWO = {"title": "雨伞", "amount": 2, "measure": "把"}
UMBRELLAS = [Resource("r", unit="一", **TWO), Resource("s", unit="二", **TWO)]


@pytest.mark.parametrize(("asked", "missing"), [(4, ()), (5, (Missing("", "", 1),))])
def test_takers_of_one_need_are_one_proposal(asked, missing):
    needs = [Need("n", "雨伞", amount=asked, measure="把"), Need("m", "法律咨询")]

    (one,) = joint(solve(problem(UMBRELLAS, needs)))

    assert (one.need, [member.resource for member in one.members]) == ("n", ["r", "s"])
    assert (one.missing, one.completes) == (missing, not missing)


def test_joint_proposal_names_the_supply_still_missing():
    need = Need("n", "雨伞", wants=frozenset({"money", "labour"}))
    money = Resource("r", "雨伞", gives=frozenset({"money"}))

    (one,) = joint(solve(problem([money], [need])))

    assert one.missing == (Missing("labour", "", 1),)


def test_each_taker_says_who_goes_with_it():
    plan = solve(problem(UMBRELLAS, [Need("n", "雨伞", amount=4, measure="把")]))

    others = [r.params for one in proposals(plan) for r in one.reasons if r.code == "jointly"]

    assert others == [{"others": ("s",)}, {"others": ("r",)}]
