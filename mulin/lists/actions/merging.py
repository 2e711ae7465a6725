"""Making one item of several like requests, keeping who asked; and taking it apart again."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.actions import record, unlink
from mulin.history.models import Audience
from mulin.lists.actions.items import locked
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import Item
from mulin.lists.rules.items import may_merge

MERGEABLE = (Item.State.SUBMITTED, Item.State.PUBLISHED, Item.State.EXPIRED)


@transaction.atomic
def merge_items(into: Item, *, items: Sequence[Item], by: Person) -> Item:
    """Let `into` stand for `items` too: they leave the list, their units stay among the askers.

    Raises ValidationError for an item of another list, one already taken on, or `into` itself.
    """
    into = locked(into)
    may_merge(by, into).require()
    for item in [locked(one) for one in items]:
        _check(into, item)
        before = item.state
        item.merged_items.update(merged_into=into)
        item.state, item.merged_into = Item.State.MERGED, into
        item.save(update_fields=["state", "merged_into"])
        unit = item.organisation.name
        record("merged", item, by=by, into=into.title, before=before)
        record("took_in", into, by=by, causes=[item], title=item.title, unit=unit)
        _tell_merged(item, into, by)
    return into


def _check(into: Item, item: Item) -> None:
    if item.pk == into.pk or item.kind != into.kind or item.alliance_id != into.alliance_id:
        raise ValidationError(_("Only different items of the same list can be merged."))
    if into.state not in MERGEABLE or item.state not in MERGEABLE:
        raise ValidationError(_("Only items handed in or published can be merged."))
    if item.taken:
        raise ValidationError(_("“%(title)s” has been taken on, so it stays.") % {"title": item})


def _tell_merged(item: Item, into: Item, by: Person) -> None:
    people = set(voices_of(item.organisation, item.alliance)) - {by}
    title = format_lazy(_("Merged with a like request: {title}"), title=item.title)
    tell(people, f"merged:{item.pk}:{into.pk}", title, item=into)


@transaction.atomic
def unmerge_item(item: Item, *, by: Person) -> Item:
    """Put a merged item back where it was before."""
    item = locked(item)
    may_merge(by, item).require()
    into = item.merged_into
    if item.state != Item.State.MERGED or into is None:
        raise ValidationError(_("This item isn't merged into another."))
    item.merged_into = None
    item.state = Item.State.PUBLISHED if item.number else Item.State.SUBMITTED
    item.save(update_fields=["state", "merged_into"])
    record("unmerged", item, by=by, into=into.title)
    record("let_go", into, by=by, title=item.title, unit=item.organisation.name)
    # It may have come here inside another, which was merged in its turn.
    unlink(item, [into, *into.merged_items.all()])
    return item


@transaction.atomic
def keep_apart(item: Item, *, others: Sequence[Item], by: Person) -> None:
    """Remember that these are not the same, so that the suggestion doesn't come back."""
    may_merge(by, item).require()
    others_keys = [str(other.pk) for other in others]
    record("kept_apart", item, by=by, audience=Audience.STAFF, others=others_keys)
