"""Keeping the search index true to the items."""

import datetime
import time

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mulin.lists.models import ImportBatch, Item, ItemQuerySet
from mulin.search.actions import drop, index
from mulin.search.entries import Entry
from mulin.search.models import Document

PIECE, PAUSE = 250, 0.015
"""Items a transaction puts in, and seconds until the next: other writers wait meanwhile."""

AT_ONCE = 500
"""Items of an import that are found as soon as it is taken in; the clock adds the others."""

RECENT = datetime.timedelta(days=2)


def entry_of(item: Item) -> Entry:
    """All words under which an item is found, its title first."""
    parts = [
        item.title,
        item.number,
        item.organisation.name,
        item.category.name if item.category else "",
        item.detail,
        item.serving,
        item.place_text,
        item.conditions,
    ]
    text = "\n".join(part for part in parts if part)
    return Entry(subject=item.pk, scope=item.alliance_id, kind=item.kind, text=text)


def put_in_search(*items: Item) -> None:
    index(entry_of(item) for item in items)


def index_import(batch: ImportBatch) -> int:
    """Let the first items of a batch be found; returns how many."""
    return _index_missing(Item.objects.filter(batch=batch), most=AT_ONCE)


def index_recent() -> int:
    """Let everything be found that came lately and isn't in the index yet; returns how many."""
    return _index_missing(Item.objects.filter(created_at__gte=timezone.now() - RECENT))


def index_all() -> int:
    """Let every item be found, and forget those that are gone; returns how many were missing."""
    kinds = Item.Kind.values
    gone = Document.objects.filter(kind__in=kinds).exclude(subject__in=Item.objects.values("pk"))
    drop(gone.values_list("subject", flat=True)[:PIECE])
    return _index_missing(Item.objects.all())


def _index_missing(items: ItemQuerySet, *, most: int | None = None) -> int:
    indexed = Document.objects.filter(subject=OuterRef("pk"))
    dropped = Q(state=Item.State.WITHDRAWN, published_at=None)
    missing = items.exclude(dropped | Q(state=Item.State.STAGED)).filter(~Exists(indexed))
    keys = list(missing.order_by().values_list("pk", flat=True)[:most])
    for start in range(0, len(keys), PIECE):
        some = Item.objects.filter(pk__in=keys[start : start + PIECE])
        put_in_search(*some.select_related("organisation", "category"))
        time.sleep(PAUSE)
    return len(keys)
