"""What is said for a pair."""

import pytest

from mulin.matching import Need, Resource, problem, proposals, solve


@pytest.mark.parametrize(
    ("asked", "offered", "said"),
    [((2, "把"), (5, "把"), True), ((6, "把"), (5, "间"), False), ((6, "把"), (5, "把"), False)],
)
def test_amount_speaks_for_a_pair_only_where_it_suffices(asked, offered, said):
    resources = [Resource("r", "雨伞", unit="商场", amount=offered[0], measure=offered[1])]
    needs = [Need("n", "雨伞", unit="甲", amount=asked[0], measure=asked[1])]

    (pair,) = proposals(solve(problem(resources, needs)))

    assert ("amount" in [reason.code for reason in pair.reasons]) is said
