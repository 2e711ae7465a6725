"""Marking asked words in a text."""

import pytest

from mulin.search.marking import excerpt, holds, marked, words_of


@pytest.mark.parametrize(
    ("text", "asked", "parts"),
    [
        ("更换路灯", "路灯", [("更换", False), ("路灯", True)]),
        ("更換路燈", "路灯", [("更換", False), ("路燈", True)]),
        ("更换路灯", "路燈 更", [("更", True), ("换", False), ("路灯", True)]),
        ("ＡＢＣ社区", "abc", [("ＡＢＣ", True), ("社区", False)]),
        ("路灯路灯", "路灯", [("路灯路灯", True)]),
        ("路灯", "水管", [("路灯", False)]),
        ("", "水", []),
    ],
)
def test_words_are_marked_in_either_script(text, asked, parts):
    assert marked(text, words_of(asked)) == parts


def test_characters_that_fold_to_several_are_marked_whole():
    assert marked("60㎡多", words_of("m2")) == [("60", False), ("㎡", True), ("多", False)]


def test_excerpt_stands_around_the_first_word():
    text = "一" * 60 + "路灯" + "二" * 60
    parts = excerpt(text, ["路灯"])
    assert (parts[0][0][0], parts[1], parts[-1][0][-1]) == ("…", ("路灯", True), "…")


def test_excerpt_of_nothing_is_nothing():
    assert excerpt("楼道", ["路灯"]) == []


def test_holds_wants_every_word():
    assert [holds("六街社區路燈", ["社区", word]) for word in ("路灯", "水管")] == [True, False]
