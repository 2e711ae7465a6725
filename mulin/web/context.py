"""What every page's surroundings need: the navigation, the text size, the sample mark."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

TEXT_SIZES = {
    "normal": pgettext_lazy("text size", "Normal"),
    "large": pgettext_lazy("text size", "Large"),
    "larger": pgettext_lazy("text size", "Larger"),
}
TEXT_SIZE_COOKIE = "text_size"
NAMES = (
    "autosave",
    "busy",
    "cells",
    "copy",
    "filters",
    "likely",
    "menu",
    "pick",
    "print",
    "search",
    "uses",
)
BEHAVIOURS = [f"web/js/{name}.js" for name in NAMES]


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation: where it leads and which pages lie under it."""

    url_name: str
    icon: str
    label: Promise
    short: Promise
    under: tuple[str, ...]
    counts: bool = False


PLACES = (
    Place(
        "home:desk",
        "inbox",
        pgettext_lazy("navigation", "My desk"),
        pgettext_lazy("tab bar", "Desk"),
        ("home:desk",),
        counts=True,
    ),
    Place(
        "home:alliance",
        "circle-dashed",
        pgettext_lazy("navigation", "Alliance"),
        pgettext_lazy("tab bar", "Alliance"),
        ("home:alliance", "home:overview", "alliance:"),
    ),
    Place(
        "lists:needs",
        "list-checks",
        pgettext_lazy("navigation", "Three lists"),
        pgettext_lazy("tab bar", "Lists"),
        ("lists:", "projects:"),
    ),
    Place(
        "lists:proposals",
        "git-compare-arrows",
        pgettext_lazy("navigation", "Matching"),
        pgettext_lazy("tab bar", "Matching"),
        ("lists:proposal", "lists:why_not"),
    ),
)


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(view_name: str) -> Place | None:
    """The place whose prefix fits the page most closely."""
    fitting = [
        (len(prefix), place.url_name, place)
        for place in PLACES
        for prefix in place.under
        if view_name.startswith(prefix)
    ]
    return max(fitting)[2] if fitting else None


def navigation(view_name: str) -> list[dict]:
    here = _here(view_name)
    return [
        {
            "url": url,
            "icon": place.icon,
            "label": place.label,
            "short": place.short,
            "counts": place.counts,
            "current": place is here,
        }
        for place in PLACES
        if (url := _url(place.url_name))
    ]


def text_size(request: HttpRequest) -> str:
    """The size chosen on this device, else the person's own."""
    chosen = request.COOKIES.get(TEXT_SIZE_COOKIE) or getattr(
        getattr(request, "user", None), "text_size", ""
    )
    return chosen if chosen in TEXT_SIZES else "normal"


def chrome(request: HttpRequest) -> dict:
    match = request.resolver_match
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "nav": navigation(match.view_name if match else "") if signed_in else [],
        "text_size": text_size(request),
        "text_sizes": TEXT_SIZES,
        "behaviours": BEHAVIOURS,
        "is_demo": settings.MULIN_DEMO,
    }
