"""Why a pair is not proposed: each cause, and each remedy shown to work on the items themselves."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from mulin.matching import (
    Delta,
    Need,
    Options,
    Resource,
    Window,
    problem,
    proposals,
    resolve,
    solve,
    unmet,
    why_not,
)
from mulin.matching.items import Jurisdiction

ROOM = Resource("r", "会议室", unit="商场", gives=frozenset({"space"}))
ASKS = Need("n", "会议室", unit="甲", wants=frozenset({"space"}))
TUESDAY, WEDNESDAY = Window(1, 840, 960), Window(2, 840, 960)
MARCH = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 31)}
MAY = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 5, 31)}
HERE, THERE = (30.0, 120.0), (30.0, 120.1)
LABOUR = frozenset({"labour"})

# Each: the need, the resource, the cause, the remedy and its parameters, and what to change.
APART = [
    (
        replace(ASKS, windows=(TUESDAY,)),
        replace(ROOM, windows=(WEDNESDAY,)),
        "other_time",
        ("if_time", {"day": 2, "start": 840, "end": 960}),
        Delta(needs=(replace(ASKS, windows=(WEDNESDAY,)),)),
    ),
    (
        replace(ASKS, **MARCH),
        replace(ROOM, **MAY),
        "other_dates",
        ("if_dates", {"from": MAY["starts_on"], "to": MAY["ends_on"]}),
        Delta(needs=(replace(ASKS, **MAY),)),
    ),
    (
        replace(ASKS, amount=30, measure="人"),
        replace(ROOM, amount=20, measure="座"),
        "too_few_seats",
        ("if_amount_less", {"amount": 20, "measure": "人"}),
        Delta(needs=(replace(ASKS, amount=20, measure="人"),)),
    ),
    (
        replace(ASKS, amount=30, measure="人"),
        replace(ROOM, amount=20, measure="座"),
        "too_few_seats",
        ("if_seats", {"seats": 30, "more": 10}),
        Delta(resources=(replace(ROOM, amount=30, measure="座"),)),
    ),
    (
        replace(ASKS, point=HERE),
        replace(ROOM, point=THERE, radius_km=3.0),
        "too_far",
        ("if_radius", {"km": 9.7}),
        Delta(resources=(replace(ROOM, point=THERE, radius_km=9.7),)),
    ),
    (
        ASKS,
        replace(ROOM, gives=LABOUR),
        "other_supply",
        ("if_gives", {"tags": ("space",)}),
        Delta(resources=(ROOM,)),
    ),
    (
        Need("n", "雨伞", unit="甲", amount=2, measure="把"),
        Resource("r", "雨伞", unit="商场", amount=50, measure="把", min_lot=10),
        "too_small",
        ("if_lot", {"amount": 2, "measure": "把"}),
        Delta(resources=(Resource("r", "雨伞", unit="商场", amount=50, measure="把", min_lot=2),)),
    ),
    (
        Need("n", "雨伞", amount=9, measure="把", indivisible=True, max_suppliers=1),
        Resource("r", "雨伞", unit="商场", amount=5, measure="把"),
        "too_small",
        ("if_amount_less", {"amount": 5, "measure": "把"}),
        Delta(
            needs=(Need("n", "雨伞", amount=5, measure="把", indivisible=True, max_suppliers=1),)
        ),
    ),
]


@pytest.mark.parametrize(("need", "resource", "cause", "remedy", "change"), APART)
def test_filtered_pair_is_named_with_a_remedy(need, resource, cause, remedy, change):
    answer = why_not(solve(problem([resource], [need])), "n", "r")

    assert answer.code == cause
    assert remedy in [(one.code, one.params) for one in answer.remedies]


@pytest.mark.parametrize(("need", "resource", "cause", "remedy", "change"), APART)
def test_remedy_done_to_the_items_gives_the_pair(need, resource, cause, remedy, change):
    again, _ = resolve(solve(problem([resource], [need])), change)

    assert [(one.need, one.resource) for one in proposals(again)] == [("n", "r")]


def test_refused_pair_would_be_proposed_if_that_were_taken_back():
    plan = solve(problem([ROOM], [ASKS], refused=[("n", "r")]))

    answer = why_not(plan, "n", "r")

    assert (answer.code, [one.code for one in answer.remedies]) == ("refused", ["if_unrefused"])


def test_pair_of_one_unit_has_no_remedy():
    plan = solve(problem([replace(ROOM, unit="甲")], [ASKS]))

    answer = why_not(plan, "n", "r")

    assert (answer.code, answer.params, answer.remedies) == (
        "own_offer", {"resource": "r", "unit": "甲"}, ()
    )  # fmt: skip


def test_pair_of_two_failures_has_no_remedy():
    need = replace(ASKS, windows=(TUESDAY,), **MARCH)
    plan = solve(problem([replace(ROOM, windows=(WEDNESDAY,), **MAY)], [need]))

    answer = why_not(plan, "n", "r")

    assert (answer.code, answer.remedies) == ("other_dates", ())


def test_other_time_is_no_remedy_where_somebody_has_that_time():
    held = replace(ASKS, id="a", windows=(WEDNESDAY,), weight=9.0)
    room = replace(ROOM, windows=(WEDNESDAY,), exclusive=True)
    plan = solve(problem([room], [held, replace(ASKS, windows=(TUESDAY,))]))

    answer = why_not(plan, "n", "r")

    assert (answer.code, answer.remedies) == ("other_time", ())


def test_pair_of_another_body_names_who_must_approve():
    made = problem([ROOM], [ASKS])
    made = replace(made, parts=replace(made.parts, body=("街道办",)))
    plan = replace(solve(made), problem=replace(made, edges=problem([], [ASKS]).edges))
    nothing = {name: column[:0] for name, column in vars(plan.proposals).items()}
    plan = replace(plan, proposals=replace(plan.proposals, **nothing))

    answer, (short,) = why_not(plan, "n", "r"), unmet(plan)

    assert (answer.code, answer.params) == ("needs_approval", {"resource": "r", "body": "街道办"})
    assert (short.cause.code, short.cause.params["body"]) == ("needs_approval", "街道办")


def test_pair_about_something_else_has_no_remedy_in_its_time():
    need = Need("n", "楼道照明灯", unit="甲", wants=LABOUR, windows=(TUESDAY,))
    resource = Resource("r", "扶手安装", unit="商场", gives=LABOUR, windows=(WEDNESDAY,))

    answer = why_not(solve(problem([resource], [need])), "n", "r")

    assert (answer.code, answer.remedies) == ("other_time", ())


def test_pair_for_another_audience_says_for_whom():
    answer = why_not(
        solve(problem([replace(ROOM, serving="老年人")], [replace(ASKS, serving="儿童")])), "n", "r"
    )

    assert (answer.code, answer.params) == (
        "other_audience", {"resource": "r", "serving": "老年人"}
    )  # fmt: skip


def test_pair_of_another_community_says_which_is_not_served():
    room = replace(ROOM, jurisdiction=(Jurisdiction("东社区"),))

    answer = why_not(solve(problem([room], [replace(ASKS, community="西社区")])), "n", "r")

    assert (answer.code, answer.params) == (
        "other_community", {"resource": "r", "community": "西社区"}
    )  # fmt: skip


def test_joint_approvals_name_the_body_still_missing():
    need = replace(ASKS, wants=frozenset({"permission"}), approvals=("街道办", "消防"))
    given = Resource("p", "许可", unit="街道办", gives=frozenset({"permission"}))

    (short,) = unmet(solve(problem([given], [need])))

    assert (short.cause.code, short.cause.params["body"]) == ("needs_approval", "消防")


def test_weak_pair_says_how_much_fit_is_missing():
    resource = Resource("r", "法律宣讲讲师", unit="律所", gives=LABOUR)
    plan = solve(problem([resource], [Need("n", "反诈宣讲进小区", unit="甲", wants=LABOUR)]))

    answer = why_not(plan, "n", "r")

    (remedy,) = answer.remedies
    assert (answer.code, remedy.code) == ("weak_fit", "if_fit")
    assert answer.params["fit"] + remedy.params["more"] == pytest.approx(0.45, abs=0.011)


def test_pair_not_looked_at_would_be_proposed_if_it_were():
    first = replace(ROOM, id="b", exclusive=True)
    plan = solve(problem([first, ROOM], [replace(ASKS, id="a", weight=3.0), ASKS], k=1))

    answer = why_not(plan, "n", "r")

    assert (answer.code, answer.params["k"]) == ("not_among_best", 1)
    assert [one.code for one in answer.remedies] == ["if_considered"]


GOODS = Resource("r", "雨伞", unit="商场", amount=3, measure="把")
MORE = Need("a", "雨伞", unit="乙", amount=3, measure="把", weight=9.0)
LESS = Need("n", "雨伞", unit="甲", amount=2, measure="把")


def test_outbid_pair_names_holder_and_remedies():
    answer = why_not(solve(problem([GOODS], [MORE, LESS])), "n", "r")

    assert (answer.code, answer.params["holders"]) == ("taken", ("a",))
    assert [(one.code, one.params) for one in answer.remedies] == [
        ("if_units", {"more": 1, "measure": "把"}),
        ("if_withdrawn", {"holders": ("a",)}),
    ]


def test_more_goods_give_the_outbid_pair():
    plan = solve(problem([GOODS], [MORE, LESS]))

    again, _ = resolve(plan, Delta(resources=(replace(GOODS, amount=4),)))

    assert ("n", "r") in [(one.need, one.resource) for one in proposals(again)]


def test_provider_that_took_on_enough_is_asked_for_one_more():
    room, other = (replace(ROOM, id=key, provider_cap=1) for key in ("r", "s"))
    needs = [replace(ASKS, id="a", weight=2.0), ASKS]
    plan = solve(problem([room, other], needs))

    answer = why_not(plan, "n", "s")

    assert (answer.code, answer.params["holders"]) == ("provider_full", ("a",))
    assert [one.code for one in answer.remedies] == ["if_cap"]


def test_exclusive_offer_would_have_to_be_another_like_it():
    plan = solve(
        problem([replace(ROOM, exclusive=True)], [replace(ASKS, id="a", weight=2.0), ASKS])
    )

    answer = why_not(plan, "n", "r")

    assert (answer.code, answer.params["holders"]) == ("exclusive_taken", ("a",))
    assert {one.code for one in answer.remedies} == {"if_another", "if_withdrawn"}


def test_need_served_by_others_names_them():
    other = replace(ROOM, id="s", title="会议室大")
    plan = solve(problem([ROOM, other], [ASKS]))

    answer = why_not(plan, "n", "s")

    assert (answer.code, answer.params["others"]) == ("served_by_others", ("r",))
    assert "if_stepped_back" in [one.code for one in answer.remedies]


def test_need_for_the_whole_says_what_could_be_had():
    need = replace(LESS, amount=5, indivisible=True, max_suppliers=2)
    plan = solve(problem([GOODS], [need]))

    answer = why_not(plan, "n", "r")

    assert (answer.code, [(one.code, one.params) for one in answer.remedies]) == (
        "not_completable",
        [("if_amount_less", {"amount": 3, "measure": "把"})],
    )


def test_proposed_pair_needs_no_remedy():
    answer = why_not(solve(problem([ROOM], [ASKS])), "n", "r")

    assert (answer.code, answer.remedies) == ("proposed", ())


def test_plan_that_left_a_pair_out_for_nothing_says_so():
    plan = solve(problem([ROOM], [ASKS]))
    nothing = {name: column[:0] for name, column in vars(plan.proposals).items()}
    empty = replace(plan, proposals=replace(plan.proposals, **nothing), objective=0.0)

    assert why_not(empty, "n", "r").code == "overlooked"


def test_plan_that_serves_the_lesser_need_says_so():
    needs = [replace(ASKS, id="a", weight=2.0), ASKS]
    plan = solve(problem([replace(ROOM, exclusive=True)], needs))
    chosen = replace(plan.proposals, edge=np.array([1]), value=plan.proposals.value / 2)

    answer = why_not(replace(plan, proposals=chosen, objective=plan.objective / 2), "a", "r")

    assert (answer.code, answer.remedies) == ("overlooked", ())


def test_unknown_id_is_a_key_error():
    plan = solve(problem([ROOM], [ASKS]))

    with pytest.raises(KeyError):
        why_not(plan, "n", "nobody")


def test_unmet_part_of_a_need_keeps_its_tag():
    need = replace(ASKS, wants=frozenset({"space", "money"}))

    (short,) = unmet(solve(problem([ROOM], [need])))

    assert (short.need, short.tag, short.cause.code) == ("n", "money", "nobody_offers")


def test_unmet_need_of_a_long_list_is_compared_with_its_own_kind(monkeypatch):
    monkeypatch.setattr("mulin.matching.shortfalls.ALL_PAIRS", 0)
    rooms = [replace(ROOM, id=f"r{at}", windows=(WEDNESDAY,)) for at in range(3)]
    other = Resource("s", "法律咨询", unit="律所", gives=LABOUR)
    plan = solve(problem([*rooms, other], [replace(ASKS, windows=(TUESDAY,))], k=1))

    (short,) = unmet(plan)

    assert (short.cause.code, short.cause.params["resource"]) == ("other_time", "r0")


def test_numeric_plan_has_causes_without_items():
    made = problem([GOODS], [MORE, LESS])
    bare = replace(made, needs=(), resources=())
    plan = replace(solve(made, Options()), problem=bare)

    (short,) = unmet(plan)

    assert (short.need, short.missing, short.cause.params) == (
        "1", 2, {"resource": "0", "holders": ("0",)}
    )  # fmt: skip
