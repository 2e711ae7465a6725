"""Asking the index."""

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from mulin.hanzi import bigrams, fold
from mulin.search.models import Document

HOLDING = {
    "sqlite": "SELECT rowid FROM search_grams WHERE search_grams MATCH %s",
    "postgresql": "SELECT id FROM search_document"
    " WHERE array_to_tsvector(string_to_array(grams, ' ')) @@ %s::tsquery",
}


def find(
    text: str, *, scope: uuid.UUID, kinds: Iterable[str] = (), limit: int = 200
) -> list[uuid.UUID]:
    """Keys of the things in the scope that contain every word of the text, in either script.

    kinds: only these; all where empty. Early matches first, among equals the newest.
    A text without letters or digits finds nothing.
    """
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    if not words:
        return []
    found = Document.objects.filter(
        scope=scope,
        pk__in=RawSQL(HOLDING[connection.vendor], [_asked(words)]),  # noqa: S611 - ours
    )
    if kinds := list(kinds):
        found = found.filter(kind__in=kinds)
    for word in words:
        # Pairs may stand apart ("路灯" and "灯杆" without "路灯杆").
        found = found.filter(folded__contains=word)
    found = found.annotate(at=StrIndex("folded", Value(words[0]))).order_by("at", "-pk")
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
