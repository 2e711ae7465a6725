"""Every recorded verb has its sentence, in three languages; stories are told once, in order."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

import mulin
from mulin.history.actions import record
from mulin.history.models import Words
from mulin.history.wording import Told, by_day, tell, verbs
from mulin.lists.actions import merge_items, publish_item, unmerge_item
from tests.factories.things import make_item

OPEN = ("public", "alliance")
LANGUAGES = ("zh-hans", "zh-hant", "en")
COMPUTED = {
    "acceptances.py": {"acceptance_accepted", "acceptance_objected"},
    "claims.py": {"asked", "claimed"},
}
"""Verbs put together where they are recorded, by the module that does."""

CHINESE = re.compile("[\u4e00-\u9fff]")


def recorded_verbs() -> set[str]:
    """The words that stand first in each call of `record` anywhere in mulin."""
    found: set[str] = set()
    for path in Path(mulin.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name_of(node.func) == "record":
                verb = node.args[0]
                found |= {verb.value} if isinstance(verb, ast.Constant) else COMPUTED[path.name]
    return found


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def sentences(verb) -> list[str]:
    more = [words for _detail, words in verb.more]
    return [str(one) for one in (verb.sentence, verb.many, verb.of_each, *more) if one]


def test_every_recorded_verb_has_a_sentence():
    assert recorded_verbs() - set(verbs()) == set()


def test_every_sentence_is_of_a_recorded_verb():
    assert set(verbs()) - recorded_verbs() == set()


@pytest.mark.parametrize("name", sorted(verbs()))
def test_every_sentence_is_there_in_three_languages(name):
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = sentences(verbs()[name])
    chinese = [*said["zh-hans"], *said["zh-hant"]]
    assert [words for words in chinese if not CHINESE.search(words)] == []
    assert [words for words in said["en"] if CHINESE.search(words)] == []


@pytest.mark.parametrize("name", sorted(verbs()))
def test_every_translation_names_the_same_details(name):
    named = []
    for language in LANGUAGES:
        with override(language):
            named.append(
                [set(re.findall(r"\{(\w+)\}", words)) for words in sentences(verbs()[name])]
            )
    assert named[0] == named[1] == named[2]


def story_of(cast, subject, reader=None) -> list[Told]:
    reader, scopes = reader or cast.lin, [cast.alliance.pk]
    with override("en"):
        return tell(subject, reader=reader, audiences=OPEN, scopes=scopes)


def lines_of(cast, subject, reader=None) -> list[str]:
    return [line.title for line in story_of(cast, subject, reader)]


def test_merged_request_and_its_head_tell_each_other_once(cast):
    into, other = (make_item(cast, title=t, state="submitted") for t in ("扶手", "栏杆"))
    merge_items(into, items=[other], by=cast.lin)
    publish_item(into, by=cast.lin)
    said = ["“栏杆” of 东街第一社区 merged into “扶手”", "“扶手” reviewed and published"]
    assert (lines_of(cast, into.pk), lines_of(cast, other.pk)) == (said, said)


def test_unmerged_request_and_its_head_go_their_own_ways(cast):
    into, other = (make_item(cast, title=t, state="submitted") for t in ("扶手", "栏杆"))
    merge_items(into, items=[other], by=cast.lin)
    unmerge_item(other, by=cast.lin)
    publish_item(into, by=cast.lin)
    assert lines_of(cast, other.pk)[1:] == ["“栏杆” taken out of “扶手” again"]
    assert lines_of(cast, into.pk) == [
        "Took in the request of 东街第一社区: “栏杆”",
        "“栏杆” of 东街第一社区 goes its own way again",
        "“扶手” reviewed and published",
    ]


def test_like_events_of_one_day_become_one_line_that_lists_them(cast):
    into, *others = (make_item(cast, title=f"扶手{n}", state="submitted") for n in range(4))
    merge_items(into, items=others, by=cast.lin)
    (line,) = story_of(cast, into.pk)
    assert (line.title, len(line.lines)) == ("3 requests merged into “扶手0”", 3)


def test_events_of_a_thing_one_may_not_see_are_not_told(cast):
    item = make_item(cast, state="returned", published_at=None)
    record("returned", item, by=cast.lin, reason="x")
    assert (len(lines_of(cast, item.pk)), lines_of(cast, item.pk, cast.wang)) == (1, [])


def test_erased_words_leave_no_empty_sentence(cast):
    item = make_item(cast, title="扶手")
    record("merged", item, by=cast.lin, into="栏杆")
    Words.objects.update(by=None, by_name="", label="", details={}, salt="")
    assert lines_of(cast, item.pk) == ["“扶手” of 东街第一社区 merged into “…”"]


def test_dates_are_written_as_the_reader_writes_them(cast):
    item = make_item(cast)
    record("still_true", item, by=cast.mei, until="2031-03-04")
    (line,) = story_of(cast, item.pk)
    assert (line.lines, line.who) == ((("Holds until 4\u00a0Mar\u00a02031", ""),), "Mei")


def test_lines_stand_under_their_days(cast):
    item = make_item(cast)
    for text in "ab":
        record("commented", item, by=cast.lin, text=text)
    days = by_day(story_of(cast, item.pk))
    assert [[line.quote for line in lines] for _on, lines in days] == [["a", "b"]]
