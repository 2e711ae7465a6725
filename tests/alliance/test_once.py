"""Questions about rights are asked once while a page reads, and anew as soon as it has ended."""

from mulin.alliance.models import Post
from mulin.alliance.queries import is_coordinator
from mulin.alliance.queries.once import reading


def test_a_question_is_asked_once_while_reading(cast, django_assert_num_queries):
    with reading(), django_assert_num_queries(1):
        assert [is_coordinator(cast.lin, cast.here) for _ in range(3)] == [True] * 3


def test_different_rows_are_different_questions(cast):
    with reading():
        asked = [(cast.lin, cast.here), (cast.mei, cast.here), (cast.wang, cast.here)]
        assert [is_coordinator(*about) for about in asked] == [True, False, False]


def test_nothing_is_remembered_after_reading(cast):
    with reading():
        assert is_coordinator(cast.lin, cast.here)
    Post.objects.filter(person=cast.lin).delete()
    assert not is_coordinator(cast.lin, cast.here)


def test_what_changes_something_asks_each_time(cast):
    assert is_coordinator(cast.lin, cast.here)
    Post.objects.filter(person=cast.lin).delete()
    assert not is_coordinator(cast.lin, cast.here)
