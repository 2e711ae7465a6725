"""Turning a checked batch into items, all at once for everybody else, and undoing that."""

import datetime
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.queries import coordinators_of, sides_of
from mulin.history.actions import record
from mulin.history.models import Link
from mulin.lists.actions.finding import index_import
from mulin.lists.actions.imports.building import Builder
from mulin.lists.actions.imports.reading import (
    BREATH,
    LEASE,
    chunks,
    row_key,
    uninterrupted,
)
from mulin.lists.models import ImportBatch, ImportRow, Item
from mulin.lists.queries.imports import Consequences, consequences_of, dependants, rows_to_take
from mulin.lists.rules.imports import may_change_import, may_undo_import
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice
from mulin.search.actions import drop

State = ImportBatch.State

CHUNK = 100
"""Items of one transaction: an item has many columns and references, so fewer than rows."""

Joined = dict[Any, list[Any]]
"""Keys of items by the key of the item they are joined to."""


@uninterrupted()
def take_in(batch: ImportBatch, *, by: Person) -> int:
    """Make the batch's rows items to be reviewed; returns how many. Doing it twice changes nothing.

    Items are built in short transactions as `STAGED`, which nobody sees; one last transaction
    shows them all. A crash leaves staged items only, which the next try removes. Raises
    ValidationError while cells are rejected, a table's list is unknown, or nothing is left.
    """
    batch.refresh_from_db(fields=["state", "taken_at", "answers", "questions"])
    if batch.state == State.TAKEN:
        return Item.objects.filter(batch=batch).count()
    may_change_import(by, batch).require()
    _require_settled(batch)
    started, page = timezone.now(), reverse("lists:import_preview", args=[batch.pk])
    if not _claim(batch, started):
        raise ValidationError(_("This import is being taken in right now."))
    try:
        _remove_staged(batch)
        joined = _stage(batch, by)
        count = _show(batch, by, started, joined, page)
    except Exception:
        ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEW, taken_at=started).update(
            taken_at=None
        )
        raise
    index_import(batch)
    return count


def _require_settled(batch: ImportBatch) -> None:
    rows = rows_to_take(batch)
    if batch.state != State.PREVIEW:
        raise ValidationError(_("This import is still being read; try again in a moment."))
    skipped = set(batch.tables.filter(skipped=True).values_list("where", flat=True))
    asked = any(question["where"] not in skipped for question in batch.questions)
    if asked or rows.filter(table__kind="unknown").exists():
        raise ValidationError(_("Say first which list each table is: needs or resources."))
    if rows.filter(rejected__gt=0).exists():
        raise ValidationError(_("Some cells can't be read yet; correct them first."))
    if not rows.exists():
        raise ValidationError(_("There is no row left to take in."))


def _claim(batch: ImportBatch, started: datetime.datetime) -> bool:
    """True for exactly one caller, even among many at once, until the lease runs out."""
    free = Q(taken_at=None) | Q(taken_at__lt=started - LEASE)
    return bool(
        ImportBatch.objects.filter(free, pk=batch.pk, state=State.PREVIEW).update(taken_at=started)
    )


def _remove_staged(batch: ImportBatch) -> None:
    staged = Item.objects.filter(batch=batch, state=Item.State.STAGED).order_by()
    while keys := list(staged.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            Link.objects.filter(cause=batch.pk, effect__in=keys).delete()
            Item.objects.filter(pk__in=keys).delete()
            drop(keys)
        time.sleep(BREATH)


def _stage(batch: ImportBatch, by: Person) -> dict[str, Joined]:
    """Build all items unseen; returns which are merged ("merge") and said to be the "same"."""
    builder = Builder(batch, by)
    keys: dict[str, Any] = {}
    wanted: dict[str, list[tuple[Any, dict]]] = {"merge": [], "same": []}
    for some in chunks(_rows(batch), CHUNK):
        items = []
        for row in some:
            item = builder.item(row)
            keys[row_key(row.table, row.row, row.part)] = item.pk
            if (decision := row.like.get("decision")) in wanted:
                wanted[decision].append((item.pk, row.like))
            items.append(item)
        with transaction.atomic():
            Item.objects.bulk_create(items)
            Link.objects.bulk_create(
                [Link(cause=batch.pk, effect=item.pk, scope=batch.alliance_id) for item in items]
            )
    return {decision: _targets(some, keys) for decision, some in wanted.items()}


def _rows(batch: ImportBatch) -> Iterator[ImportRow]:
    """Rows in pieces by key, so that no read stays open over the writes between."""
    tables = {table.pk: table for table in batch.tables.all()}
    last = 0
    while some := list(rows_to_take(batch).filter(pk__gt=last).order_by("pk")[:300]):
        last = some[-1].pk
        for row in some:
            row.table = tables[row.table_id]
            yield row


def _targets(wanted: list[tuple[Any, dict]], keys: dict[str, Any]) -> Joined:
    """Where each joined row goes today: an item merged since leads to the one it went into."""
    named = [like["item"] for _key, like in wanted if "item" in like]
    listed = {str(item.pk): item for item in Item.objects.filter(pk__in=named)}
    into: Joined = defaultdict(list)
    inside = {key: keys.get(like["row"]) for key, like in wanted if "row" in like}
    for key, like in wanted:
        item = listed.get(like.get("item", ""))
        target: Any = inside.get(key)
        while target in inside:
            target = inside[target]
        if item and item.state == Item.State.MERGED:
            target = item.merged_into_id
        elif item and item.state not in (Item.State.WITHDRAWN, Item.State.EXPIRED):
            target = item.pk
        if target:
            into[target].append(key)
    return into


@transaction.atomic
def _show(
    batch: ImportBatch,
    by: Person,
    started: datetime.datetime,
    joined: dict[str, Joined],
    page: str,
) -> int:
    """One short transaction in which the whole batch appears."""
    now = timezone.now()
    shown = ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEW, taken_at=started).update(
        state=State.TAKEN, taken_at=now, grids=[]
    )
    if not shown:
        raise ValidationError(_("This import is being taken in right now."))
    items = Item.objects.filter(batch=batch, state=Item.State.STAGED).order_by()
    for target, keys in joined["same"].items():
        items.filter(pk__in=keys).update(same_as=target)
    for target, keys in joined["merge"].items():
        items.filter(pk__in=keys).update(
            merged_into=target, state=Item.State.MERGED, reason="import"
        )
        Link.objects.bulk_create(
            [Link(cause=key, effect=target, scope=batch.alliance_id) for key in keys],
            ignore_conflicts=True,
        )
    merged = sum(len(keys) for keys in joined["merge"].values())
    count = items.update(state=Item.State.SUBMITTED) + merged
    batch.state, batch.taken_at = State.TAKEN, now
    record("imported", batch, by=by, count=count, merged=merged)
    _tell_coordinators(batch, by, count, page)
    return count


def _tell_coordinators(batch: ImportBatch, by: Person, count: int, page: str) -> None:
    people = {person for side in sides_of(batch.alliance) for person in coordinators_of(side)} - {
        by
    }
    title = format_lazy(_("{count} items to review, from “{name}”"), count=count, name=batch.name)
    notify(
        people,
        Notice(
            key=f"imported:{batch.pk}",
            title=title,
            url=page,
            scope=batch.alliance_id,
        ),
    )


@uninterrupted()
def undo_import(batch: ImportBatch, *, by: Person) -> Consequences:
    """Take back all items on which nothing depends; returns what stays, and why.

    They vanish together in one short transaction and are deleted after it. Doing it twice changes
    nothing; an interrupted deletion is finished by the next call.
    """
    batch.refresh_from_db(fields=["state", "taken_at"])
    if batch.state != State.UNDONE:
        may_undo_import(by, batch).require()
    _hide(batch, by)
    _remove_staged(batch)
    return consequences_of(batch)


@transaction.atomic
def _hide(batch: ImportBatch, by: Person) -> None:
    locked = ImportBatch.objects.select_for_update().defer("grids").get(pk=batch.pk)
    if locked.state != State.TAKEN:
        return
    kept = dependants(locked)
    gone = Item.objects.filter(batch=batch).exclude(pk__in=list(kept)).order_by()
    # Apart, because a changed reference is checked row by row, for the few that have one.
    gone.filter(merged_into__isnull=False).update(merged_into=None)
    count = gone.update(state=Item.State.STAGED)
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.UNDONE)
    batch.state = State.UNDONE
    record("import_undone", batch, by=by, count=count, kept=len(kept))


def remove_left_over() -> int:
    """Delete what interrupted imports left unseen; returns of how many batches.

    Staged items of a batch that is being taken in right now stay.
    """
    staged = Item.objects.filter(state=Item.State.STAGED).order_by().values("batch").distinct()
    running = Q(state=State.PREVIEW, taken_at__gte=timezone.now() - LEASE)
    left = list(ImportBatch.objects.filter(pk__in=staged).exclude(running).defer("grids"))
    for batch in left:
        _remove_staged(batch)
    return len(left)
