"""What changes persons, their one-answer links and their codes."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mulin.accounts.models import AnswerCode, AnswerLink, Person, hash_of, new_code, new_token

WELCOME = "welcome"


def issue_link(person: Person, *, purpose: str, subject: uuid.UUID, days: int = 14) -> str:
    """Make a personal link for one thing; returns the token, which is stored only as a hash.

    purpose: short stored word of the app that opens it. subject: key of the thing to answer.
    days: how long it opens. An older unused link of the same person for the same thing stays valid.
    """
    token = new_token()
    AnswerLink.objects.create(
        token_hash=hash_of(token),
        person=person,
        purpose=purpose,
        subject=subject,
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token


def find_link(token: str, *, purpose: str) -> AnswerLink | None:
    """The link behind a token, used or not, expired or not; None for a stranger's token."""
    return (
        AnswerLink.objects.select_related("person")
        .filter(token_hash=hash_of(token), purpose=purpose, person__is_active=True)
        .first()
    )


def use_link(link: AnswerLink) -> bool:
    """Spend the link: true for exactly one caller, even among many at once."""
    return AnswerLink.objects.usable().filter(pk=link.pk).update(used_at=timezone.now()) == 1


def too_many_codes(person: Person, *, an_hour: int = 5) -> bool:
    """Whether the person was sent so many codes lately that no more should go out.

    Without this, whoever may ask for codes could guess five times on each, and fill a mailbox.
    """
    since = timezone.now() - timedelta(hours=1)
    return AnswerCode.objects.filter(person=person, created_at__gt=since).count() >= an_hour


def issue_code(person: Person, *, purpose: str, subject: uuid.UUID, minutes: int = 15) -> str:
    """Make a six-digit code for one thing and return it; earlier open codes for it end."""
    now = timezone.now()
    AnswerCode.objects.filter(
        person=person, purpose=purpose, subject=subject, used_at=None, expires_at__gt=now
    ).update(expires_at=now)
    code = new_code()
    AnswerCode.objects.create(
        person=person,
        purpose=purpose,
        subject=subject,
        code_hash=hash_of(code),
        expires_at=now + timedelta(minutes=minutes),
    )
    return code


@transaction.atomic
def check_code(
    code: str, *, people: list[Person], purpose: str, subject: uuid.UUID
) -> Person | None:
    """The person whose open code this is, spending it; None when wrong, spent or tried too often.

    Each call counts one try on every open code of these people, so guesses end at `MAX_TRIES`.
    """
    open_codes = AnswerCode.objects.filter(
        person__in=people,
        purpose=purpose,
        subject=subject,
        used_at=None,
        expires_at__gt=timezone.now(),
        tries__lt=AnswerCode.MAX_TRIES,
    )
    rows = list(open_codes.select_for_update().select_related("person"))
    AnswerCode.objects.filter(pk__in=[row.pk for row in rows]).update(tries=F("tries") + 1)
    digest = hash_of(code.strip())
    for row in rows:
        if secrets.compare_digest(row.code_hash, digest):
            AnswerCode.objects.filter(pk=row.pk).update(used_at=timezone.now())
            return row.person
    return None


def add_person(*, username: str, name: str, email: str = "", language: str = "") -> Person:
    """A new person without a password; they choose it behind `invite`'s link.

    Raises IntegrityError where the sign-in name is taken.
    """
    return Person.objects.create_user(username, name=name, email=email, language=language)


@transaction.atomic
def invite(person: Person) -> str:
    """A fresh link with which a person who never had a password chooses one; earlier ones end.

    Returns the token. Raises ValueError for a person who has a password, whose account it would
    otherwise give away to whoever makes the link.
    """
    if person.has_usable_password():
        raise ValueError("only a person without a password is invited")
    open_links = AnswerLink.objects.usable().filter(person=person, purpose=WELCOME)
    open_links.update(revoked_at=timezone.now())
    return issue_link(person, purpose=WELCOME, subject=person.pk)


@transaction.atomic
def choose_first_password(link: AnswerLink, *, password: str) -> bool:
    """Spend the link and set the password; false when the link was spent meanwhile."""
    if link.purpose != WELCOME or not use_link(link):
        return False
    person = Person.objects.select_for_update().get(pk=link.person_id)
    person.set_password(password)
    person.save(update_fields=["password"])
    return True
