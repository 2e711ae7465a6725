"""Sentences about projects: each stored verb of a story in words, and the reminder for a chat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mulin.history.models import Event
from mulin.projects.models import Acceptance, Project

# verb: state of the look, title. Titles take {unit}, {into}, {title} and the like from the details.
VERBS: dict[str, tuple[str, str | Promise]] = {
    "drafted": ("draft", _("Written down: {label}")),
    "submitted": ("draft", _("Sent in by the unit: {label}")),
    "returned": ("declined", _("Returned")),
    "published": ("open", _("Reviewed and published: {label}")),
    "merged": ("open", _("“{label}” merged into “{into}”")),
    "took_in": ("open", _("Took in the request of {unit}")),
    "unmerged": ("open", _("Taken apart again")),
    "claimed": ("claimed", _("{unit} takes it on")),
    "asked": ("claimed", _("{unit} was asked for it")),
    "asked_for": ("open", _("Asked for “{resource}”")),
    "proposed_to_both": ("claimed", _("Proposed to both sides")),
    "said_yes": ("claimed", _("{unit} said yes")),
    "refused": ("declined", _("{unit} can't")),
    "took_back": ("declined", _("{unit} took it back")),
    "project_opened": ("agreed", _("Project opened, one owner a side")),
    "project_noted": ("agreed", pgettext_lazy("story", "Progress")),
    "project_delayed": ("late", _("Another date: {was} becomes {due_on}")),
    "project_supervised": ("agreed", _("A supervisor's word")),
    "owner_handed_over": ("agreed", _("{now} now answers for {unit}")),
    "project_delivered": ("checking", _("Reported done; those who asked are asked")),
    "acceptance_reminded": ("checking", _("Asked once more: {units}")),
    "acceptance_link": ("checking", _("A link to answer for {unit} was handed out")),
    "acceptance_accepted": ("checking", _("{unit} says: done as asked")),
    "acceptance_objected": ("late", _("{unit} says: not done yet")),
    "acceptance_taken_back": ("checking", _("{unit} took its answer back")),
    "project_closed": ("done", _("Accepted by those who asked; closed")),
}
WORDS_OF = ("text", "reason", "note")


@dataclass(frozen=True)
class Told:
    """One event as a reader sees it; `quote` is somebody's own words, `who` said them."""

    on: datetime
    state: str
    title: str
    quote: str = ""
    who: str = ""
    silent: tuple[str, ...] = ()


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the reader's language lists them."""
    return pgettext("list", ", ").join(names)


class _Known(dict):
    def __missing__(self, key: str) -> str:
        return ""


def told(event: Event) -> Told | None:
    """The event in words; None for verbs of no story."""
    if event.verb not in VERBS:
        return None
    state, title = VERBS[event.verb]
    words = getattr(event, "words", None)
    details: Mapping[str, object] = {"label": words.label, **words.details} if words else {}
    shown = {key: listed(said) if isinstance(said, list) else said for key, said in details.items()}
    return Told(
        on=event.happened_at,
        state=state,
        title=str(title).format_map(_Known(shown)),
        quote=next((str(details[key]) for key in WORDS_OF if details.get(key)), ""),
        who=words.by_name if words else "",
        silent=tuple(details.get("silent") or ()),  # type: ignore[arg-type]
    )


def reminder_words(project: Project, silent: list[Acceptance], address: str) -> str:
    """What is pasted into the chat: which units are still missing, until when, where to answer."""
    words = gettext(
        "“%(title)s” has been reported done. Still to say whether it is: %(units)s."
    ) % {
        "title": project.title,
        "units": listed(row.organisation.name for row in silent),
    }
    last = min(row.answer_by for row in silent)
    answer = gettext("Please answer until %(day)s, on your desk or here: %(address)s") % {
        "day": f"{last:%Y-%m-%d}",
        "address": address,
    }
    return f"{words}\n{answer}"
