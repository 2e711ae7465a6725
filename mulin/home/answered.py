"""What was just answered on the desk: it stays where it lay for a while, with its undo."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils import timezone

from mulin.web.templatetags.look import undo_url

SESSION_KEY = "answered"
KEPT = datetime.timedelta(minutes=10)
AT_MOST = 10


@dataclass(frozen=True)
class Answered:
    """An answer given on the desk: the day on which its question lay, and how to take it back."""

    day: datetime.date
    words: str
    undo: str
    at: datetime.datetime

    @property
    def is_fresh(self) -> bool:
        return timezone.now() - self.at < KEPT


def take_from_notices(request: HttpRequest, day: str) -> None:
    """Move what was just said to the reader into rows of the day; refusals stay notices."""
    on = _day(day)
    rows = request.session.get(SESSION_KEY, [])
    for message in messages.get_messages(request):
        if message.level != messages.SUCCESS or on is None:
            _say_again(request, message)
            continue
        row = [on.isoformat(), str(message), undo_url(message), timezone.now().isoformat()]
        rows = [*rows, row]
    request.session[SESSION_KEY] = rows[-AT_MOST:]


def _day(words: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        return None


def _say_again(request: HttpRequest, message: Message) -> None:
    """Keep a notice that was read here for the page that follows."""
    messages.add_message(request, message.level, message.message, message.extra_tags or "")


def forget(request: HttpRequest, undo: str) -> None:
    """Drop the row whose undo has been carried out; where it was refused, the row stays."""
    said = list(messages.get_messages(request))
    for message in said:
        _say_again(request, message)
    if any(message.level >= messages.ERROR for message in said):
        return
    rows = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [row for row in rows if row[2] != undo]


def answered_lately(request: HttpRequest) -> list[Answered]:
    """The rows still shown, the oldest first; what is older is dropped."""
    rows = request.session.get(SESSION_KEY, [])
    known = [
        Answered(datetime.date.fromisoformat(day), words, undo, datetime.datetime.fromisoformat(at))
        for day, words, undo, at in rows
    ]
    fresh = [row for row in known if row.is_fresh]
    if len(fresh) < len(rows):
        request.session[SESSION_KEY] = rows[len(rows) - len(fresh) :]
    return fresh
