"""Asking the index."""

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from mulin.hanzi import bigrams
from mulin.search.marking import words_of
from mulin.search.models import Document

HOLDING = {
    "sqlite": "SELECT rowid FROM search_grams WHERE search_grams MATCH %s",
    "postgresql": "SELECT id FROM search_document"
    " WHERE array_to_tsvector(string_to_array(grams, ' ')) @@ %s::tsquery",
}


def holding(text: str, *, scope: uuid.UUID, kinds: Iterable[str] = ()) -> QuerySet[Document]:
    """What in the scope contains every word of the text, in either script.

    kinds: only these; all where empty. A text without letters or digits finds nothing.
    """
    words = words_of(text)
    if not words:
        return Document.objects.none()
    found = Document.objects.filter(
        scope=scope,
        pk__in=RawSQL(HOLDING[connection.vendor], [_asked(words)]),  # noqa: S611 - ours
    )
    if kinds := list(kinds):
        found = found.filter(kind__in=kinds)
    for word in words:
        # Pairs may stand apart ("路灯" and "灯杆" without "路灯杆").
        found = found.filter(folded__contains=word)
    return found


def find(
    text: str,
    *,
    scope: uuid.UUID,
    kinds: Iterable[str] = (),
    among: QuerySet | None = None,
    limit: int = 200,
) -> list[uuid.UUID]:
    """Keys of what `holding` gives: early matches first, among equals the newest.

    among: only these things, so that the limit is spent on what the reader may see.
    """
    found = holding(text, scope=scope, kinds=kinds)
    if among is not None:
        # Asked of each match: most searches match little of what a reader may see.
        found = found.filter(Exists(among.filter(pk=OuterRef("subject"))))
    first = next(iter(words_of(text)), "")
    found = found.annotate(at=StrIndex("folded", Value(first))).order_by("at", "-pk")
    return list(found.values_list("subject", flat=True)[:limit])


def _asked(words: list[str]) -> str:
    """The words as a question both indexes read; only letters and digits, so nothing to escape."""
    on_sqlite = connection.vendor == "sqlite"
    parts = []
    for word in words:
        if len(word) == 1:
            parts.append(f'"{word}"*' if on_sqlite else f"'{word}':*")
        else:
            parts += [f'"{gram}"' if on_sqlite else f"'{gram}'" for gram in bigrams(word)]
    return (" AND " if on_sqlite else " & ").join(dict.fromkeys(parts))
