"""The one search of the site: what of an alliance the reader may see that holds the asked words."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Organisation, Place
from mulin.alliance.queries import organisations_under
from mulin.lists.models import CollectionRound, Item
from mulin.lists.queries.listing import state_of
from mulin.lists.queries.stages import staged
from mulin.lists.views.rows import state_words
from mulin.projects.models import Project
from mulin.projects.search import KIND as PROJECT
from mulin.search.marking import Part, excerpt, holds, marked, words_of
from mulin.search.queries import find, holding
from mulin.web.moons import WORDS

SHOWN = 20
LIVE = ~Q(state__in=[Item.State.MERGED, Item.State.WITHDRAWN, Item.State.EXPIRED])
NEVER_SHOWN = Q(state=Item.State.WITHDRAWN, published_at=None)


@dataclass(frozen=True)
class Hit:
    """One thing found: its name with the words marked, where they stand else, its state."""

    url: str
    name: list[Part]
    under: str = ""
    words: list[Part] | None = None
    state: str = ""
    state_words: str | Promise = ""


@dataclass(frozen=True)
class Found:
    """The hits of one kind; `more`: there are further ones; `url`: the list that shows them."""

    seal: str
    title: str
    hits: list[Hit]
    url: str = ""
    more: bool = False


def search(text: str, *, alliance: Alliance, reader: Person) -> list[Found]:
    """Everything the reader may see that holds every word, by kind; kinds without any left out."""
    words = words_of(text)
    if not words:
        return []
    # What holds no word isn't asked who may see it, which costs most.
    kinds = set(holding(text, scope=alliance.pk).values_list("kind", flat=True).distinct())
    asked = [kind for kind in (Item.Kind.NEED, Item.Kind.RESOURCE) if kind in kinds]
    found = [_items(kind, text, words, alliance, reader) for kind in asked]
    if PROJECT in kinds:
        found.append(_projects(text, words, alliance, reader))
    return [one for one in (*found, *_named(words, alliance)) if one.hits]


def _items(kind: str, text: str, words: list[str], alliance: Alliance, reader: Person) -> Found:
    seen = Item.objects.visible_to(reader).filter(kind=kind).exclude(NEVER_SHOWN).order_by()
    keys: list[uuid.UUID] = []
    for some in (seen.filter(LIVE), seen.exclude(LIVE)):
        left = SHOWN + 1 - len(keys)
        keys += find(text, scope=alliance.pk, kinds=[kind], among=some, limit=left)
    rows = staged(Item.objects.filter(pk__in=keys)).select_related("organisation", "category")
    by_key = {item.pk: item for item in rows}
    is_need = kind == Item.Kind.NEED
    return Found(
        seal="需" if is_need else "资",
        title=pgettext("found", "Needs") if is_need else pgettext("found", "Resources"),
        hits=[_item_hit(by_key[key], words) for key in keys[:SHOWN] if key in by_key],
        url=reverse("lists:needs" if is_need else "lists:resources"),
        more=len(keys) > SHOWN,
    )


def _item_hit(item: Item, words: list[str]) -> Hit:
    state = state_of(item)
    listed = item.state in (Item.State.PUBLISHED, Item.State.SUBMITTED)
    texts = (item.detail, item.serving, item.place_text, item.conditions, _category(item))
    return Hit(
        url=reverse("lists:item", args=[item.pk]),
        name=marked(item.title, words),
        under=" · ".join(part for part in (item.number, item.organisation.name) if part),
        words=None if holds(item.title, words) else _where(texts, words),
        state=state,
        state_words=state_words(state, item.kind) if listed else item.get_state_display(),
    )


def _category(item: Item) -> str:
    return item.category.name if item.category else ""


def _where(texts: Iterable[str], words: list[str]) -> list[Part] | None:
    """The first text, cut, in which one of the words stands."""
    return next((parts for text in texts if text and (parts := excerpt(text, words))), None)


def _projects(text: str, words: list[str], alliance: Alliance, reader: Person) -> Found:
    seen = Project.objects.visible_to(reader).order_by()
    keys = find(text, scope=alliance.pk, kinds=[PROJECT], among=seen, limit=SHOWN + 1)
    by_key = Project.objects.in_bulk(keys)
    hits = [
        Hit(
            url=reverse("projects:project", args=[one.pk]),
            name=marked(one.title, words),
            under=one.number,
            words=None if holds(one.title, words) else _where([one.detail], words),
            state=one.look_state,
            state_words=WORDS[one.look_state],
        )
        for key in keys[:SHOWN]
        if (one := by_key.get(key))
    ]
    url = reverse("projects:projects")
    return Found("项", pgettext("found", "Projects"), hits, url, len(keys) > SHOWN)


def _named(words: list[str], alliance: Alliance) -> list[Found]:
    """Kinds of which an alliance has few: their names are compared as they stand."""
    bodies = organisations_under(alliance).order_by("name")
    rounds = CollectionRound.objects.filter(alliance=alliance)
    groups, places = Group.objects.filter(alliance=alliance), alliance.places.all()
    return [
        _by_name("员", pgettext("found", "Organisations"), bodies, words, _body_hit),
        _by_name("员", pgettext("found", "Groups"), groups, words, _group_hit),
        _by_name("地", pgettext("found", "Places"), places, words, _place_hit),
        _by_name("征", pgettext("found", "Collection rounds"), rounds, words, _round_hit),
    ]


def _by_name(
    seal: str,
    title: str,
    things: Iterable[Any],
    words: list[str],
    hit: Callable[[Any, list[Part]], Hit],
) -> Found:
    fitting = [thing for thing in things if holds(str(thing), words)]
    hits = [hit(thing, marked(str(thing), words)) for thing in fitting[:SHOWN]]
    return Found(seal, title, hits, more=len(fitting) > SHOWN)


def _body_hit(body: Organisation, name: list[Part]) -> Hit:
    url = reverse("alliance:organisation", args=[body.pk])
    return Hit(url, name, under=body.parent.name if body.parent else "")


def _group_hit(group: Group, name: list[Part]) -> Hit:
    url = reverse("alliance:groups") + f"#group-{group.pk}"
    return Hit(url, name, under=group.get_kind_display())


def _place_hit(place: Place, name: list[Part]) -> Hit:
    return Hit(reverse("alliance:places") + f"#place-{place.pk}", name)


def _round_hit(collection: CollectionRound, name: list[Part]) -> Hit:
    url = reverse("lists:round", args=[collection.pk])
    state = collection.get_state_display()
    return Hit(url, name, under=f"{state} · {collection.closes_on:%Y-%m-%d}")


def summary(found: list[Found]) -> str:
    """How much was found, for those who hear the page."""
    count = sum(len(one.hits) for one in found)
    return _("Found: %(count)s") % {"count": f"{count}+" if any(f.more for f in found) else count}
