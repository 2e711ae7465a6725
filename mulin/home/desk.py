"""The desk: what waits for a person, gathered from every app and laid out by day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mulin.alliance.queries import Standing
from mulin.home.answered import Answered
from mulin.notifications.notices import Waiting

APPS = ("mulin.lists", "mulin.projects", "mulin.alliance")


@dataclass
class Day:
    """The tasks of one date, and how far the date is from today."""

    date: datetime.date
    tasks: list[Waiting] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return bool(self.tasks) and self.date < timezone.localdate()

    @property
    def note(self) -> str | Promise:
        away = (self.date - timezone.localdate()).days
        if away < 0:
            if not self.tasks:
                return ""
            return ngettext("%(days)d day over", "%(days)d days over", -away) % {"days": -away}
        near = {0: _("today"), 1: _("tomorrow"), 2: _("the day after tomorrow")}
        return near.get(
            away, ngettext("in %(days)d day", "in %(days)d days", away) % {"days": away}
        )


def waiting_for(standing: Standing) -> list[Waiting]:
    """Everything that waits for the person, the earliest date first."""
    return sorted(_gather("waiting_for", standing), key=lambda task: task.due_on)


def held_by_others(standing: Standing) -> list[Waiting]:
    """What the person waits for in others' hands, late first, then by date."""
    held = _gather("held_by_others", standing)
    return sorted(held, key=lambda task: (task.tone != "late", task.due_on))


def _gather(name: str, standing: Standing) -> Iterable[Waiting]:
    for app in APPS:
        if find_spec(f"{app}.waiting"):
            gather = getattr(import_module(f"{app}.waiting"), name, None)
            yield from gather(standing) if gather else ()


def by_day(tasks: Iterable[Waiting], answered: Iterable[Answered] = ()) -> list[Day]:
    """One Day per date, in order: what waits, and what was answered there a moment ago."""
    days: dict[datetime.date, Day] = {}
    for task in tasks:
        days.setdefault(task.due_on, Day(task.due_on)).tasks.append(task)
    for row in answered:
        days.setdefault(row.day, Day(row.day)).answered.append(row)
    return [days[date] for date in sorted(days)]
