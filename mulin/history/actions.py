"""Recording what happened, linking what led to what, and sealing what is committed."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.history.models import Audience, Event, Link, Seal, Words


def digest_of(salt: str, by: object, by_name: str, label: str, details: dict[str, Any]) -> str:
    """SHA-256 over salt and words; without the salt the words can't be guessed back."""
    words = json.dumps([salt, str(by or ""), by_name, label, details], sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()


def record(
    verb: str,
    thing: models.Model,
    *,
    by: Person | None,
    scope: uuid.UUID | None = None,
    audience: Audience = Audience.ALLIANCE,
    causes: Iterable[models.Model] = (),
    **details: Any,
) -> Event:
    """Write that `by` did `verb` to `thing`, in the caller's transaction.

    verb: short stored word. scope: the alliance (default: the thing's own `alliance_id`).
    causes: things that led to this one. details: small JSON values for the sentence shown.
    """
    scope = scope or getattr(thing, "alliance_id", None)
    salt, label, by_name = secrets.token_hex(16), str(thing)[:200], str(by or "")[:60]
    details = json.loads(json.dumps(details, default=str))
    event = Event.objects.create(
        verb=verb,
        happened_at=timezone.now(),
        scope=scope,
        kind=thing._meta.model_name or "",
        subject=thing.pk,
        audience=audience,
        digest=digest_of(salt, by.pk if by else "", by_name, label, details),
    )
    Words.objects.create(
        event=event, by=by, by_name=by_name, label=label, details=details, salt=salt
    )
    for cause in causes:
        link(cause, thing, scope=scope)
    return event


def link(cause: models.Model, effect: models.Model, *, scope: uuid.UUID | None = None) -> None:
    """Say that one thing led to another; saying it twice changes nothing."""
    Link.objects.bulk_create(
        [Link(cause=cause.pk, effect=effect.pk, scope=scope)], ignore_conflicts=True
    )


def link_many(cause: models.Model, effects: Iterable[models.Model]) -> None:
    """Say that one thing led to many."""
    scope = getattr(cause, "alliance_id", None)
    links = [Link(cause=cause.pk, effect=effect.pk, scope=scope) for effect in effects]
    Link.objects.bulk_create(links, ignore_conflicts=True, batch_size=500)


def unlink(cause: models.Model, effects: Iterable[models.Model]) -> None:
    """Take back that a thing led to these; what happened meanwhile stays recorded."""
    Link.objects.filter(cause=cause.pk, effect__in=[effect.pk for effect in effects]).delete()


def chain_after(previous: str, event: Event) -> str:
    """The next link of the chain (hex SHA-256) over the event's unerasable fields."""
    fields = [
        previous,
        str(event.pk),
        event.verb,
        event.happened_at.isoformat(),
        str(event.scope),
        event.kind,
        str(event.subject),
        event.audience,
        event.digest,
    ]
    return hashlib.sha256("\n".join(fields).encode()).hexdigest()


@transaction.atomic
def seal_events(*, limit: int = 5000) -> int:
    """Chain committed events that have no seal yet; returns how many. One sealer at a time."""
    _wait_for_other_sealers()
    last = Seal.objects.order_by("-pk").first()
    chain, now, seals = (last.chain if last else ""), timezone.now(), []
    for event in Event.objects.filter(seal=None).order_by("pk")[:limit]:
        chain = chain_after(chain, event)
        seals.append(Seal(event=event, sealed_at=now, chain=chain))
    Seal.objects.bulk_create(seals, batch_size=500)
    return len(seals)


def _wait_for_other_sealers() -> None:
    """Locking the last seal isn't enough: who waited for it would go on from one no longer last.

    SQLite lets in one writer at a time by itself.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Seal._meta.db_table} IN EXCLUSIVE MODE")


def head() -> str:
    """The newest link of the chain after sealing all that is committed; empty for no history."""
    while seal_events():
        pass
    last = Seal.objects.order_by("-pk").first()
    return last.chain if last else ""


@transaction.atomic
def erase_words(person: Person) -> int:
    """Blank the person's name and words everywhere; the chain stays verifiable. Returns rows."""
    return Words.objects.filter(by=person).update(
        by=None, by_name="", label="", details={}, salt=""
    )
