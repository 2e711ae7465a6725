"""Which field a heading means, and what content says where the heading does not."""

import pytest

from mulin.sheets.columns import name_columns
from mulin.sheets.headings import candidates


def _fields(headings, *rows):
    cells = {i: [row[i] for row in rows if row[i]] for i in range(len(headings))}
    named = name_columns(dict(enumerate(headings)), cells, {})
    return [column.field for column in named.columns], named.measures


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("盼办事项", "title"), ("能拿出的资源", "title"), ("需求体量", "quantity"),
        ("由谁认领", "claimers"), ("包抓单位", "owner"), ("限期完成日", "due"),
        ("何时方便", "period"), ("惠及哪些人", "serving"), ("拟设点位", "place"),
        ("提供前提", "conditions"), ("目前办理到哪一步", "state"), ("附言", "remark"),
        ("所属范畴", "category"), ("報需單位", "unit"), ("條目序號", "number"),
        ("Target group", "serving"), ("辦理情形", "state"),
    ],
)  # fmt: skip
def test_a_heading_in_new_words_is_understood(heading, field):
    assert candidates(heading)[0][0] == field


@pytest.mark.parametrize(
    "heading", ["单位性质", "是否公开", "登记日期", "满意等级", "性别", "紧急度"]
)
def test_what_is_no_field_stays_unnamed(heading):
    assert candidates(heading) == ()


def test_a_time_that_ends_is_when_it_is_due():
    assert _fields(["需求", "时间"], ["路灯", "3月底前"], ["扶手", "2026.5.1前"])[0][1] == "due"


def test_a_time_that_recurs_is_when_it_suits():
    assert _fields(["资源", "时间"], ["讲座", "每周六"], ["球场", "周末"])[0][1] == "period"


def test_the_unit_beside_an_amount_is_its_measure():
    fields, measures = _fields(["需求", "数量", "单位"], ["路灯", "2", "盏"], ["扶手", "3", "处"])
    assert (fields, measures) == (["title", "quantity", None], 2)


def test_who_gives_has_taken_what_another_asks():
    fields, _ = _fields(["需求方", "事项", "供给方"], ["甲社区", "路灯", "供电所"])
    assert fields == ["unit", "title", "claimers"]


def test_a_list_without_a_known_title_lists_its_words():
    fields, _ = _fields(["序号", "甲乙丙", "数量"], ["1", "装路灯", "2盏"], ["2", "修扶手", "3处"])
    assert fields == ["number", "title", "quantity"]


def test_words_are_no_amount_whatever_the_heading():
    fields, _ = _fields(["需求", "规模"], ["路灯", "新建雨棚"], ["扶手", "更换管线"])
    assert "quantity" not in fields
