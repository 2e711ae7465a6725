"""Bad input: a typed error that names the row, or a correct problem; never a crash."""

import time
from dataclasses import replace
from datetime import date, datetime

import pytest

from mulin.matching import BadItem, Link, Need, Resource, Window, problem
from mulin.matching.items import Jurisdiction

NEED = Need("n", "路灯", unit="社区")
OFFER = Resource("r", "路灯维修", unit="公司")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", 7),
        ("title", None),
        ("detail", b"x"),
        ("amount", float("nan")),
        ("amount", float("inf")),
        ("amount", -1),
        ("amount", "3"),
        ("amount", 2_000_000_001),
        ("weight", float("nan")),
        ("max_suppliers", 0),
        ("max_suppliers", 1.5),
        ("indivisible", "no"),
        ("wants", ["labour"]),
        ("wants", frozenset({"love"})),
        ("windows", [Window(0)]),
        ("windows", (Window(7),)),
        ("windows", (Window(0, 600, 540),)),
        ("windows", (Window(0, 0, []),)),
        ("starts_on", "2026-01-01"),
        ("starts_on", datetime(2026, 1, 1)),  # noqa: DTZ001
        ("ends_on", date(2025, 1, 1)),
        ("point", (31.0,)),
        ("point", (91.0, 0.0)),
        ("point", (float("nan"), 121.0)),
        ("approvals", ("",)),
        ("approvals", "城管局"),
    ],
)
def test_bad_need_is_named_with_what_would_be_accepted(field, value):
    fields = {"starts_on": date(2026, 1, 2)} if field == "ends_on" else {}
    bad = replace(NEED, **fields | {field: value})
    with pytest.raises(BadItem) as caught:
        problem([OFFER], [replace(NEED, id="first"), bad])
    told = {"wants": "tags"}.get(field, field)
    assert (caught.value.item, caught.value.field) == ("row 1" if field == "id" else "n", told)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("min_lot", -1),
        ("provider_cap", -1),
        ("radius_km", float("inf")),
        ("exclusive", 1),
        ("jurisdiction", ("东苑",)),
        ("jurisdiction", (Jurisdiction("东苑", date(2026, 2, 1), date(2026, 1, 1)),)),
    ],
)
def test_bad_resource_is_named(field, value):
    with pytest.raises(BadItem) as caught:
        problem([replace(OFFER, **{field: value})], [NEED])
    assert (caught.value.item, caught.value.field) == ("r", field)


def test_sum_too_large_for_its_columns_is_refused():
    with pytest.raises(BadItem, match=r"n: amount must be at most 2,000,000,000"):
        problem([OFFER], [replace(NEED, amount=300_000, measure="万元")])


def test_same_id_twice_and_links_of_unknown_items_are_refused():
    with pytest.raises(BadItem, match="n: id must be unique"):
        problem([OFFER], [NEED, NEED])
    with pytest.raises(BadItem, match="x: fixed must be a pair of known items"):
        problem([OFFER], [NEED], fixed=[Link("x", "r")])
    with pytest.raises(BadItem, match="n: agreed must be whole units"):
        problem([OFFER], [NEED], agreed=[Link("n", "r", -2)])


def test_odd_texts_are_read_like_any_other():
    odd = (
        "",
        "\n",
        "\ud800路灯",
        "\x00",
        "路\n灯" * 9,
        "灯" * 1_000_000,
        "a\u0301\u2028\u0085",
        "𠀀𠀁",
    )
    needs = [
        Need(f"n{at}", text, text, text, text, text, text, text) for at, text in enumerate(odd)
    ]
    offers = [
        Resource(f"r{at}", text, text, text, text, text, f"{text}队", text)
        for at, text in enumerate(odd)
    ]
    built = problem([*offers, OFFER], needs)
    first, last = built.edges.ptr[2:4].tolist()
    assert len(offers) in built.lots.resource[built.edges.lot[first:last]]


def test_nothing_at_all_makes_an_empty_problem():
    assert len(problem([], []).edges) == 0
    assert len(problem([], [NEED]).edges) == 0
    assert len(problem([OFFER], []).edges) == 0


def test_many_copies_of_one_pair_take_time_in_proportion():
    def seconds(count: int) -> float:
        needs = [replace(NEED, id=f"n{row}") for row in range(count)]
        offers = [replace(OFFER, id=f"r{row}") for row in range(count)]
        started = time.process_time()
        built = problem(offers, needs, k=4)
        assert built.lots.resource[built.edges.lot[-4:]].tolist() == [0, 1, 2, 3]
        return time.process_time() - started

    seconds(200)
    few, many = (min(seconds(count) for _ in range(3)) for count in (1_000, 4_000))
    assert many < 8 * few + 0.2
