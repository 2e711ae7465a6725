"""Keeping the index: putting things in, anew or for the first time, and taking them out."""

import uuid
from collections.abc import Iterable

from mulin.hanzi import bigrams, fold
from mulin.search.entries import Entry
from mulin.search.models import Document


def index(entries: Iterable[Entry]) -> None:
    """Put the entries in, replacing what stood there for the same subject."""
    Document.objects.bulk_create(
        list({entry.subject: _document(entry) for entry in entries}.values()),
        update_conflicts=True,
        unique_fields=["subject"],
        update_fields=["scope", "kind", "folded", "grams"],
        batch_size=500,
    )


def _document(entry: Entry) -> Document:
    folded = fold(entry.text)
    return Document(
        subject=entry.subject,
        scope=entry.scope,
        kind=entry.kind,
        folded=folded,
        grams=" ".join(dict.fromkeys(_grams(folded))),
    )


def _grams(folded: str) -> list[str]:
    """Pairs, and the last character of each run: so any single character begins some gram."""
    runs = "".join(c if c.isalnum() else " " for c in folded).split()
    return [*bigrams(folded), *(run[-1] for run in runs)]


def drop(subjects: Iterable[uuid.UUID]) -> None:
    """Take the things out; those that were never in are ignored."""
    Document.objects.filter(subject__in=list(subjects)).delete()
