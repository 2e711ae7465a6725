"""Telling people once, and sending what is due by e-mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone, translation

from mulin.accounts.models import Person
from mulin.notifications.models import Message
from mulin.notifications.notices import Notice

MAX_TRIES = 8


def notify(people: Iterable[Person], notice: Notice) -> None:
    """Write the notice into each person's outbox, in the caller's transaction, once per key."""
    now = timezone.now()
    Message.objects.bulk_create(
        [_message(person, notice, now) for person in set(people) if person.is_active],
        ignore_conflicts=True,
    )


def _message(person: Person, notice: Notice, now: datetime) -> Message:
    by_email = bool(person.email) and (person.wants_email or notice.secret)
    with translation.override(person.language or settings.LANGUAGE_CODE):
        return Message(
            person=person,
            key=notice.key[:120],
            scope=notice.scope,
            title=str(notice.title)[:200],
            body=str(notice.body),
            url=notice.url,
            why=str(notice.why)[:200],
            created_at=now,
            read_at=now if notice.secret else None,
            email_due_at=now if by_email else None,
        )


def deliver_outbox(*, limit: int = 100) -> int:
    """Send e-mails that are due; a failure is tried again later, each time waiting longer.

    Returns how many went out. A message is claimed before it is sent, so two processes can't both
    send it; a crash in between delays it by the waiting time, and may send it twice, never lose it.
    """
    now = timezone.now()
    due = Message.objects.filter(email_due_at__lte=now, emailed_at=None, tries__lt=MAX_TRIES)
    sent = 0
    for message in due.select_related("person").order_by("email_due_at")[:limit]:
        wait = timedelta(minutes=2**message.tries)
        claimed = Message.objects.filter(
            pk=message.pk, emailed_at=None, tries=message.tries
        ).update(tries=message.tries + 1, email_due_at=now + wait)
        sent += bool(claimed) and _send(message)
    return sent


def _send(message: Message) -> bool:
    address = settings.SITE_URL + message.url if message.url.startswith("/") else message.url
    text = "\n\n".join(part for part in (message.body, address, message.why) if part)
    try:
        EmailMessage(
            message.title, text, None, [message.person.email], connection=get_connection()
        ).send()
    except (SMTPException, OSError) as error:
        Message.objects.filter(pk=message.pk).update(error=str(error)[:200])
        return False
    values: dict[str, object] = {"emailed_at": timezone.now(), "error": ""}
    if message.is_secret:
        # What opens something must not lie in the database once it is delivered.
        values |= {"title": "", "body": "", "url": ""}
    Message.objects.filter(pk=message.pk).update(**values)
    return True


def read_all(person: Person) -> None:
    """Mark everything in the person's inbox as read."""
    Message.objects.filter(person=person, read_at=None).update(read_at=timezone.now())


def read_message(message: Message) -> None:
    """Mark one message as read; reading it again changes nothing."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())
