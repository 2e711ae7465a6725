"""From rows of a sheet to the needs and resources of the engine, without a database; refusals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin import matching, sheets
from mulin.lists.wording import question_sentence
from mulin.sheets.reading import Reading, Table

Row = tuple[str, dict[str, Any]]
"""An id naming file, table and row; and the row's cells."""

RESOURCE, NEED, PROJECT, UNKNOWN = "resource", "need", "project", "unknown"


class NotUsable(ValueError):
    """A file that can't be matched: which one, why, and what would be accepted."""


def read(path: Path) -> Reading:
    """What the file holds; raises NotUsable where it can't be read."""
    if not path.is_file():
        raise NotUsable(_("%(path)s: there is no such file") % {"path": path})
    reading = sheets.read_safely(path, name=path.name, today=timezone.localdate())
    if not any(table.rows for table in reading.tables):
        told = [question_sentence(one.message, one.params) for one in reading.problems]
        reasons = "; ".join(told) or _("no table with items was found")
        raise NotUsable(f"{path.name}: {reasons}")
    return reading


def refuse_swapped(offers: tuple[Path, Reading], asked: tuple[Path, Reading]) -> None:
    """Raise NotUsable where each file plainly holds what the other should."""
    if _kinds(offers[1]) == {NEED} and _kinds(asked[1]) == {RESOURCE}:
        names = {"needs": offers[0].name, "resources": asked[0].name}
        raise NotUsable(
            _(
                "The files are the wrong way round: %(needs)s lists needs and %(resources)s "
                "resources. Resources come first."
            )
            % names
        )


def rows_of(path: Path, reading: Reading, kind: str) -> list[Row]:
    """The rows of the tables of this kind, or of unknown kind where none is; else NotUsable."""
    tables = [table for table in reading.tables if table.kind == kind]
    tables = tables or [table for table in reading.tables if table.kind == UNKNOWN]
    if not tables:
        found = {"path": path.name, "wanted": _named(kind), "found": _named(*_kinds(reading))}
        raise NotUsable(_("%(path)s: wanted: %(wanted)s, found: %(found)s") % found)
    rows = [row for table in tables for row in _rows(path, table)]
    if not rows:
        raise NotUsable(f"{path.name}: {_('no table with items was found')}")
    return rows


def _kinds(reading: Reading) -> set[str]:
    return {table.kind for table in reading.tables}


def _named(*kinds: str) -> str:
    names = {
        RESOURCE: pgettext("list of", "resources"),
        NEED: pgettext("list of", "needs"),
        PROJECT: pgettext("list of", "projects"),
    }
    return "、".join(names[kind] for kind in sorted(kinds) if kind in names)


def _rows(path: Path, table: Table) -> list[Row]:
    return [
        (f"{path.name}, {table.where}, {row.row}.{row.part or 0}", row.cells)
        for row in table.rows
        if _said(row.cells, "title") or _said(row.cells, "detail")
    ]


def needs_from(rows: Sequence[Row]) -> list[matching.Need]:
    """Needs, from the rows of their sheet."""
    return [
        matching.Need(**_shared(row), due_on=_day(_part(_meant(row[1], "due"), "on")))
        for row in rows
    ]


def resources_from(rows: Sequence[Row]) -> list[matching.Resource]:
    """Resources, from the rows of their sheet."""
    return [
        matching.Resource(**_shared(row), conditions=_said(row[1], "conditions")) for row in rows
    ]


def _shared(row: Row) -> dict[str, Any]:
    """The fields a need and a resource have in common."""
    key, cells = row
    quantity, period = _meant(cells, "quantity"), _meant(cells, "period")
    title, detail = _said(cells, "title"), _said(cells, "detail")
    amount, unit = _part(quantity, "amount"), _said(cells, "unit")
    starts_on, ends_on = _day(_part(period, "starts_on")), _day(_part(period, "ends_on"))
    return {
        "id": key,
        "title": title or detail,
        "detail": detail if title else "",
        "category": _said(cells, "category"),
        "unit": unit,
        "community": unit if unit.endswith(("社区", "社區")) else "",
        "serving": _said(cells, "serving"),
        "place": _said(cells, "place"),
        "amount": None if amount is None else float(amount),
        "measure": _part(quantity, "measure") or "",
        "starts_on": starts_on,
        "ends_on": None if starts_on and ends_on and ends_on < starts_on else ends_on,
        "windows": matching.week(_part(period, "weekly") or ()),
    }


def _said(cells: dict[str, Any], field: str) -> str:
    """A cell's text as written, "" where there is none."""
    cell = cells.get(field)
    return str(cell.text).strip() if cell is not None and cell.text is not None else ""


def _meant(cells: dict[str, Any], field: str) -> Any:
    """A cell's reading, None where it was rejected or is missing."""
    cell = cells.get(field)
    return None if cell is None or cell.state == "rejected" else cell.value


def _part(value: Any, name: str) -> Any:
    """A named part of a reading, whether it comes as an object or as JSON."""
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def _day(value: Any) -> date | None:
    """A date as it is or written in ISO form."""
    return date.fromisoformat(value) if isinstance(value, str) else value
