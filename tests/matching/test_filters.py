"""What forbids a pair, and what the name of a unit says of the work it may give."""

from datetime import date

import numpy as np
import pytest

from mulin.matching import Need, Resource, Window, problem, proposals, solve
from mulin.matching.audience import AUDIENCES, audience
from mulin.matching.items import Jurisdiction

FILTERS = (
    "other", "suits", "jurisdiction", "audience", "dates", "time", "payable", "roomy", "sized",
    "near",
)  # fmt: skip
NEED = {"id": "n", "title": "合唱队排练", "unit": "社区", "community": "东苑"}
OFFER = {"id": "r", "title": "合唱指导", "unit": "剧团", "gives": frozenset({"labour"})}


def blocked(need: dict, offer: dict) -> list[str]:
    """The filters that this pair doesn't pass."""
    built = problem([Resource(**OFFER | offer)], [Need(**NEED | need)])
    part = built.parts
    screened = built.screen.rows(part.need[:1], part.tag[:1], bodies=part.body[:1])
    return [name for name in FILTERS if not getattr(screened, name)[0, 0]]


@pytest.mark.parametrize(
    ("need", "offer", "names"),
    [
        ({}, {}, []),
        ({"unit": "剧 团"}, {"unit": "剧 团"}, ["other"]),
        ({"wants": frozenset({"money"})}, {}, ["suits"]),
        ({"serving": "老年居民"}, {"serving": "儿童"}, ["audience"]),
        ({"serving": "居民"}, {"serving": "儿童"}, []),
        ({"serving": "老人、儿童"}, {"serving": "儿童"}, []),
        ({}, {"jurisdiction": (Jurisdiction("西苑"),)}, ["jurisdiction"]),
        ({}, {"jurisdiction": (Jurisdiction("西苑"), Jurisdiction("东苑"))}, []),
        (
            {"starts_on": date(2026, 5, 1)},
            {"jurisdiction": (Jurisdiction("东苑", until=date(2026, 4, 30)),)},
            ["jurisdiction"],
        ),
        ({"due_on": date(2026, 3, 1)}, {"starts_on": date(2026, 4, 1)}, ["dates"]),
        ({"windows": (Window(0, 540, 600),)}, {"windows": (Window(1, 540, 600),)}, ["time"]),
        (
            {"windows": (Window(0, 540, 600),), "starts_on": date(2026, 3, 3)},
            {"windows": (Window(0, 540, 600),), "ends_on": date(2026, 3, 5)},
            ["time"],
        ),
        ({"amount": 500, "measure": "元"}, {"amount": 2, "measure": "次"}, ["payable"]),
        (
            {"amount": 30, "measure": "人"},
            {"amount": 20, "measure": "座", "gives": frozenset({"space", "labour"})},
            ["roomy"],
        ),
        ({"amount": 3, "measure": "次"}, {"amount": 9, "measure": "次", "min_lot": 5}, ["sized"]),
        ({"point": (31, 121)}, {"point": (31, 121.2), "radius_km": 10}, ["near"]),
        ({"point": (31, 121)}, {"point": (31, 121.1), "radius_km": 10}, []),
    ],
)
def test_each_filter_forbids_what_it_is_for(need, offer, names):
    assert blocked(need, offer) == names


def test_audience_of_a_list_is_everybody_where_residents_are_named():
    names = list(AUDIENCES)
    assert [audience(text) for text in ("老年居民", "居民、老人", "", "残疾儿童")] == [
        1 << names.index("elderly"),
        0,
        0,
        1 << names.index("children") | 1 << names.index("disabled"),
    ]


def test_one_pair_is_screened_as_in_its_row():
    offers = [
        Resource(f"r{at}", title, unit="甲") for at, title in enumerate(["合唱", "义诊", "灯"])
    ]
    built = problem(offers, [Need(**NEED)])
    whole = built.screen.rows(np.array([0]), [""])
    one = built.screen.rows(np.array([0]), [""], columns=np.array([2, 0]))
    np.testing.assert_array_equal(one.fit, whole.fit[:, [2, 0]])
    np.testing.assert_array_equal(one.passed, whole.passed[:, [2, 0]])


def proposed(need: Need, *offers: tuple[str, str]) -> list[tuple[str, str]]:
    """Who serves which supply, of offers of work alone (title, unit)."""
    supply = [
        Resource(title, title, unit=unit, gives=frozenset({"labour"})) for title, unit in offers
    ]
    return [(one.tag, one.resource) for one in proposals(solve(problem(supply, [need])))]


def test_work_for_no_particular_purpose_serves_any():
    need = Need("n", "楼道墙面粉刷", unit="社区", wants=frozenset({"labour"}))
    assert proposed(need, ("法律咨询", "律所"), ("青年志愿服务队", "团委")) == [
        ("labour", "青年志愿服务队")
    ]


def test_unit_whose_name_goes_with_the_need_comes_before_any_other():
    need = Need("n", "给老人量血压", unit="社区", wants=frozenset({"labour"}), max_suppliers=1)
    offers = [(name, name) for name in ("某某银行", "某某有限公司", "第一医院")]
    assert proposed(need, *offers) == [("labour", "第一医院")]


def test_team_that_names_its_trade_serves_only_that():
    need = Need("n", "帮忙代交电费", unit="社区", wants=frozenset({"labour"}))
    assert proposed(need, ("路灯维修队", "路灯维修队")) == []


def test_approvals_are_given_by_the_bodies_named_and_nobody_else():
    need = Need(
        "n", "楼顶加装雨棚", unit="社区", approvals=("城管局", "街道办"), amount=3, measure="处",
        wants=frozenset({"labour", "permission"}),
    )  # fmt: skip
    permission = frozenset({"permission"})
    offers = [
        Resource("a", "占道审批", unit="城管局", gives=permission),
        Resource("b", "审批", unit="规划局", gives=permission),
        Resource("c", "社区事务", unit="街道办", gives=frozenset({"labour"})),
    ]
    built = problem(offers, [need])
    parts = built.parts
    assert list(zip(parts.tag, parts.body, parts.demand.tolist(), strict=True)) == [
        ("labour", "", 3),
        ("permission", "城管局", 1),
        ("permission", "街道办", 1),
    ]
    permitted = [(one.tag, one.resource, one.units) for one in proposals(solve(built))]
    assert [one for one in permitted if one[0] == "permission"] == [("permission", "a", 1)]
