"""Stories in words. Each app's `wording` says what its verbs mean, and what it knows of its things.

`VERBS: dict[str, Verb]` names every verb the app records. `known(keys, reader=…, scopes=…)` gives,
for those things of the `KINDS` it speaks of that the reader may see, details beneath the recorded
ones: their page as `url`, what they are called now as `label`. Events of things it doesn't give are
not told.
"""

import datetime
import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext

from mulin.accounts.models import Person
from mulin.history.models import Event
from mulin.history.queries import events_about, related_to
from mulin.web.templatetags.look import day, quantity

Sentence = str | Promise
Details = Mapping[str, Any]
WORDS_OF = ("text", "reason", "note")
NUMBER = re.compile(r"\d+\.\d\d")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MISSING = "…"
"""Stands for what was erased."""


@dataclass(frozen=True)
class Verb:
    """How events of a verb are told; sentences take {label}, {unit} and the other details.

    state: of the look. more: (detail, sentence) of lines added where the detail is there.
    many: the sentence of several on one day by one person, each listed under it.
    each: told anew for every thing of the story that is known by a detail of this name to belong
    to the event's subject, in the words of `of_each`. echo: left out beside an event of that verb
    about the thing named in {title}, which says the same from the other end.
    """

    state: str
    sentence: Sentence
    more: tuple[tuple[str, Sentence], ...] = ()
    many: Sentence = ""
    each: str = ""
    of_each: Sentence = ""
    echo: str = ""


@dataclass(frozen=True)
class Told:
    """One event as a reader sees it; `quote` is somebody's own words, `who` acted.

    lines: what is added under it, each with the page it leads to, or "".
    """

    about: tuple[uuid.UUID, ...]
    on: datetime.datetime
    state: str
    title: str
    quote: str = ""
    who: str = ""
    url: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    many: str = field(default="", compare=False)


def tell(
    subject: uuid.UUID,
    *,
    reader: Person,
    audiences: Iterable[str],
    scopes: Collection[uuid.UUID],
) -> list[Told]:
    """The story of a thing, of what led to it and what came of it, oldest first.

    scopes: alliances the reader may see; what happened in others is left out.
    """
    keys = related_to(subject)
    found = events_about(keys, audiences=audiences)
    events = [event for event in found if event.scope in scopes]
    known = known_of(keys, reader=reader, scopes=scopes)
    seen = [event for event in events if event.subject in known or event.kind not in _kinds()]
    said = {(event.verb, event.words.label) for event in seen if hasattr(event, "words")}
    # What belongs to the thing itself isn't told one by one.
    parts = {key: one for key, one in known.items() if subject not in one.values()}
    lines = [line for event in seen for line in _told(event, known, parts, said)]
    here = known.get(subject, {}).get("url", "")
    away = [replace(line, url="") if line.url == here else line for line in lines]
    return list(_folded(away))


def known_of(
    keys: Collection[uuid.UUID], *, reader: Person, scopes: Collection[uuid.UUID]
) -> dict[uuid.UUID, Details]:
    """What the apps know of those things among the keys that the reader may see.

    scopes: alliances of which it has been asked already that the reader may see them.
    """
    known: dict[uuid.UUID, Details] = {}
    for wording in _wordings():
        if hasattr(wording, "known"):
            known |= wording.known(keys, reader=reader, scopes=scopes)
    return known


def by_day(lines: Iterable[Told]) -> list[tuple[datetime.date, list[Told]]]:
    """The lines under their days."""
    return [(on, list(some)) for on, some in groupby(lines, lambda line: _day_of(line))]


@cache
def verbs() -> dict[str, Verb]:
    """Every verb of every app."""
    return {name: verb for wording in _wordings() for name, verb in wording.VERBS.items()}


@cache
def _kinds() -> frozenset[str]:
    """The kinds of things whose apps say who may know of them."""
    return frozenset(kind for wording in _wordings() for kind in getattr(wording, "KINDS", ()))


@cache
def _wordings() -> list[ModuleType]:
    names = [f"{config.name}.wording" for config in apps.get_app_configs()]
    found = [import_module(name) for name in names if name.startswith("mulin.") and find_spec(name)]
    return [module for module in found if hasattr(module, "VERBS")]


def _told(
    event: Event,
    known: Mapping[uuid.UUID, Details],
    parts: Mapping[uuid.UUID, Details],
    said: set[tuple[str, str]],
) -> Iterable[Told]:
    verb = verbs().get(event.verb)
    if verb is None:
        return
    details = _details(event, known.get(event.subject, {}))
    if verb.echo and (verb.echo, details.get("title")) in said:
        return
    things = {
        key: one for key, one in parts.items() if verb.each and one.get(verb.each) == event.subject
    }
    for key, thing in things.items():
        yield _line(event, key, verb, {**details, **thing}, verb.of_each)
    if not things:
        yield _line(event, event.subject, verb, details, verb.sentence)


def _details(event: Event, known: Details) -> dict[str, Any]:
    words = getattr(event, "words", None)
    recorded = {"label": words.label, **words.details} if words else {}
    return {**known, **{key: value for key, value in recorded.items() if value not in ("", None)}}


def _line(event: Event, about: uuid.UUID, verb: Verb, details: Details, sentence: Sentence) -> Told:
    said = _Said({key: _words(value) for key, value in details.items()})
    return Told(
        about=(about,),
        on=event.happened_at,
        state=verb.state,
        title=str(sentence).format_map(said),
        quote=next((str(details[key]) for key in WORDS_OF if details.get(key)), ""),
        who=event.words.by_name if hasattr(event, "words") else "",
        url=str(details.get("url", "")),
        lines=tuple((str(words).format_map(said), "") for key, words in verb.more if said.get(key)),
        many=str(verb.many).format_map(_Said({**said, "count": "{count}"})) if verb.many else "",
    )


class _Said(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return MISSING


def _words(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return pgettext("between names of a story", ", ").join(str(one) for one in value)
    if isinstance(value, str) and DATE.fullmatch(value):
        return day(datetime.date.fromisoformat(value))
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return quantity(Decimal(value))
    return str(value)


def _folded(lines: list[Told]) -> Iterable[Told]:
    """Several alike on one day become one line that lists them; nothing is said twice."""

    def alike(line: Told) -> object:
        return (line.many, line.who, _day_of(line)) if line.many else id(line)

    for _key, some in groupby(dict.fromkeys(lines), alike):
        first, *others = list(some)
        if not others:
            yield first
            continue
        count = str(1 + len(others))
        titles = dict.fromkeys((line.title, line.url) for line in (first, *others))
        yield replace(
            first,
            about=tuple(key for line in (first, *others) for key in line.about),
            title=first.many.replace("{count}", count),
            lines=tuple(titles),
            url="",
        )


def _day_of(line: Told) -> datetime.date:
    return timezone.localdate(line.on)
