"""How an alliance's things are written: the numbers of its mechanism, the sentences of stories."""

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from mulin.history.wording import Verb

FROM = ("on", _("From {on}"))
UNTIL = ("on", _("Until {on}"))
WAS = ("old", _("Before: {old}"))

NAMED = 5


def in_a_row(words: list[str], most: int = NAMED) -> str:
    """The words with the reader's own comma between them, "…" for those beyond `most`."""
    more = "…" if len(words) > most else ""
    return pgettext("between words of a list", ", ").join(words[:most]) + more


VERBS: dict[str, Verb] = {
    "alliance_founded": Verb("agreed", _("Alliance “{label}” founded")),
    "alliance_edited": Verb("agreed", _("What is said of “{label}” changed"), more=(WAS,)),
    "side_left": Verb("declined", _("{label} is no longer a side"), more=(UNTIL,)),
    "side_kept": Verb("agreed", _("{label} stays a side")),
    "member_admitted": Verb("agreed", _("{label} joined the alliance"), more=(FROM,)),
    "member_left": Verb("declined", _("{label} left the alliance"), more=(UNTIL,)),
    "member_kept": Verb("agreed", _("{label} stays in the alliance")),
    "organisation_added": Verb("agreed", _("{label} entered in the directory")),
    "organisation_renamed": Verb("agreed", _("Now called {name}"), more=(WAS,)),
    "organisation_coded": Verb("agreed", _("Official code {code} noted for {label}")),
    "organisation_dissolved": Verb(
        "declined",
        _("{label} dissolved"),
        more=(UNTIL, ("successor", _("Its successor: {successor}"))),
    ),
    "group_formed": Verb(
        "agreed", _("Group “{label}” formed"), more=(("members", _("Members: {members}")),)
    ),
    "group_joined": Verb("agreed", _("{member} joined the group “{label}”"), more=(FROM,)),
    "group_left": Verb("declined", _("{member} left the group “{label}”"), more=(UNTIL,)),
    "place_added": Verb("agreed", _("Place “{label}” entered")),
    "place_handed": Verb("agreed", _("{organisation} looks after “{label}”"), more=(FROM,)),
    "post_given": Verb("agreed", _("Post given: {label}"), more=(FROM,)),
    "post_ended": Verb("declined", _("Post ended: {label}"), more=(UNTIL,)),
    "rotation_ordered": Verb("agreed", _("Order of the lead: {order}")),
    "term_planned": Verb("agreed", _("{side} leads from {on}")),
    "term_skipped": Verb("agreed", _("{side} passes over its turn to lead")),
    "terms_swapped": Verb("agreed", _("Turns to lead swapped: {label}, {other}")),
    "heading_added": Verb("agreed", _("Heading “{label}” added to the mechanism")),
    "heading_rewritten": Verb(
        "agreed",
        _("“{label}” of the mechanism rewritten"),
        more=(("old_heading", _("Before: {old_heading}")),),
    ),
    "heading_moved": Verb("agreed", _("“{label}” of the mechanism moved")),
    "heading_removed": Verb("declined", _("“{label}” taken out of the mechanism")),
}

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1–99 as 一 … 九十九; larger numbers stay in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    words = ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "")
    return words + (DIGITS[ones] if ones else "")


def heading_number(path: tuple[int, ...]) -> str:
    """The number before a heading: 一、 （一） 1. （1） by level (GB/T 9704-2012), else 1.2.1."""
    if not (get_language() or "").startswith("zh") or len(path) > 4:
        return ".".join(str(number) for number in path)
    number = path[-1]
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")[
        len(path) - 1
    ]
