"""The one search of the site: what of an alliance the reader may see that holds the asked words."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Place
from mulin.alliance.queries import organisations_under
from mulin.lists.models import CollectionRound, Item
from mulin.lists.queries.listing import state_of
from mulin.lists.queries.stages import staged
from mulin.lists.views.rows import state_words
from mulin.projects.models import Project
from mulin.projects.search import KIND as PROJECT
from mulin.search.marking import Part, excerpt, holds, marked, words_of
from mulin.search.queries import find
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
    found = [
        _items(Item.Kind.NEED, text, words, alliance, reader),
        _items(Item.Kind.RESOURCE, text, words, alliance, reader),
        _projects(text, words, alliance, reader),
        *_named(words, alliance),
    ]
    return [one for one in found if one.hits]


def _items(kind: str, text: str, words: list[str], alliance: Alliance, reader: Person) -> Found:
    seen = Item.objects.visible_to(reader).filter(kind=kind).exclude(NEVER_SHOWN).order_by()
    keys: list[uuid.UUID] = []
    for some in (seen.filter(LIVE), seen.exclude(LIVE)):
        among, left = some.values("pk"), SHOWN + 1 - len(keys)
        keys += find(text, scope=alliance.pk, kinds=[kind], among=among, limit=left)
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
    seen = Project.objects.visible_to(reader).order_by().values("pk")
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
    groups, places = reverse("alliance:groups"), reverse("alliance:places")
    rounds = CollectionRound.objects.filter(alliance=alliance)
    return [
        _by_name(
            "员",
            pgettext("found", "Organisations"),
            [(one.name, _page("alliance:organisation", one.pk), _parent(one)) for one in bodies],
            words,
        ),
        _by_name(
            "员",
            pgettext("found", "Groups"),
            [
                (one.name, f"{groups}#group-{one.pk}", one.get_kind_display())
                for one in Group.objects.filter(alliance=alliance)
            ],
            words,
        ),
        _by_name(
            "地",
            pgettext("found", "Places"),
            [
                (one.name, f"{places}#place-{one.pk}", "")
                for one in Place.objects.filter(alliance=alliance)
            ],
            words,
        ),
        _by_name(
            "征",
            pgettext("found", "Collection rounds"),
            [(one.title, _page("lists:round", one.pk), _round_state(one)) for one in rounds],
            words,
        ),
    ]


def _page(name: str, key: uuid.UUID) -> str:
    return reverse(name, args=[key])


def _parent(body: object) -> str:
    parent = getattr(body, "parent", None)
    return parent.name if parent else ""


def _round_state(collection: CollectionRound) -> str:
    return f"{collection.get_state_display()} · {collection.closes_on:%Y-%m-%d}"


def _by_name(seal: str, title: str, rows: list[tuple[str, str, str]], words: list[str]) -> Found:
    fitting = [row for row in rows if holds(row[0], words)]
    hits = [Hit(url=url, name=marked(name, words), under=under) for name, url, under in fitting]
    return Found(seal, title, hits[:SHOWN], more=len(hits) > SHOWN)


def summary(found: list[Found]) -> str:
    """How much was found, for those who hear the page."""
    count = sum(len(one.hits) for one in found)
    return _("Found: %(count)s") % {"count": f"{count}+" if any(f.more for f in found) else count}
