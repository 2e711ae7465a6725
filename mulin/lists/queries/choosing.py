"""Open items to choose from: those that hold given words, or what lies nearest to another item."""

import uuid

from django.db.models import Case, F, Value, When

from mulin.alliance.models import Alliance
from mulin.lists.models import Item, ItemQuerySet
from mulin.lists.queries.finding import matching_items

SHOWN = 12


def open_of(alliance: Alliance, kind: str) -> ItemQuerySet:
    """What is listed and not used up."""
    items = Item.objects.filter(alliance=alliance, kind=kind, taken__lt=F("amount")).published()
    return items.select_related("organisation", "category", "alliance")


def chosen(alliance: Alliance, kind: str, key: str) -> Item | None:
    """The open item of this key; None where it is none."""
    try:
        return open_of(alliance, kind).filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def choices(alliance: Alliance, kind: str, words: str, *, beside: Item | None) -> list[Item]:
    """Some open items, of the other one's category first, then the longest waiting."""
    items = open_of(alliance, kind)
    if words:
        items = matching_items(items, words, scope=alliance.pk, kind=kind)
    if beside:
        items = items.exclude(organisation=beside.organisation_id)
        near = When(category=beside.category_id, then=Value(0))
        items = items.order_by(Case(near, default=Value(1)), "asked_on", "pk")
    return list(items[:SHOWN])
