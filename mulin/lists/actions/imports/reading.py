"""Reading an upload or pasted text into a batch of tables and rows, and reading it again."""

import datetime
import gc
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin import sheets
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.lists.actions.imports.likeness import alike, wording_of
from mulin.lists.actions.imports.settling import Settler, counted
from mulin.lists.actions.imports.units import Units
from mulin.lists.models import ImportBatch, ImportRow, ImportTable
from mulin.lists.queries.imports import categories_of, importable_units
from mulin.lists.rules.imports import may_change_import, may_import
from mulin.sheets.personal import cut
from mulin.sheets.reading import Grid, Reading, Table

CHUNK = 250
BREATH = 0.005
"""Seconds between two short transactions: who waits for SQLite's lock asks again within them."""

LEASE = datetime.timedelta(minutes=2)
"""How long a reading or taking-in that died keeps others from trying again.

Until a batch is taken in, its `taken_at` says since when it is being worked on.
"""

PASTED = "pasted.txt"


def stale(batch: ImportBatch) -> bool:
    return bool(batch.taken_at and batch.taken_at < timezone.now() - LEASE)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """No cycle collection meanwhile: over 100,000 fresh cells it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@uninterrupted()
def start_import(
    alliance: Alliance,
    *,
    by: Person,
    file: UploadedFile | None = None,
    text: str = "",
    organisation: Organisation | None = None,
) -> ImportBatch:
    """Read a file or pasted text into a batch to be checked; nothing becomes an item yet.

    organisation: whose list it is, for rows that name no unit; a liaison must give one.
    A batch in which no table was found is discarded at once and holds only the problems.
    The upload lies in a temporary file while a child process reads it, and nowhere else.
    """
    may_import(by, alliance, organisation).require()
    reading = _read_file(file) if file else sheets.read_text(text, today=timezone.localdate())
    name = cut(file.name or "")[0][:200] if file else ""
    batch = ImportBatch.objects.create(
        alliance=alliance,
        organisation=organisation,
        name=name or PASTED,
        by=by,
        grids=[grid.to_json() for grid in reading.grids] if reading.tables else [],
        cuts=[one.to_json() for one in reading.cuts],
        problems=[one.to_json() for one in reading.problems],
        state=ImportBatch.State.READING if reading.tables else ImportBatch.State.DISCARDED,
        taken_at=timezone.now() if reading.tables else None,
    )
    if reading.tables:
        write_reading(batch, reading, by=by)
    return batch


def _read_file(file: UploadedFile) -> Reading:
    today = timezone.localdate()
    with tempfile.TemporaryDirectory(prefix="mulin-import-") as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as target:
            for piece in file.chunks():
                target.write(piece)
        return sheets.read_safely(path, name=cut(Path(file.name or "upload").name)[0], today=today)


@uninterrupted()
def read_again(batch: ImportBatch, *, by: Person) -> None:
    """Read the kept, cut cells again under the answers given since, with all corrections kept.

    It also finishes a reading that was interrupted, once its lease has run out.
    """
    may_change_import(by, batch).require()
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        may_change_import(by, batch).require()
        if batch.taken_at and not stale(batch):
            raise ValidationError(_("This import is still being read; try again in a moment."))
        batch.state, batch.taken_at = ImportBatch.State.READING, timezone.now()
        batch.save(update_fields=["state", "taken_at"])
    grids = [Grid.from_json(grid) for grid in batch.grids]
    reading = sheets.interpret(
        grids, today=timezone.localdate(), answers=batch.answers.get("sheet", {})
    )
    _drop_rows(batch)
    write_reading(batch, reading, by=by)


def discard_import(batch: ImportBatch, *, by: Person) -> None:
    """Throw a batch away before it was taken in; what was read goes, the fact stays."""
    may_change_import(by, batch).require()
    changed = ImportBatch.objects.filter(
        pk=batch.pk, state__in=[ImportBatch.State.READING, ImportBatch.State.PREVIEW]
    ).update(state=ImportBatch.State.DISCARDED, grids=[], answers={}, questions=[])
    if changed:
        _drop_rows(batch)


def _drop_rows(batch: ImportBatch) -> None:
    while keys := list(
        ImportRow.objects.filter(table__batch=batch).order_by().values_list("pk", flat=True)[:CHUNK]
    ):
        ImportRow.objects.filter(pk__in=keys).delete()
        time.sleep(BREATH)
    ImportTable.objects.filter(batch=batch).delete()


def settler_for(batch: ImportBatch, by: Person) -> Settler:
    units = Units(importable_units(by, batch.alliance), batch.organisation)
    return Settler(units, categories_of(batch.alliance), timezone.localdate())


def write_reading(batch: ImportBatch, reading: Reading, *, by: Person) -> None:
    """Store tables and rows in short transactions; the batch can be checked once all are there."""
    settler = settler_for(batch, by)
    cells_read = 0
    for position, found in enumerate(reading.tables):
        table = _table(batch, position, found)
        rows = [_row(table, row, settler, batch.answers) for row in found.rows]
        # Freed here, because a large sheet would lie in memory twice.
        found.rows.clear()
        _note_likeness(batch, table, rows)
        cells_read += sum(bool(cell["text"]) for row in rows for cell in row.cells.values())
        for chunk in chunks(rows):
            ImportRow.objects.bulk_create(chunk)
    batch.answers["cells_read"] = cells_read
    batch.questions = [question.to_json() for question in reading.questions]
    if not _finish(batch):
        _drop_rows(batch)


def _finish(batch: ImportBatch) -> bool:
    """Offer the batch for checking, unless somebody discarded it meanwhile."""
    reading = ImportBatch.objects.filter(
        pk=batch.pk, state=ImportBatch.State.READING, taken_at=batch.taken_at
    )
    batch.state, batch.taken_at = ImportBatch.State.PREVIEW, None
    return bool(
        reading.update(
            state=batch.state, taken_at=None, answers=batch.answers, questions=batch.questions
        )
    )


def _table(batch: ImportBatch, position: int, found: Table) -> ImportTable:
    return ImportTable.objects.create(
        batch=batch,
        position=position,
        where=found.where[:120],
        kind=found.kind,
        columns=[column.to_json() for column in found.columns],
        left_out=[one.to_json() for one in found.left_out if one.why != "blank"][:500],
        skipped=found.where in batch.answers.get("skipped_tables", []),
    )


def row_key(table: ImportTable, row: int, part: int) -> str:
    return f"{table.where}|{row}|{part}"


def _row(table: ImportTable, found: Any, settler: Settler, answers: dict) -> ImportRow:
    key = row_key(table, found.row, found.part)
    cells = {name: plain_cell(cell) for name, cell in found.cells.items()}
    settled = settler.row(cells, fixes_for(answers, table.where, key, cells))
    rejected, guessed = counted(settled, {})
    return ImportRow(
        table=table,
        row=found.row,
        part=found.part,
        cells=compact(settled),
        rejected=rejected,
        guessed=guessed,
        skipped=key in answers.get("skipped_rows", []),
    )


def fixes_for(answers: dict, where: str, key: str, cells: dict[str, dict]) -> dict[str, str]:
    """A person's answers for this row: those to its wordings, then those to the row alone."""
    fixes = {}
    for name, by_text in answers.get("cells", {}).get(where, {}).items():
        text = cells[name]["text"] if name in cells else ""
        if text in by_text:
            fixes[name] = by_text[text]
    return fixes | answers.get("rows", {}).get(key, {})


def plain_cell(cell: Any) -> dict:
    value = cell.value.to_json() if hasattr(cell.value, "to_json") else cell.value
    return {
        "text": cell.text,
        "value": value,
        "state": cell.state,
        "why": cell.why,
        "choices": [one if isinstance(one, list) else [one, one] for one in cell.choices],
    }


def compact(cells: dict[str, dict]) -> dict[str, dict]:
    """Cells without what is empty: of 10,000 rows that is half of what would be stored."""
    return {
        name: {key: part for key, part in cell.items() if part or key in ("text", "value", "state")}
        for name, cell in cells.items()
    }


def _note_likeness(batch: ImportBatch, table: ImportTable, rows: list[ImportRow]) -> None:
    decisions = batch.answers.get("alike", {})
    wordings = [wording_of(row_key(table, row.row, row.part), row.cells) for row in rows]
    found = alike(batch, table.kind, wordings)
    for row, wording in zip(rows, wordings, strict=True):
        like = found.get(wording.id, {})
        if like:
            row.like = like | {"decision": decisions.get(wording.id, "")}
            row.rejected, row.guessed = counted(row.cells, row.like)


def chunks(rows: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Pieces small enough that another writer waits only a moment between two of them."""
    left = iter(rows)
    while piece := list(islice(left, size)):
        yield piece
        time.sleep(BREATH)
