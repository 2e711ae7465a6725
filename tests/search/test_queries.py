"""What is found, in which order."""

import uuid

import pytest

from mulin.search.queries import find

HERE, ELSEWHERE = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.mark.parametrize(
    "asked",
    [
        "路灯", "路燈", "灯", "更换路灯", "楼道 路灯", "路", "ABC", "ａｂｃ", "b", "3号", "号",
        "灯，更换", "更换路灯3号楼道abc",
    ],
)  # fmt: skip
def test_every_substring_is_found(put, asked):
    thing = put("更换路灯3号楼道Abc")
    assert find(asked, scope=HERE) == [thing]


@pytest.mark.parametrize(
    "asked", ["", "，。", "路道", "路灯x", "换灯", '"', "* OR", "'", "NOT 路灯 OR 天"]
)
def test_what_is_not_there_is_not_found(put, asked):
    put("更换路灯3号楼道Abc")
    assert find(asked, scope=HERE) == []


def test_pairs_that_stand_apart_are_no_match(put):
    put("路灯旁的灯杆")
    assert find("路灯杆", scope=HERE) == []


def test_another_alliances_things_are_not_found(put):
    put("路灯", scope=ELSEWHERE)
    assert find("路灯", scope=HERE) == []


def test_kinds_are_told_apart(put):
    need, resource = put("路灯"), put("路灯", kind="resource")
    found = [find("路灯", scope=HERE, kinds=kinds) for kinds in (["need"], ["resource"], ["x"])]
    assert found == [[need], [resource], []]


def test_titles_come_before_details_and_new_before_old(put):
    detail, old, new = put("楼道要修，路灯也暗"), put("路灯暗"), put("路灯坏了")
    assert find("路灯", scope=HERE) == [new, old, detail]


def test_limit_keeps_the_first(put):
    put("路灯暗")
    new = put("路灯坏了")
    assert find("路灯", scope=HERE, limit=1) == [new]
