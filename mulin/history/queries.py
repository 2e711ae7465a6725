"""Reading stories: what happened to a thing and to all that led to it or came of it."""

import uuid
from collections.abc import Collection, Iterable

from django.db import connection

from mulin.history.actions import chain_after, digest_of
from mulin.history.models import Event, Link, Seal, Words

# Upwards and downwards apart: a resource shared by two projects doesn't tell one the other's story.
RELATED = """
WITH RECURSIVE
up(id) AS (SELECT %s UNION SELECT cause FROM {link} JOIN up ON effect = up.id),
down(id) AS (SELECT %s UNION SELECT effect FROM {link} JOIN down ON cause = down.id)
SELECT id FROM up UNION SELECT id FROM down LIMIT {most}
"""
MOST = 1000
"""Things in one story: a sheet of ten thousand rows is told as one thing, not row by row."""


def related_to(subject: uuid.UUID) -> list[uuid.UUID]:
    """Keys of the thing itself, of what led to it and of what came of it."""
    on_postgres = connection.vendor == "postgresql"
    key = subject if on_postgres else subject.hex
    sql = RELATED.format(link=connection.ops.quote_name(Link._meta.db_table), most=MOST)
    if on_postgres:
        sql = sql.replace("SELECT %s UNION", "SELECT %s::uuid UNION")
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, key])
        found = {uuid.UUID(str(row[0])) for row in cursor.fetchall()}
    return [*({subject} | found)]


def story(subject: uuid.UUID, *, audiences: Iterable[str]) -> list[Event]:
    """The dated events of a thing, oldest first, in two queries, for readers of these audiences."""
    return events_about(related_to(subject), audiences=audiences)


def events_about(keys: Collection[uuid.UUID], *, audiences: Iterable[str]) -> list[Event]:
    """The dated events of these things, oldest first, with their words."""
    return list(
        Event.objects.filter(subject__in=keys, audience__in=list(audiences))
        .select_related("words")
        .order_by("happened_at", "pk")
    )


def broken_seal() -> int | None:
    """Number of the first seal that doesn't fit its event, words or the chain; None if whole."""
    chain = ""
    for seal in Seal.objects.select_related("event__words").order_by("pk").iterator(2000):
        chain = chain_after(chain, seal.event)
        if seal.chain != chain or not _words_fit(seal.event):
            return seal.pk
    return None


def _words_fit(event: Event) -> bool:
    """Whether the words beside an event are the recorded ones; erased words always fit."""
    words: Words | None = getattr(event, "words", None)
    if words is None or not words.salt:
        return True
    by = str(words.by_id or "")
    found = digest_of(words.salt, by, words.by_name, words.label, words.details)
    return found == event.digest
