"""Sentences about projects: each stored verb of a story in words, and the reminder for a chat."""

import uuid
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.wording import Verb
from mulin.projects.models import Acceptance, Project

KINDS = ("project",)
VERBS: dict[str, Verb] = {
    "project_opened": Verb(
        "agreed",
        _("Project “{label}” opened, one owner a side"),
        more=(("owners", _("Owners: {owners}")), ("due_on", _("To be done by {due_on}"))),
    ),
    "project_dropped": Verb("declined", _("“{label}” dropped: a yes was taken back")),
    "project_noted": Verb("agreed", pgettext_lazy("story", "Progress")),
    "project_delayed": Verb("late", _("Another date: {was} becomes {due_on}")),
    "project_supervised": Verb("agreed", _("A supervisor's word")),
    "owner_handed_over": Verb(
        "agreed", _("{now} now answers for {unit}"), more=(("was", _("Before: {was}")),)
    ),
    "project_delivered": Verb(
        "checking",
        _("Reported done; those who asked are asked"),
        more=(("asked", _("Asked: {asked}")), ("answer_by", _("Answers until {answer_by}"))),
    ),
    "acceptance_reminded": Verb("checking", _("Asked once more: {units}")),
    "acceptance_link": Verb("checking", _("A link to answer for {unit} was handed out")),
    "acceptance_accepted": Verb("checking", _("{unit} says: done as asked")),
    "acceptance_objected": Verb("late", _("{unit} says: not done yet; the project goes on")),
    "acceptance_taken_back": Verb("checking", _("{unit} took its answer back")),
    "acceptance_silent": Verb("late", _("The last day to answer has passed; silent: {silent}")),
    "project_closed": Verb(
        "done",
        _("Accepted by those who asked; closed"),
        more=(("silent", _("Silent until the end: {silent}")),),
    ),
}


def known(
    keys: Collection[uuid.UUID], *, reader: Person, scopes: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[str, str]]:
    """Of the alliances' projects among the keys: their page and title."""
    found = Project.objects.filter(pk__in=keys, alliance__in=scopes)
    return {
        key: {"label": title, "url": reverse("projects:project", args=[key])}
        for key, title in found.values_list("pk", "title")
    }


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the reader's language lists them."""
    return pgettext("list", ", ").join(names)


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
