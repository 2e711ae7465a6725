"""A row of a list as the page shows it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from mulin.alliance.models import Organisation
from mulin.lists.models import Item
from mulin.lists.queries.listing import state_of
from mulin.lists.wording import tag_names
from mulin.web.moons import WORDS

OF_RESOURCES: dict[str, str | Promise] = {
    "open": pgettext_lazy("resource", "To be had"),
    "claimed": pgettext_lazy("resource", "Spoken for"),
    "agreed": pgettext_lazy("resource", "In use"),
    "done": pgettext_lazy("resource", "Used"),
    "held": pgettext_lazy("resource", "Not confirmed"),
}


def state_words(state: str, kind: str) -> str | Promise:
    """The word of a state: the look's own for needs, what fits an offer for resources."""
    if kind == Item.Kind.RESOURCE and state in OF_RESOURCES:
        return OF_RESOURCES[state]
    return WORDS[state]


@dataclass(frozen=True)
class Row:
    """An item, where it stands, who is responsible by when, or what it lacks."""

    item: Item
    state: str
    askers: str
    units: tuple[Organisation, ...]
    lacking: str
    due_on: datetime.date | None
    late_since: datetime.date | None
    words: str | Promise


def row_of(item: Any) -> Row:
    """From an item annotated with `stage`, `late`, `requests` and its claims as `held`."""
    claims = item.held if item.is_need else item.users
    due = [claim.project.due_on for claim in claims if claim.project]
    first_due = min(due, default=None)
    units = (c.organisation if item.is_need else c.need.organisation for c in claims)
    late = item.late and first_due
    return Row(
        item=item,
        state="late" if late else state_of(item),
        askers=_askers(item),
        units=tuple(dict.fromkeys(units)),
        lacking=_lacking(item),
        due_on=first_due,
        late_since=first_due if late else None,
        words=state_words(state_of(item), item.kind),
    )


def _askers(item: Any) -> str:
    others = item.requests - 1
    if not others:
        return item.serving or item.organisation.name
    return ngettext(
        "%(unit)s and %(n)d more request", "%(unit)s and %(n)d more requests", others
    ) % {
        "unit": item.organisation.name,
        "n": others,
    }


def _lacking(item: Item) -> str:
    if item.state == Item.State.EXPIRED:
        return _("no longer confirmed by its unit")
    if item.reason:
        return item.reason
    if item.is_need and item.wants:
        return _("lacks: %(tags)s") % {"tags": tag_names(item.wants)}
    return ""
