"""Reads about messages."""

from django.db.models import F, Q, QuerySet

from mulin.accounts.models import Person
from mulin.notifications.models import Message


def inbox_of(person: Person) -> QuerySet[Message]:
    """What lies in the person's inbox, newest first; secrets went by e-mail only."""
    mine = Message.objects.filter(person=person)
    return mine.filter(Q(read_at=None) | ~Q(read_at=F("created_at")))


def unread_count(person: Person) -> int:
    return Message.objects.filter(person=person, read_at=None).count()
