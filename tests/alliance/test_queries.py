"""Reads about alliances."""

import pytest

from mulin.alliance.models import Membership, Organisation
from mulin.alliance.queries import charter_of, named, tree_of


@pytest.mark.parametrize(
    ("asked", "found"),
    [("一社区", ["一社区"]), ("一社區", ["一社区"]), ("社", ["一社区"]), ("", []), ("远", [])],
)
def test_members_are_named_in_either_script(cast, asked, found):
    assert [str(body) for body in named(cast.here, asked)] == found


def test_charter_lists_sides_in_order_and_itself_first(cast):
    parts = [
        (str(part.side), [str(member.membership) for member in part.members])
        for part in charter_of(cast.here)
    ]
    assert parts == [
        ("东街道", ["东街道", "一社区"]),
        ("西街道", ["西街道"]),
        ("None", ["组织部"]),
    ]


def test_tree_goes_down_any_depth_and_up_to_the_top(cast):
    deep = cast.lane
    for number in range(4):
        deep = Organisation.objects.create(kind="other", name=f"第{number}层", parent=deep)
    assert [str(body) for body in tree_of(cast.here)] == [
        "青山区", "组织部", "东街道", "一社区", "第0层", "第1层", "第2层", "第3层", "西街道",
    ]  # fmt: skip


def test_charter_asks_three_questions(cast, django_assert_num_queries):
    for number in range(5):
        body = Organisation.objects.create(
            kind="school", name=f"学校{number}", parent=cast.east.organisation
        )
        Membership.objects.create(alliance=cast.here, organisation=body, side=cast.east)
    with django_assert_num_queries(3):
        for part in charter_of(cast.here):
            [member.membership.organisation.full_name for member in part.members]
