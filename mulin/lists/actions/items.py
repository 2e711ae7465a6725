"""What changes items: drafting, handing in, publishing, returning, withdrawing, still true."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import coordinators_of, sides_of
from mulin.history.actions import link, record
from mulin.history.models import Audience
from mulin.lists.actions.finding import put_in_search
from mulin.lists.actions.numbers import give_number
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import Comment, Item
from mulin.lists.rules.items import (
    may_comment,
    may_edit,
    may_raise,
    may_review,
    may_say_still_true,
    may_submit,
    may_withdraw_item,
)

VALID_DAYS = 365
"""How long an item without dates of its own counts as true before its unit is asked again."""


@transaction.atomic
def draft_item(
    alliance: Alliance, *, by: Person, kind: str, organisation: Organisation, **fields: Any
) -> Item:
    """Begin an item; `fields` are those of the form. Raises PermissionDenied for strangers."""
    may_raise(by, alliance, organisation).require()
    item = Item(alliance=alliance, kind=kind, organisation=organisation, by=by, **fields)
    item.save()
    record("drafted", item, by=by, audience=Audience.STAFF)
    put_in_search(item)
    return item


@transaction.atomic
def edit_item(item: Item, *, by: Person, **fields: Any) -> Item:
    """Write the given fields into a draft, a returned or a handed-in item."""
    item = locked(item)
    may_edit(by, item).require()
    for name, value in fields.items():
        setattr(item, name, value)
    item.version += 1
    item.save()
    record("edited", item, by=by, audience=Audience.STAFF, fields=sorted(fields))
    put_in_search(item)
    return item


@transaction.atomic
def submit_item(item: Item, *, by: Person) -> Item:
    """Hand a draft in for review; the sides' coordinators are told."""
    item = locked(item)
    may_submit(by, item).require()
    item.state, item.reason = Item.State.SUBMITTED, ""
    item.save(update_fields=["state", "reason"])
    record("submitted", item, by=by)
    people = {person for side in sides_of(item.alliance) for person in coordinators_of(side)}
    title = format_lazy(_("To review: {title}"), title=item.title)
    tell(people - {by}, f"submitted:{item.pk}:{item.version}", title, item=item)
    return item


@transaction.atomic
def publish_item(item: Item, *, by: Person) -> Item:
    """Put a reviewed item on its list, with a number and a date until which it counts as true."""
    item = locked(item)
    may_review(by, item).require()
    item.state, item.reason = Item.State.PUBLISHED, ""
    item.published_at = timezone.now()
    item.expires_on = item.ends_on or timezone.localdate() + datetime.timedelta(days=VALID_DAYS)
    if item.number:
        item.save()
    else:
        give_number(item)
    _replace_last_year(item)
    record("published", item, by=by, audience=Audience.PUBLIC, number=item.number)
    put_in_search(item)
    title = format_lazy(_("Published: {title}"), title=item.title)
    people = set(voices_of(item.organisation, item.alliance)) - {by}
    tell(people, f"published:{item.pk}:{item.version}", title, item=item)
    return item


def _replace_last_year(item: Item) -> None:
    """The row this one carries forward leaves the list, so that it doesn't stand there twice."""
    if item.carried_from is None:
        return
    item.carried_from.state = Item.State.EXPIRED
    item.carried_from.save(update_fields=["state"])
    link(item.carried_from, item, scope=item.alliance_id)


@transaction.atomic
def return_item(item: Item, *, by: Person, reason: str) -> Item:
    """Send an item back to its unit with the reason; the unit is told."""
    item = locked(item)
    may_review(by, item).require()
    item.state, item.reason = Item.State.RETURNED, reason[:200]
    item.version += 1
    item.save(update_fields=["state", "reason", "version"])
    record("returned", item, by=by, reason=item.reason)
    title = format_lazy(_("Sent back: {title}"), title=item.title)
    people = set(voices_of(item.organisation, item.alliance)) | ({item.by} if item.by else set())
    tell(people - {by}, f"returned:{item.pk}:{item.version}", title, item=item, body=item.reason)
    return item


@transaction.atomic
def withdraw_item(item: Item, *, by: Person, reason: str = "") -> Item:
    """Take an item off its list; possible only while nobody has taken any of it."""
    item = locked(item)
    may_withdraw_item(by, item).require()
    before = item.state
    item.state, item.reason = Item.State.WITHDRAWN, reason[:200]
    item.save(update_fields=["state", "reason"])
    record("withdrawn", item, by=by, reason=item.reason, before=before)
    return item


@transaction.atomic
def restore_item(item: Item, *, by: Person) -> Item:
    """Undo a withdrawal: a numbered item is published again, another becomes a draft.

    A resident's word waits for review once more.
    """
    item = locked(item)
    may_raise(by, item.alliance, item.organisation).require()
    if item.state != Item.State.WITHDRAWN:
        return item
    unlisted = Item.State.SUBMITTED if item.is_residents else Item.State.DRAFT
    item.state = Item.State.PUBLISHED if item.number else unlisted
    item.save(update_fields=["state"])
    record("restored", item, by=by)
    put_in_search(item)
    return item


@transaction.atomic
def say_still_true(item: Item, *, by: Person) -> Item:
    """The unit says an item still holds: it counts for another year, and is listed again."""
    item = locked(item)
    may_say_still_true(by, item).require()
    item.state = Item.State.PUBLISHED
    item.expires_on = timezone.localdate() + datetime.timedelta(days=VALID_DAYS)
    item.version += 1
    item.save(update_fields=["state", "expires_on", "version"])
    record("still_true", item, by=by, until=item.expires_on)
    put_in_search(item)
    return item


@transaction.atomic
def comment_on(item: Item, *, by: Person, text: str) -> Comment:
    """A supervisor's or coordinator's word on an item; the unit is told."""
    may_comment(by, item).require()
    comment = Comment.objects.create(item=item, by=by, text=text)
    record("commented", item, by=by, text=text)
    title = format_lazy(_("A comment on: {title}"), title=item.title)
    people = set(voices_of(item.organisation, item.alliance)) - {by}
    tell(people, f"comment:{comment.pk}", title, item=item, body=text)
    return comment


def locked(item: Item) -> Item:
    """The item's row, locked until the transaction ends."""
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("alliance", "organisation__parent", "by")
        .get(pk=item.pk)
    )
