"""How cells that hold several items are split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulin.sheets.items import split_alike, split_items


@pytest.mark.parametrize(
    "text",
    [
        *("1.装路灯\n2.修扶手", "1、装路灯2、修扶手", "（1）装路灯（2）修扶手", "①装路灯；②修扶手"),
        *("一、装路灯；二、修扶手", "一是装路灯；二是修扶手。", "第一，装路灯；第二，修扶手"),
        *("A.装路灯 B.修扶手", "●装路灯\n●修扶手", "装路灯\n修扶手", "装路灯；修扶手"),
        *("需求如下：1.装路灯2.修扶手", "1) 装路灯 2) 修扶手", "⑴装路灯⑵修扶手"),
    ],
)
def test_items_lose_their_numbering(text):
    assert split_items(text) == ["装路灯", "修扶手"]


@pytest.mark.parametrize(
    "text", ["1、2、3栋加装扶手", "1.5米护栏", "为1、2单元加装门禁", "书法、绘画课", "绿化（补种）"]
)
def test_one_item_stays_whole(text):
    assert split_items(text) == [text]


@pytest.mark.parametrize("text", ["绿化补种\n（南门）", "组织党员、\n群众清扫"])
def test_a_wrapped_line_is_joined(text):
    assert split_items(text) == [text.replace("\n", "")]


def test_amounts_numbered_alike_go_to_their_items():
    assert split_alike("1.2场\n2.3次", 2, by_line=True) == ["2场", "3次"]


def test_a_cell_that_counts_otherwise_is_shared():
    assert split_alike("1.2场\n2.3次", 3, by_line=True) == []


@given(st.text(max_size=60))
def test_splitting_never_loses_the_cell(text):
    assert split_items(text)
