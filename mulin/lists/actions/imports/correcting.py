"""What a person settles in a batch before it is taken in: cells, columns, rows, likeness."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.lists.actions.imports.likeness import alike, wording_of
from mulin.lists.actions.imports.reading import (
    chunks,
    compact,
    read_again,
    row_key,
    settler_for,
    stale,
)
from mulin.lists.actions.imports.settling import counted
from mulin.lists.models import ImportBatch, ImportRow, ImportTable
from mulin.lists.rules.imports import may_change_import, may_merge_rows
from mulin.sheets.personal import cut
from mulin.sheets.reading import FIELDS

CHOSEN = ("unit", "category")
"""Fields answered by a key, in which digits mean no telephone."""


class Unreadable(ValidationError):
    """What was written into a cell can't be read either; `code` says why."""


def correct_cell(row: ImportRow, *, by: Person, field: str, value: str, same: bool = True) -> int:
    """Write a person's answer into a cell and, with `same`, into all of the file worded alike.

    Empty cells are alike within their table only: each table may be another unit's.

    value: as typed, or the key of a choice (a unit's or category's). Returns how many cells
    changed. Raises `Unreadable` where the answer can't be read, and changes nothing then.
    """
    table, batch = row.table, row.table.batch
    if field not in CHOSEN:
        value = cut(value)[0]
    settler = settler_for(batch, by)
    before = row.cells.get(field, {"text": ""})
    after = settler.fixed(field, before, value)
    if after["state"] == "rejected":
        raise Unreadable(str(after["why"]), code=after["why"])
    text = before["text"]
    every = batch.tables.values_list("where", flat=True)
    tables = list(every) if text else [table.where]

    def remember(answers: dict) -> None:
        if same:
            for where in tables:
                kept = answers.setdefault("cells", {}).setdefault(where, {})
                kept.setdefault(field, {})[text] = value
        else:
            key = row_key(table, row.row, row.part)
            answers.setdefault("rows", {}).setdefault(key, {})[field] = value

    _remember(batch, by, remember)
    rows = _worded_alike(table, field, text) if same else ImportRow.objects.none()
    keys = list((rows | ImportRow.objects.filter(pk=row.pk)).values_list("pk", flat=True))
    for some in chunks(keys):
        _write(some, field, after)
    if field in ("unit", "title"):
        for one in batch.tables.filter(where__in=tables):
            look_for_likeness(one)
    return len(keys)


def _worded_alike(table: ImportTable, field: str, text: str) -> QuerySet[ImportRow]:
    worded = Q(**{f"cells__{field}__text": text})
    if text:
        return ImportRow.objects.filter(worded, table__batch=table.batch_id).order_by()
    return table.rows.order_by().filter(worded | ~Q(cells__has_key=field))


@transaction.atomic
def _write(keys: list[int], field: str, after: dict) -> None:
    rows = list(ImportRow.objects.select_for_update().filter(pk__in=keys))
    for row in rows:
        row.cells = row.cells | compact({field: after})
        row.rejected, row.guessed = counted(row.cells, row.like)
    ImportRow.objects.bulk_update(rows, ["cells", "rejected", "guessed"])


def _remember(batch: ImportBatch, by: Person, change: Callable[[dict], None]) -> None:
    """Note an answer in the batch, unless it is finished, being read, or being taken in."""
    may_change_import(by, batch).require()
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().defer("grids").get(pk=batch.pk)
        may_change_import(by, locked).require()
        if locked.taken_at and not stale(locked):
            raise ValidationError(_("This import is being taken in right now."))
        if locked.state != ImportBatch.State.PREVIEW:
            raise ValidationError(_("This import is still being read; try again in a moment."))
        change(locked.answers)
        locked.save(update_fields=["answers"])
    batch.answers = locked.answers


def answer_question(batch: ImportBatch, *, by: Person, key: str, choice: str) -> None:
    """Answer what the sheet left open (which list a table is); the cells are read again."""

    def change(answers: dict) -> None:
        answers.setdefault("sheet", {})[key] = choice

    _remember(batch, by, change)
    read_again(batch, by=by)


def map_column(table: ImportTable, *, by: Person, index: int, field: str) -> None:
    """Say what a column holds; an empty field leaves it out. The field leaves its old column."""
    if field and field not in FIELDS:
        raise ValidationError(_("There is no such field."))

    def change(answers: dict) -> None:
        sheet = answers.setdefault("sheet", {})
        columns = sheet.setdefault(f"{sheet_key(table)}:columns", {})
        for column in table.columns:
            if field and column["field"] == field:
                columns[str(column["index"])] = None
        columns[str(index)] = field or None

    _remember(table.batch, by, change)
    read_again(table.batch, by=by)


def sheet_key(table: ImportTable) -> str:
    """How the answers to `sheets.interpret` name a table: its sheet and its heading row."""
    return re.sub(r"!A(\d+):[A-Z]+\d+$", r"!\1", table.where)


def name_kind(table: ImportTable, *, by: Person, kind: str) -> None:
    """Say which list a table is: "need", "resource" or "project" (taken in as needs)."""
    if kind not in ("need", "resource", "project"):
        raise ValidationError(_("There is no such list."))
    answer_question(table.batch, by=by, key=f"{sheet_key(table)}:kind", choice=kind)


def take_left_out(table: ImportTable, *, by: Person, row: int) -> None:
    """Take in a row that was left out as a total or footnote: it is an item after all."""

    def change(answers: dict) -> None:
        sheet = re.sub(r"!A\d+:[A-Z]+\d+$", "", table.where)
        answers.setdefault("sheet", {})[f"{sheet}!{row}:item"] = True

    _remember(table.batch, by, change)
    read_again(table.batch, by=by)


def skip_row(row: ImportRow, *, by: Person, skipped: bool) -> None:
    """Leave a row out of what is taken in, or take it back."""
    key = row_key(row.table, row.row, row.part)
    _remember(
        row.table.batch, by, lambda answers: _in_or_out(answers, "skipped_rows", key, skipped)
    )
    ImportRow.objects.filter(pk=row.pk).update(skipped=skipped)


def skip_table(table: ImportTable, *, by: Person, skipped: bool) -> None:
    """Leave a whole table out, or take it back."""
    _remember(
        table.batch,
        by,
        lambda answers: _in_or_out(answers, "skipped_tables", table.where, skipped),
    )
    ImportTable.objects.filter(pk=table.pk).update(skipped=skipped)


def _in_or_out(answers: dict, name: str, key: str, is_in: bool) -> None:
    kept = set(answers.get(name, [])) - {key}
    answers[name] = sorted(kept | {key} if is_in else kept)


def decide_likeness(row: ImportRow, *, by: Person, decision: str) -> None:
    """Say whether a row goes into what it is like ("merge"), repeats it ("same"), or not ("own").

    Only a coordinator merges; "same" is shown to the coordinators when they review.
    """
    if not row.like or decision not in ("merge", "same", "own"):
        raise ValidationError(_("There is nothing to decide in this row."))
    table, batch = row.table, row.table.batch
    key = row_key(table, row.row, row.part)
    if decision == "merge":
        may_merge_rows(by, batch).require()

    def change(answers: dict) -> None:
        answers.setdefault("alike", {})[key] = decision

    _remember(batch, by, change)
    row.like = row.like | {"decision": decision}
    row.rejected, row.guessed = counted(row.cells, row.like)
    row.save(update_fields=["like", "rejected", "guessed"])


def look_for_likeness(table: ImportTable) -> None:
    """Compare the table's rows again, after units or titles changed; decisions stay."""
    decisions = table.batch.answers.get("alike", {})
    rows = list(table.rows.order_by("row", "part"))
    wordings = [wording_of(row_key(table, row.row, row.part), row.cells) for row in rows]
    found = alike(table.batch, table.kind, wordings)
    changed = []
    for row, wording in zip(rows, wordings, strict=True):
        like = found.get(wording.id, {})
        like = like and like | {"decision": decisions.get(wording.id, "")}
        if like != row.like:
            row.like = like
            row.rejected, row.guessed = counted(row.cells, like)
            changed.append(row)
    for some in chunks(changed):
        ImportRow.objects.bulk_update(some, ["like", "rejected", "guessed"])
