"""Open requests of any unit worded like a given one, for whoever says which are the same."""

from mulin.hanzi import bigrams, fold
from mulin.lists.models import Item, ItemQuerySet


def worded_like(item: Item, words: str, limit: int = 12) -> list[Item]:
    """Open requests that share most pairs of characters with the words, best first."""
    wanted = set(bigrams(fold(words)))
    scored = []
    for other in _open_requests(item):
        pairs = set(bigrams(fold(other.title)))
        if shared := len(wanted & pairs):
            scored.append((shared / len(wanted | pairs), other))
    scored.sort(key=lambda found: -found[0])
    return [other for _score, other in scored[:limit]]


def _open_requests(item: Item) -> ItemQuerySet:
    states = [Item.State.SUBMITTED, Item.State.PUBLISHED]
    rows = Item.objects.filter(alliance=item.alliance_id, kind=item.kind, state__in=states, taken=0)
    return rows.exclude(pk=item.pk).select_related("organisation").order_by("asked_on", "pk")
