"""What the page of an import shows: its table as the sheet has it, each cell with its state."""

import re
from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mulin.lists.forms.imports import FIELD_LABELS, IMPORTED
from mulin.lists.models import ImportBatch, ImportTable, Item
from mulin.lists.queries.imports import (
    PAGE,
    categories_of,
    consequences_of,
    decisions_left,
    importable_units,
    rows_shown,
    rows_to_take,
    tally_of,
)
from mulin.lists.rules.imports import may_change_import, may_merge_rows, may_undo_import
from mulin.lists.views.import_lines import KINDS, heads_of, lines_of
from mulin.lists.wording import question_sentence

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


def import_context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """The page in whatever state the batch is."""
    context: dict[str, Any] = {
        "batch": batch,
        "steps": list(STEPS),
        "problems": [question_sentence(p["message"], p["params"]) for p in batch.problems],
        "cuts": cuts_said(batch.cuts),
        "may_change": bool(may_change_import(request.user, batch)),
        "may_undo": bool(may_undo_import(request.user, batch)),
        "may_merge": bool(may_merge_rows(request.user, batch)),
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
    heads = heads_of(table, page)
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
        "lines": lines_of(page, heads, left, request.GET.get("edit", "")),
        "choices": _choices_of(request, batch),
        "left_out": _left_out(table) if not page.has_next() else [],
        "columns_in": sum(bool(h.index is not None and h.field and not h.cut) for h in heads),
        "blocked": _blocked(tally, bool(questions or unknown), rows_to_take(batch).exists()),
        "at": 2 if questions or unknown else 3 if tally.rejected else 4,
        "here": _without_editing(request),
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


def _without_editing(request: HttpRequest) -> str:
    """This page, with the row that was being edited closed again."""
    kept = request.GET.copy()
    kept.pop("edit", None)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path


def _choices_of(request: HttpRequest, batch: ImportBatch) -> dict[str, list[tuple[str, str]]]:
    """By field, what is chosen from a list and not written: keys and words."""
    units = importable_units(request.user, batch.alliance)
    return {
        "unit": [(str(unit.pk), unit.name) for unit in units],
        "category": [(one.code, one.name) for one in categories_of(batch.alliance)],
    }


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
