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
