"""What every page says of the reader's desk: how many things wait on it."""

from functools import cache as once

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.queries import Standing
from mulin.history.models import Words
from mulin.home import desk

KEPT = 60
"""Seconds for which a count is shown again: what others do appears that much later."""


def waiting(request: HttpRequest) -> dict:
    """`waiting_count`, worked out only by a page that shows it, and once."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    return {"waiting_count": once(lambda: count_waiting(person))}


def count_waiting(person: Person) -> int:
    """How many things wait for the person; one query while it is remembered."""
    key = _key(person)
    known = cache.get(key)
    if known is None:
        known = len(desk.waiting_for(Standing(person)))
        cache.set(key, known, KEPT)
    return known


def remember(person: Person, count: int) -> None:
    """Keep what the desk has just counted, for the pages opened from it."""
    cache.set(_key(person), count, KEPT)


def _key(person: Person) -> str:
    """Changes with the day and with everything the person does: one's own answer counts at once."""
    last = Words.objects.filter(by=person).order_by("-pk").values_list("pk", flat=True).first()
    return f"desk:{person.pk}:{timezone.localdate()}:{last}"
