"""What quantities, dues and cuts are read as."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.sheets.dates import read_due, read_period
from mulin.sheets.personal import cut
from mulin.sheets.quantities import read_quantity

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "amount", "measure"),
    [("约80人", 80, "人"), ("2间，24小时", 2, "间"), ("5万元", 50000, "元"), ("若干", None, "")],
)
def test_quantity_is_read(text, amount, measure):
    quantity = read_quantity(text)
    assert (quantity.amount, quantity.measure) == (amount, measure)


@pytest.mark.parametrize(
    ("text", "on"),
    [("2026年3月底前", "2026-03-31"), ("10.30号前", "2026-10-30"), ("45200", "2023-10-01")],
)
def test_due_is_read(text, on):
    assert read_due(text, today=TODAY).on == on


@pytest.mark.parametrize("text", ["王府社区", "张三丰路", "13800000000元", "20260315", "老人食堂"])
def test_cut_leaves_ordinary_content(text):
    assert cut(text)[0] == text


def test_cut_shortens_names_of_needy_people():
    assert cut("独居老人王秀英需要助浴")[0] == "独居老人王某需要助浴"


@given(st.text(alphabet="0123456789年月日号周季度第一二十至-.:/每约余万底前 ", max_size=25))
def test_values_never_raise(text):
    read_quantity(text), read_due(text, today=TODAY), read_period(text, today=TODAY), cut(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("国庆期间", "2026-10-01", "2026-10-07"),
        ("2026年春节期间", "2026-02-16", "2026-02-23"),
        ("中秋节", "2026-09-25", "2026-09-25"),
        ("每月15日", None, None),
        ("每月第一个周六", None, None),
        ("第二、三季度", "2026-04-01", "2026-09-30"),
        ("115年6月1日至6月30日", "2026-06-01", "2026-06-30"),
        ("3月1日至20日", "2026-03-01", "2026-03-20"),
    ],
)
def test_period_is_read(text, first, last):
    period = read_period(text, today=TODAY)
    assert (period.starts_on, period.ends_on, period.weekly) == (first, last, [])


@pytest.mark.parametrize(
    ("text", "days", "hours"),
    [
        ("周1-5 9:00-17:00", [0, 1, 2, 3, 4], ("09:00", "17:00")),
        ("每周二、四 16:30—18:00", [1, 3], ("16:30", "18:00")),
        ("周一三五下午2点到4点", [0, 2, 4], ("14:00", "16:00")),
    ],
)
def test_weekly_times_are_read(text, days, hours):
    period = read_period(text, today=TODAY)
    assert [(w["day"], w["from"], w["to"]) for w in period.weekly] == [(d, *hours) for d in days]


@pytest.mark.parametrize(
    ("text", "on"),
    [("重阳节前", "2026-10-18"), ("端午前", "2026-06-19"), ("2026年6月15日—20日", "2026-06-20")],
)
def test_due_by_a_feast_is_read(text, on):
    assert read_due(text, today=TODAY).on == on


@given(st.text(alphabet="0123456789年月日周每至-.、一二三四五:点上下午期间", max_size=30))
def test_times_never_raise(text):
    read_period(text, today=TODAY)
    read_due(text, today=TODAY)
