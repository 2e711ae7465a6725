"""The small words of the look: icons, seals, moons, dates; `docs/look.md` shows each in use."""

import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from lucide.templatetags.lucide import lucide

from mulin.web.moons import SHAPES, WORDS
from mulin.web.rings import Ring, drawing

register = template.Library()

JOINER = "\u2060"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SEAL_TONES = {
    "资": "jade", "書": "jade", "书": "jade", "資": "jade",
    "项": "gold", "項": "gold",
    "督": "ochre", "钱": "ochre", "錢": "ochre", "人": "ochre", "许": "ochre", "許": "ochre",
    "地": "ochre",
    "议": "plain", "議": "plain", "员": "plain", "員": "plain", "征": "plain", "徵": "plain",
}  # fmt: skip
TRADITIONAL_SEALS = str.maketrans("资书项钱许议员征", "資書項錢許議員徵")


@lru_cache(maxsize=256)
def _drawn_icon(name: str, big: bool) -> SafeString:
    classes = "icon icon-big" if big else "icon"
    attributes = {"class": classes, "stroke-width": "1.6", "aria-hidden": "true"}
    return SafeString(lucide(name, size=24 if big else 20, **attributes))


@register.simple_tag
def icon(name: str, big: bool = False) -> SafeString:
    """A line icon by its Lucide name; always beside words, so hidden from readers."""
    return _drawn_icon(name, big)


@register.simple_tag
def seal(character: str, tone: str = "") -> SafeString:
    """What kind of thing this is, in one character; the tone follows from the character."""
    tone = tone or SEAL_TONES.get(character, "")
    if get_language() == "zh-hant":
        character = character.translate(TRADITIONAL_SEALS)
    return format_html(
        '<span class="seal{}" aria-hidden="true" translate="no">{}</span>',
        f" seal-{tone}" if tone else "",
        character,
    )


@lru_cache(maxsize=32)
def _drawn_moon(state: str, big: bool) -> SafeString:
    classes = f"moon moon-{state} moon-big" if big else f"moon moon-{state}"
    shape = mark_safe(SHAPES[state])  # noqa: S308 - our own drawings
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">{}</svg>',
        classes,
        shape,
    )


@register.simple_tag
def moon(state: str, big: bool = False) -> SafeString:
    """The bare shape of a state, for where its word already stands beside it."""
    return _drawn_moon(str(state), big)


@register.simple_tag
def status(state: str, words: str | Promise = "", large: bool = False) -> SafeString:
    """Shape, then word, then colour; without words the state's own word."""
    classes = "status status-late" if str(state) == "late" else "status"
    return format_html(
        '<span class="{}">{}<span>{}</span></span>',
        f"{classes} status-large" if large else classes,
        moon(state),
        words or WORDS[str(state)],
    )


@register.filter
def state_word(state: str) -> str | Promise:
    return WORDS[str(state)]


def _as_date(value: datetime.date | None) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter(expects_localtime=False)
def day(value: datetime.date | None) -> str:
    """9月28日 or 28 Sep, with its year unless it is this one; never broken over two lines."""
    date = _as_date(value)
    if date is None or date == "":
        return ""
    this_year = date.year == timezone.localdate().year
    if (get_language() or "").startswith("zh"):
        written = f"{date.month}{JOINER}月{JOINER}{date.day}{JOINER}日"
        return written if this_year else f"{date.year}{JOINER}年{JOINER}{written}"
    written = f"{date.day}\u00a0{MONTHS[date.month - 1]}"
    return written if this_year else f"{written}\u00a0{date.year}"


@register.filter
def weekday(value: datetime.date | None) -> str:
    date = _as_date(value)
    if not date:
        return ""
    words = [
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    ]
    return words[date.weekday()]


@register.filter
def days_late(value: datetime.date | None) -> int:
    """Whole days since the date passed; 0 on the day itself and before."""
    date = _as_date(value)
    return max((timezone.localdate() - date).days, 0) if date else 0


@register.filter
def undo_url(message: Message) -> str:
    """Where a notice's undo posts to; given as `extra_tags="undo=" + url`."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo=") if tags.startswith("undo=") else ""


@register.filter
def days_since(value: datetime.date | None) -> int:
    """Whole days something has waited."""
    return days_late(value)


@register.filter
def late_words(value: datetime.date | None) -> str:
    days = days_late(value)
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


@register.filter
def quantity(amount: Decimal | float | None, measure: str = "") -> str:
    """`8800|quantity:"元"` → 8,800 元; no trailing zeros; an unknown amount is nothing."""
    if amount is None or amount == "":
        return ""
    exact = Decimal(str(amount)).normalize()
    places = max(-int(exact.as_tuple().exponent), 0)
    number = number_format(exact, places, use_l10n=True, force_grouping=True)
    return f"{number}\u00a0{measure}" if measure else number


@register.simple_tag(takes_context=True)
def unit(context: Context, body: Any, full: bool = False) -> str:
    """A unit's name, leading to its page for who is signed in; `full` with its parent's name."""
    if not body:
        return ""
    name = body.full_name if full else body.name
    request = context.get("request")
    if not (request and request.user.is_authenticated):
        return name
    return format_html(
        '<a href="{}">{}</a>', reverse("alliance:organisation", args=[body.pk]), name
    )


@register.filter
def field_shape(field: BoundField) -> str:
    """How a form field is laid out: `tick`, `options` or plain `line`."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "options" if isinstance(widget, forms.RadioSelect) else "line"


@register.inclusion_tag("web/_bar.html")
def bar(parts: list[tuple[float, int, str]], label: str = "", links: tuple[str, ...] = ()) -> dict:
    """A bar of shares with its legend: `parts` are (number, tone 0-3, word), each with its link."""
    shown = [(number, tone, word) for number, tone, word in parts if number > 0]
    whole = sum(number for number, _tone, _word in shown) or 1
    strokes, at = [], 0.0
    for number, tone, _word in shown:
        width = 1000 * number / whole
        strokes.append({"x": round(at, 1), "width": max(round(width - 4, 1), 1), "tone": tone})
        at += width
    words = label or pgettext("facts", ", ").join(
        f"{word} {number}" for number, _tone, word in parts
    )
    return {"strokes": strokes, "parts": zip_longest(parts, links), "label": words}


@register.inclusion_tag("web/_year_ring.html")
def year_ring(ring: Ring) -> dict:
    """The year from conference to conference, with today's needle."""
    return drawing(ring)


@register.filter
def month_word(value: datetime.date) -> str:
    if (get_language() or "").startswith("zh"):
        return f"{value.month}月"
    return MONTHS[value.month - 1]


@register.simple_tag
def heat_class(number: int | None) -> str:
    """The tint of a cell: resources minus needs, held between -4 and 4; None is unreported."""
    if number is None:
        return "heat-none"
    held = min(max(number, -4), 4)
    return f"less-{-held}" if held < 0 else f"more-{held}" if held > 0 else ""


@register.filter
def signed(number: int | None) -> str:
    """+3 or -3 with full-width signs of one breadth, 0, and a dot for what nobody reported."""
    if number is None:
        return "·"
    return f"＋{number}" if number > 0 else f"－{-number}" if number < 0 else "0"


@register.simple_tag
def choices(options: list[tuple[Any, Any]], chosen: Any) -> SafeString:
    """The options of a select; a loop in a template takes ten times as long for 150 units."""
    marks = {True: mark_safe(" selected"), False: ""}
    rows = ((key, marks[str(key) == str(chosen)], word) for key, word in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
