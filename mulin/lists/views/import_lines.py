"""The rows of an import's page: every cell with its state, what it was, and what may answer it."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from mulin.lists.forms.imports import IMPORTED
from mulin.lists.models import ImportRow, ImportTable, Item
from mulin.lists.queries.imports import Mark, mark_of
from mulin.lists.wording import FIELD_LABELS
from mulin.web.templatetags.look import day

WHY = {
    "written_otherwise": gettext_lazy("written “%(text)s”"),
    "several_units": gettext_lazy("Several members fit: choose one"),
    "no_such_unit": gettext_lazy("No member has this name: choose one"),
    "unit_missing": gettext_lazy("Whose is it? Choose a member"),
    "title_missing": gettext_lazy("Say in a few words what it is"),
    "title_long": gettext_lazy("longer than 200 characters: the whole goes into the detail"),
    "due_day": gettext_lazy("“By when” must be a day"),
    "counts_as_one": gettext_lazy("no number given: counts as one"),
    "amount_missing": gettext_lazy("Write a number and what is counted"),
    "amount_size": gettext_lazy("The number must be above nothing and below a million million"),
    "kind_from_title": gettext_lazy("from the words of the item"),
}
KINDS = {
    "need": pgettext_lazy("list", "Needs"),
    "resource": pgettext_lazy("list", "Resources"),
    "project": pgettext_lazy("list", "Projects"),
}


@dataclass(frozen=True)
class Head:
    """A column of the page: its heading in the sheet and what it is taken for."""

    field: str
    label: str | Promise
    heading: str = ""
    index: int | None = None
    cut: bool = False


@dataclass(frozen=True)
class Shown:
    """A cell of the page; `others` are worded alike, `first` is the row that asks for all.

    shared: the sheet worded it, so that one answer can serve all worded alike.
    again: guessed like one above it.
    """

    head: Head
    text: str = ""
    state: str = ""
    note: str = ""
    was: str = ""
    written: str = ""
    choices: list[list[str]] = field(default_factory=list)
    others: int = 0
    shared: bool = False
    first: int = 0
    again: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the page."""

    row: ImportRow
    cells: list[Shown]
    editing: bool
    like: "Likeness | None" = None
    as_read: str = ""


@dataclass(frozen=True)
class Likeness:
    """What a row is like: named in words, shown in its own, opened where it is listed."""

    words: str
    title: str
    decision: str
    item: str = ""


def heads_of(table: ImportTable, page: Page) -> list[Head]:
    """The sheet's columns in its order, then what was taken from elsewhere."""
    heads = []
    for column in table.columns:
        name = column["field"] or ""
        cut = name in ("contact", "number")
        label = _label(table, name) if name and not cut else _("not imported")
        heads.append(Head("" if cut else name, label, column["heading"], column["index"], cut))
    known = {head.field for head in heads}
    present = Counter(name for row in page for name, cell in row.cells.items() if _says(cell))
    extra = [name for name in IMPORTED if name not in known and present[name]]
    return [Head(name, _label(table, name)) for name in extra] + heads


def _says(cell: dict) -> bool:
    return bool(cell["text"] or cell["value"] or cell["state"] != "read")


def _label(table: ImportTable, name: str) -> str | Promise:
    if name == "title" and table.kind in KINDS:
        return KINDS[table.kind]
    return FIELD_LABELS[name]


def lines_of(
    page: Page, heads: list[Head], left: dict[tuple[int, str, str], int], editing: str
) -> list[Line]:
    """The rows of a page; of cells worded alike only the first asks."""
    titles = _titles_of_like_rows(page)
    asked: dict[Mark, int] = {}
    lines = []
    for row in page:
        cells = [_shown(head, row, left, asked) for head in heads]
        plain = [one.text for one in cells if one.state == "read" and one.head.field != "title"]
        as_read = pgettext("between words of a list", ", ").join(filter(None, plain))
        like = _likeness(row.like, titles)
        lines.append(Line(row, cells, editing == str(row.pk), like, as_read))
    return lines


def _titles_of_like_rows(page: Iterable[ImportRow]) -> dict[tuple[str, int, int], str]:
    """What the rows say that other rows of the page are like."""
    likes = [row.like for row in page if "row" in row.like]
    if not likes:
        return {}
    batch = next(iter(page)).table.batch_id
    found = ImportRow.objects.filter(table__batch=batch, row__in={like["at"] for like in likes})
    cells = found.values_list("table__where", "row", "part", "cells")
    return {(where, row, part): shown_text(said["title"]) for where, row, part, said in cells}


def _shown(
    head: Head,
    row: ImportRow,
    left: dict[tuple[int, str, str], int],
    asked: dict[Mark, int],
) -> Shown:
    cell = row.cells.get(head.field)
    if cell is None:
        return Shown(head, state="read" if head.field else "")
    text, written = shown_text(cell), cell["text"]
    fixed = cell["state"] == "fixed"
    note = _note(cell)
    if cell["state"] == "read" and text != written and written:
        note = _("written “%(text)s”") % {"text": written}
    mark = mark_of(head.field, cell, row.pk)
    first = row.row if mark is None or row.skipped else asked.setdefault(mark, row.row)
    return Shown(
        head,
        text=text,
        state=cell["state"],
        note=_("you changed this") if fixed else note,
        was=written if fixed and written and written != text else "",
        written=text,
        choices=[[key, _likely(word)] for key, word in cell.get("choices") or []],
        others=left.get((0 if written else row.table_id, head.field, written), 1) - 1,
        shared=bool(written),
        first=first,
        again=cell["state"] == "guessed" and first != row.row,
    )


def _likely(word: str) -> str:
    """A day of this year as people say it, anything else as it is."""
    try:
        on = datetime.date.fromisoformat(word)
    except ValueError:
        return word
    return str(day(on)) if on.year == timezone.localdate().year else word


def _note(cell: dict) -> str:
    why = cell.get("why") or ""
    if not why:
        return ""
    words = WHY[why] if why in WHY else _(why)
    return str(words) % {"text": cell["text"]} if "%(text)s" in str(words) else str(words)


def shown_text(cell: dict) -> str:
    """What the cell will say once taken in."""
    value, text = cell["value"], cell["text"]
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return str(value.get("name") or value.get("on") or value.get("text") or text)
    return "" if cell["state"] == "fixed" else text


def _likeness(like: dict, titles: dict[tuple[str, int, int], str]) -> Likeness | None:
    if not like:
        return None
    decision = like.get("decision", "")
    if "row" in like:
        words = _("like row %(row)d of this list") % {"row": like["at"]}
        return Likeness(words, titles.get((like["where"], like["at"], like["part"]), ""), decision)
    number = like["number"] or Item.State(like["state"]).label
    words = _("like %(item)s") % {"item": number}
    return Likeness(words, like["title"], decision, like["item"])
