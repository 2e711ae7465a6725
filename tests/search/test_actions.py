"""Putting things into the index and taking them out."""

import uuid

from mulin.search.actions import drop, index
from mulin.search.entries import Entry
from mulin.search.models import Document
from mulin.search.queries import find

HERE = uuid.UUID(int=1)


def test_index_replaces_the_words(put):
    thing = put("路灯")
    index([Entry(thing, HERE, "need", "停车棚")])
    assert [find(word, scope=HERE) for word in ("路灯", "停车")] == [[], [thing]]


def test_index_takes_the_last_of_two_for_one_thing(db):
    thing = uuid.uuid4()
    index([Entry(thing, HERE, "need", "路灯"), Entry(thing, HERE, "need", "停车棚")])
    assert [find(word, scope=HERE) for word in ("路灯", "停车")] == [[], [thing]]


def test_drop_takes_out_and_ignores_strangers(put):
    gone, stays = put("路灯"), put("路灯")
    drop([gone, uuid.uuid4()])
    assert find("路灯", scope=HERE) == [stays]


def test_index_of_nothing_is_nothing(db):
    index([])
    index([Entry(uuid.uuid4(), HERE, "need", "")])
    assert [document.grams for document in Document.objects.all()] == [""]
