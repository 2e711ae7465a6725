"""Finding items by words, in either script."""

import uuid

from mulin.lists.models import ItemQuerySet
from mulin.search.queries import holding


def matching_items(items: ItemQuerySet, words: str, *, scope: uuid.UUID, kind: str) -> ItemQuerySet:
    """Items in whose words all the asked ones stand; `scope` is the alliance."""
    return items.filter(pk__in=holding(words, scope=scope, kinds=[kind]).values("subject"))
