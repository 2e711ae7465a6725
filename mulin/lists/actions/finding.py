"""Keeping the search index true to the items."""

from mulin.lists.models import Item
from mulin.search.actions import drop, index
from mulin.search.entries import Entry


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


def take_from_search(*items: Item) -> None:
    drop(item.pk for item in items)
