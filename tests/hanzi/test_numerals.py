"""What a numeral may look like."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.hanzi import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("３", "3"),
        ("1,200", "1200"),
        ("三十", "30"),
        ("两", "2"),
        ("十五", "15"),
        ("一百零三", "103"),
        ("1.2万", "12000"),
        ("三百二十万", "3200000"),
        ("百余", "100"),
        ("二〇二六", "2026"),
        ("貳拾", "20"),
        ("半", "0.5"),
    ],
)
def test_number_reads(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "若干", "路灯", "三十a", "1.2.3"])
def test_number_refuses_what_is_none(text):
    assert number(text) is None


@given(st.text(alphabet="零一二十百千万亿余几0123456789.,半 a", max_size=40))
def test_number_never_raises(text):
    assert number(text) is None or number(text) >= 0
