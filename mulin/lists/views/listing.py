"""The list of needs and the list of resources, with filters, tabs and counts."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from mulin.alliance.current import current_alliance
from mulin.alliance.models import Alliance
from mulin.alliance.queries import is_coordinator
from mulin.alliance.wording import in_a_row
from mulin.lists.forms.items import units_of
from mulin.lists.models import Item
from mulin.lists.queries import listing
from mulin.lists.queries.listing import FIRST, MORE, Filters
from mulin.lists.views.answers import reader
from mulin.lists.views.rows import row_of, state_words

MOST = 1000
AGE_WORDS = {
    "30": pgettext_lazy("age", "waiting up to 30 days"),
    "60": pgettext_lazy("age", "waiting 31 to 60 days"),
    "longer": pgettext_lazy("age", "waiting over 60 days"),
    "over30": pgettext_lazy("age", "waiting over 30 days"),
}


def needs(request: HttpRequest) -> HttpResponse:
    return _list(request, Item.Kind.NEED)


def resources(request: HttpRequest) -> HttpResponse:
    return _list(request, Item.Kind.RESOURCE)


def filters_of(request: HttpRequest) -> Filters:
    """The filters of the address; unreadable keys are as if not given."""
    asked = {name: request.GET.get(name, "").strip() for name in Filters.__dataclass_fields__}
    show = asked.pop("show")
    if not asked["category"].isdecimal():
        asked["category"] = ""
    for name in ("community", "group"):
        asked[name] = _key_or_nothing(asked[name])
    if asked["age"] not in listing.AGES:
        asked["age"] = ""
    if asked["state"] not in listing.TABS:
        asked["state"] = ""
    return Filters(**asked, show=min(int(show), MOST) if show.isdecimal() else FIRST)


def _key_or_nothing(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return ""


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    alliance, filters = current_alliance(request), filters_of(request)
    items = listing.filtered(alliance, kind, filters)
    counts = listing.tab_counts(items)
    total = counts[filters.state]
    coordinates = is_coordinator(reader(request), alliance)
    page = listing.sorted_items(listing.in_tab(items, filters.state), filters.sort)
    rows = [row_of(item) for item in listing.page_of(page, kind, filters.show)]
    context = {
        "alliance": alliance,
        "is_needs": kind == Item.Kind.NEED,
        "filters": filters,
        "rows": rows,
        "total": total,
        "left": total - len(rows),
        "more": _address(request, show=filters.show + MORE),
        "export": reverse("lists:export") + _address(request, kind=kind, show=""),
        "tabs": _tabs(request, kind, filters.state, counts),
        "shown": _shown(filters, kind),
        "coordinates": coordinates,
        "may_raise": coordinates or units_of(reader(request), alliance).exists(),
        **_offers(alliance, kind),
    }
    return render(request, "lists/list.html", context)


def _address(request: HttpRequest, **changes: object) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
        if value == "":
            del query[name]
    return "?" + query.urlencode()


def _tabs(
    request: HttpRequest, kind: str, state: str, counts: dict[str, int]
) -> list[dict[str, Any]]:
    everything = _("Not done yet") if kind == Item.Kind.NEED else _("On the list")
    return [
        {
            "href": _address(request, state=tab, show=""),
            "state": tab,
            "word": state_words(tab, kind) if tab else everything,
            "count": counts[tab],
            "current": tab == state,
        }
        for tab in listing.TABS
        if counts[tab] or tab in ("", "open", state)
    ]


def _shown(filters: Filters, kind: str) -> str:
    """The sentence above the table that says what is shown, in which order."""
    is_need = kind == Item.Kind.NEED
    everything = _("not done yet") if is_need else _("on the list")
    what = str(state_words(filters.state, kind)) if filters.state else everything
    if filters.age:
        what = in_a_row([what, str(AGE_WORDS[filters.age])])
    orders: dict[str, str | Promise] = {
        "newest": _("the newest first"),
        "number": _("by number"),
        "due": _("what is due first at the top"),
    }
    late_first = _("late ones first, then by days of waiting")
    order = orders.get(filters.sort, late_first if is_need else _("the longest listed first"))
    noun = _("needs") if is_need else _("resources")
    return _("%(noun)s, %(what)s, %(order)s") % {"noun": noun, "what": what, "order": order}


def _offers(alliance: Alliance, kind: str) -> dict[str, list[tuple[str, str]]]:
    """The options of the filters."""
    found = listing.choices(alliance)
    wants = [(value, str(label)) for value, label in Item.Wants.choices]
    lacks = _("Lacks: anything") if kind == Item.Kind.NEED else _("Gives: anything")
    return {
        "units": [("", _("All units")), *found["units"]],
        "categories": [("", _("All categories")), *found["categories"]],
        "groups": [("", _("All groups")), *found["groups"]] if found["groups"] else [],
        "wants": [("", lacks), *wants],
        "sorts": [
            ("", _("Longest waiting first")),
            ("newest", pgettext("order", "Newest first")),
            ("due", pgettext("order", "Due first")),
            ("number", pgettext("order", "By number")),
        ],
    }
