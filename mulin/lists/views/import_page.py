"""What the page of an import shows: its table as the sheet has it, each cell with its state."""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from mulin.lists.forms.imports import FIELD_LABELS, IMPORTED
from mulin.lists.models import ImportBatch, ImportRow, ImportTable, Item
from mulin.lists.queries.imports import (
    PAGE,
    consequences_of,
    decisions_left,
    rows_shown,
    rows_to_take,
    tally_of,
)
from mulin.lists.rules.imports import may_change_import, may_undo_import
from mulin.lists.wording import question_sentence
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
    "amount_missing": gettext_lazy("Write a number and what is counted, such as 2间"),
    "amount_size": gettext_lazy("The number must be above nothing and below a million million"),
    "kind_from_title": gettext_lazy("from the words of the item"),
}
KINDS = {
    "need": pgettext_lazy("list", "Needs"),
    "resource": pgettext_lazy("list", "Resources"),
    "project": pgettext_lazy("list", "Projects"),
}
CUTS = {
    "identity_number": lambda n: ngettext("%d identity number", "%d identity numbers", n) % n,
    "phone": lambda n: ngettext("%d telephone number", "%d telephone numbers", n) % n,
    "name": lambda n: ngettext("%d name or contact", "%d names or contacts", n) % n,
}
LEFT_OUT = {
    "total": gettext_lazy("A total, not taken in."),
    "footnote": gettext_lazy("A note, not taken in."),
    "title": gettext_lazy("A title, not taken in."),
}
DEPENDS = {
    "claim": gettext_lazy("somebody has taken it on"),
    "project": gettext_lazy("it is in a project"),
    "merge": gettext_lazy("it was merged"),
    "published": gettext_lazy("it is published"),
    "carried": gettext_lazy("it was carried into another year"),
    "comment": gettext_lazy("it has a comment"),
}
STEPS = (
    gettext_lazy("Choose the sheet"),
    gettext_lazy("Name the columns"),
    gettext_lazy("Correct cells"),
    gettext_lazy("Take in"),
)


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
    """A cell of the page."""

    head: Head
    text: str = ""
    state: str = ""
    note: str = ""
    was: str = ""
    written: str = ""
    choices: list[list[str]] = field(default_factory=list)
    others: int = 0


@dataclass(frozen=True)
class Line:
    """A row of the page."""

    row: ImportRow
    cells: list[Shown]
    editing: bool
    like_note: str = ""
    as_read: str = ""


def import_context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """The page in whatever state the batch is."""
    context: dict[str, Any] = {
        "batch": batch,
        "steps": list(STEPS),
        "problems": [question_sentence(p["message"], p["params"]) for p in batch.problems],
        "cuts": cuts_said(batch.cuts),
        "may_change": bool(may_change_import(request.user, batch)),
        "may_undo": bool(may_undo_import(request.user, batch)),
    }
    if batch.state == ImportBatch.State.PREVIEW:
        return context | _preview(request, batch)
    if batch.state in (ImportBatch.State.TAKEN, ImportBatch.State.UNDONE):
        found = consequences_of(batch)
        context["kept"] = [(item, _depends(found.kept[item.pk])) for item in found.items]
        context["free"] = found.free
        context["count"] = Item.objects.filter(batch=batch).count()
    return context


def _preview(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    tables = list(batch.tables.all())
    asked = request.GET.get("table", "")
    table = tables[int(asked)] if asked.isdigit() and int(asked) < len(tables) else tables[0]
    left, tally = decisions_left(batch), tally_of(batch)
    every = "all" in request.GET or not (tally.rejected or tally.guessed)
    page = Paginator(rows_shown(table, every=every), PAGE).get_page(request.GET.get("page"))
    heads = _heads(table, page)
    skipped = {one.where for one in tables if one.skipped}
    questions = [q for q in batch.questions if q["where"] not in skipped]
    unknown = [one for one in tables if one.kind == "unknown" and not one.skipped]
    return {
        "tables": tables,
        "table": table,
        "kinds": KINDS,
        "asks_kind": bool(
            table.kind == "unknown" or any(q["where"] == table.where for q in questions)
        ),
        "question": next((_asked(q) for q in questions if q["where"] == table.where), ""),
        "tally": tally,
        "decisions": len(left),
        "every": every,
        "all_rows": table.rows.count(),
        "page": page,
        "heads": heads,
        "fields": [(name, FIELD_LABELS[name]) for name in IMPORTED],
        "lines": [_line(row, heads, left, request.GET.get("edit", "")) for row in page],
        "left_out": _left_out(table) if not page.has_next() else [],
        "columns_in": sum(bool(h.index is not None and h.field and not h.cut) for h in heads),
        "blocked": _blocked(tally, bool(questions or unknown), rows_to_take(batch).exists()),
        "at": 2 if questions or unknown else 3 if tally.rejected else 4,
        "here": request.get_full_path(),
    }


def _asked(question: dict) -> str:
    return question_sentence(question["message"], question["params"])


def _blocked(tally: Any, asks: bool, has_rows: bool) -> str:
    """Why the batch can't be taken in yet; empty when it can."""
    if asks:
        return _("first say which list it is")
    if tally.rejected:
        return ngettext("first correct %d cell", "first correct %d cells", tally.rejected) % (
            tally.rejected
        )
    return "" if has_rows else _("no row is left")


def _heads(table: ImportTable, page: Page) -> list[Head]:
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


def _line(
    row: ImportRow, heads: list[Head], left: dict[tuple[int, str, str], int], editing: str
) -> Line:
    cells = [
        _shown(head, row.cells.get(head.field), left, row.table_id) if head.field else Shown(head)
        for head in heads
    ]
    plain = [one.text for one in cells if one.state == "read" and one.head.field != "title"]
    as_read = pgettext("between words of a list", ", ").join(filter(None, plain))
    return Line(row, cells, editing == str(row.pk), _like_note(row.like), as_read)


def _shown(
    head: Head, cell: dict | None, left: dict[tuple[int, str, str], int], table: int
) -> Shown:
    if cell is None:
        return Shown(head, state="read")
    text, written = shown_text(cell), cell["text"]
    fixed = cell["state"] == "fixed"
    note = _note(cell)
    if cell["state"] == "read" and text != written and written:
        note = _("written “%(text)s”") % {"text": written}
    return Shown(
        head,
        text=text,
        state=cell["state"],
        note=_("you changed this") if fixed else note,
        was=written if fixed and written and written != text else "",
        written=text,
        choices=[[key, _likely(word)] for key, word in cell.get("choices") or []],
        others=left.get((table, head.field, written), 1) - 1,
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


def _like_note(like: dict) -> str:
    if not like:
        return ""
    if "row" in like:
        return _("like row %(row)d of this list") % {"row": like["at"]}
    return _("like %(item)s") % {"item": like["number"] or f"“{like['title']}”"}


def _left_out(table: ImportTable) -> list[dict]:
    """Rows left out below the headings; what stands above them was never taken for an item."""
    found = re.search(r"!A(\d+):", table.where)
    head = int(found[1]) if found else 0
    below = [one for one in table.left_out if one["row"] > head]
    return [one | {"words": LEFT_OUT.get(one["why"], "")} for one in below[:100]]


def _depends(codes: set[str]) -> str:
    return " · ".join(str(DEPENDS[code]) for code in DEPENDS if code in codes)


def cuts_said(cuts: list[dict]) -> str:
    """What was cut out, counted over the whole file."""
    counts: Counter[str] = Counter()
    for cut in cuts:
        counts[cut["what"]] += cut["count"]
    said = [CUTS[what](n) for what, n in sorted(counts.items()) if what in CUTS]
    return " · ".join(said)
