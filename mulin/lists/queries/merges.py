"""Suggestions for merging like requests, without those somebody said are not the same."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from mulin.alliance.models import Alliance
from mulin.history.models import Event
from mulin.lists.models import Item, ItemQuerySet
from mulin.matching.likeness import MergeGroup, Wording, suggest_merges

KEPT = 3600
"""Seconds for which the groups are remembered at most; a change of any need forgets them."""


@dataclass(frozen=True)
class Suggestion:
    """Items that seem to be one, the earliest first, and the words they share."""

    items: list[Item]
    shared: tuple[str, ...]

    @property
    def first(self) -> Item:
        return self.items[0]


def suggestions(alliance: Alliance, limit: int = 20) -> list[Suggestion]:
    """Groups of open needs of one community that seem alike, at least one of them handed in."""
    groups = _alike(alliance)
    keys = [key for group in groups for key in group.ids]
    items = {str(item.pk): item for item in _open_needs(alliance).filter(pk__in=keys)}
    apart = _kept_apart(alliance, keys)
    found = []
    for group in groups:
        members = _without(apart, [items[key] for key in group.ids if key in items])
        if len(members) > 1 and any(one.state == Item.State.SUBMITTED for one in members):
            found.append(Suggestion(members, group.why))
    return found[:limit]


def _alike(alliance: Alliance) -> list[MergeGroup]:
    """The groups of all open needs, worked out anew only when one of them has changed."""
    needs = _open_needs(alliance)
    state = needs.order_by().aggregate(Count("pk"), Sum("version"), Max("created_at"))
    key = f"alike:{alliance.pk}:" + "-".join(str(part) for part in state.values())
    key = key.replace(" ", "T")
    groups = cache.get(key)
    if groups is None:
        groups = suggest_merges([_wording(item) for item in needs])
        cache.set(key, groups, KEPT)
    return groups


def _open_needs(alliance: Alliance) -> ItemQuerySet:
    needs = Item.objects.filter(alliance=alliance, kind=Item.Kind.NEED)
    # Only units with something to review: what is on the list already has been looked at.
    units = needs.filter(state=Item.State.SUBMITTED).values("organisation")
    return needs.filter(
        organisation__in=units, state__in=[Item.State.SUBMITTED, Item.State.PUBLISHED], taken=0
    ).select_related("organisation", "category")


def _wording(item: Item) -> Wording:
    return Wording(
        id=str(item.pk),
        text=item.title,
        detail=item.detail,
        community=item.organisation.name,
        category=item.category.name if item.category else "",
        asked_on=item.asked_on,
    )


def _kept_apart(alliance: Alliance, keys: list[str]) -> set[frozenset[str]]:
    """Pairs of keys a coordinator has said are different things."""
    said = Event.objects.filter(scope=alliance.pk, verb="kept_apart", subject__in=keys)
    events = said.select_related("words")
    pairs = set()
    for event in events:
        for other in event.words.details.get("others", ()):
            pairs.add(frozenset({str(event.subject), other}))
    return pairs


def _without(apart: set[frozenset[str]], items: list[Item]) -> list[Item]:
    """The first item and those not said to differ from it or from each other."""
    kept: list[Item] = []
    for item in items:
        if all(frozenset({str(item.pk), str(one.pk)}) not in apart for one in kept):
            kept.append(item)
    return kept
