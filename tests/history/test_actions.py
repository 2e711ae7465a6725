"""Recording, linking, sealing and erasing."""

import uuid

import pytest
from django.db.models import ProtectedError

from mulin.accounts.models import Person
from mulin.history.actions import erase_words, head, link, record, seal_events
from mulin.history.models import Event, Link, Seal, Words
from mulin.history.queries import broken_seal

pytestmark = pytest.mark.django_db


def test_record_keeps_names_and_words_apart_from_the_event(cast):
    event = record("noted", cast.alliance, by=cast.mei, text="四楼")
    words = event.words
    assert (event.verb, event.kind, event.subject) == ("noted", "alliance", cast.alliance.pk)
    assert (words.by, words.by_name, words.details) == (cast.mei, "Mei", {"text": "四楼"})


def test_record_links_every_cause(cast):
    record("joined", cast.member, by=cast.lin, causes=[cast.alliance])
    assert list(Link.objects.values_list("cause", "effect")) == [(cast.alliance.pk, cast.member.pk)]


def test_link_said_twice_stands_once(cast):
    link(cast.alliance, cast.member)
    link(cast.alliance, cast.member)
    assert Link.objects.count() == 1


def test_seal_covers_each_event_once(cast):
    for _ in range(3):
        record("noted", cast.alliance, by=cast.mei)
    assert (seal_events(limit=2), seal_events(), seal_events()) == (2, 1, 0)
    assert Seal.objects.count() == 3


def test_head_seals_first_and_names_the_last_link(cast):
    record("noted", cast.alliance, by=cast.mei)
    assert head() == Seal.objects.get().chain


def test_head_of_no_history_is_empty(db):
    assert head() == ""


def test_untouched_history_verifies(cast):
    record("noted", cast.alliance, by=None)
    record("noted", cast.alliance, by=cast.mei, scope=uuid.uuid4())
    head()
    assert broken_seal() is None


@pytest.mark.parametrize("change", [{"verb": "forged"}, {"kind": "x"}, {"subject": uuid.uuid4()}])
def test_changed_event_breaks_its_seal(cast, change):
    event = record("noted", cast.alliance, by=cast.mei)
    head()
    Event.objects.filter(pk=event.pk).update(**change)
    assert broken_seal() == event.seal.pk


@pytest.mark.parametrize("change", [{"label": "x"}, {"by_name": "x"}, {"details": {"n": 2}}])
def test_changed_words_break_the_seal(cast, change):
    event = record("noted", cast.alliance, by=cast.mei, n=1)
    head()
    Words.objects.update(**change)
    assert broken_seal() == event.seal.pk


def test_removed_seal_breaks_the_next(cast):
    for _ in range(3):
        record("noted", cast.alliance, by=cast.mei)
    head()
    middle, last = Seal.objects.all()[1:]
    middle.delete()
    assert broken_seal() == last.pk


def test_erased_words_leave_the_chain_whole(cast):
    record("noted", cast.alliance, by=cast.mei, text="四楼")
    record("noted", cast.alliance, by=cast.lin, text="五楼")
    head()
    assert erase_words(cast.mei) == 1
    assert broken_seal() is None
    assert list(Words.objects.order_by("pk").values_list("by_name", "details")) == [
        ("", {}),
        ("Lin", {"text": "五楼"}),
    ]


def test_who_acted_is_deleted_only_after_their_words_are_erased(cast):
    cast.mei.posts.all().delete()
    record("noted", cast.alliance, by=cast.mei)
    head()
    with pytest.raises(ProtectedError):
        cast.mei.delete()
    erase_words(cast.mei)
    cast.mei.delete()
    assert (broken_seal(), Person.objects.filter(username="mei").exists()) == (None, False)


def test_who_never_acted_may_be_deleted(cast):
    head()
    cast.sun.posts.all().delete()
    cast.sun.delete()
    assert broken_seal() is None
