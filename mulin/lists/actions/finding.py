"""Keeping the search index true to the items."""

from mulin.lists.models import Item


def words_of(item: Item) -> str:
    """All words under which an item is found."""
    parts = [
        item.number,
        item.title,
        item.detail,
        item.organisation.name,
        item.category.name if item.category else "",
        item.serving,
        item.place_text,
        item.conditions,
    ]
    return "\n".join(part for part in parts if part)


def put_in_search(item: Item) -> None:
    """Not indexed yet."""


def take_from_search(item: Item) -> None:
    """Not indexed yet."""
