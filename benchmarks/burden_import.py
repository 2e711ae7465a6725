"""A coordinator who knows what the sheets mean takes them in, correcting what the preview shows."""

import json
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.burden_items import Row
from benchmarks.burden_sheets import Sent
from benchmarks.burden_walk import Walker
from mulin.hanzi import fold

NOT_IMPORTED = {"number", "personal"}


def bring(walker: Walker, sent: Sent) -> None:
    """From the page that asks for a sheet to its items waiting for review."""
    page = walker.page
    page.goto("/lists/import/")
    if sent.path:
        walker.did.taps += 1
        page.locator("input[name=file]").set_input_files(sent.path)
    else:
        walker.did.taps += 1  # pasting types nothing
        page.locator("textarea[name=text]").fill(sent.text)
    walker.tap("main form button.button-main")
    page.wait_for_selector(".cells")
    for at in range(len(sent.tables)):
        name_list(walker, sent, at)
        name_columns(walker, sent, at)
    for at in range(len(sent.tables)):
        correct_cells(walker, sent, at)
        join_repeated(walker, sent, at)
    walker.tap("form[action$='/take-in/'] button")
    page.wait_for_selector("form[action$='/undo/']")


def _table_of(walker: Walker, at: int) -> Any:
    from mulin.lists.models import ImportBatch

    batch = ImportBatch.objects.get(pk=walker.page.url.split("/import/")[1].split("/")[0])
    return batch.tables.get(position=at)


def _show(walker: Walker, at: int, *, every: bool = False) -> None:
    """Turn to a table; the tabs are there only when there are several."""
    tab = walker.page.locator(f"nav a[href='?table={at}'], [role=tablist] a[href='?table={at}']")
    if tab.count() and f"table={at}" not in walker.page.url:
        walker.tap(tab.first)
    if every and (switch := walker.page.locator(f"a[href='?table={at}&all=1']")).count():
        walker.tap(switch.first)


def name_list(walker: Walker, sent: Sent, at: int) -> None:
    """Answer which list a table is, where that is asked or was read wrongly."""
    _show(walker, at)
    kind = sent.tables[at][0][0].kind
    table = _table_of(walker, at)
    asked = (
        walker.page.locator(".turn:has-text('')").count()
        and walker.page.locator(
            f"form[action$='/import/kinds/{table.pk}/'] button:not([aria-pressed])"
        ).count()
        == 3
    )
    if asked or table.kind != kind:
        walker.did.corrections.append(f"{sent.name}: which list table {at + 1} is")
        walker.tap(f"form[action$='/import/kinds/{table.pk}/'] button[value={kind}]")


def name_columns(walker: Walker, sent: Sent, at: int) -> None:
    """Say what a column holds where its heading was taken for something else."""
    _show(walker, at)
    for index, (name, heading) in enumerate(sent.tables[at][1]):
        table = _table_of(walker, at)
        taken = {column["index"]: column["field"] for column in table.columns}
        # A form's labels lie beside their values: such a table has no column of its own to name.
        if name in NOT_IMPORTED or index not in taken or taken[index] == name:
            continue
        walker.did.corrections.append(f"{sent.name}: “{heading}” is {name}, not {taken[index]}")
        form = (
            f"form[action$='/import/columns/{table.pk}/']:has(input[name=index][value='{index}'])"
        )
        walker.tap(f"details:has({form}) summary")
        walker.choose(f"{form} select", name)
        walker.tap(f"{form} button")


def correct_cells(walker: Walker, sent: Sent, at: int) -> None:
    """Answer every cell not understood, and change every guess that is wrong."""
    for _ in range(60):
        row, name, wrong, true = next(_faulty(walker, sent, at), (None, "", {}, None))
        if row is None:
            return
        said = wrong.get("text", "")
        walker.did.corrections.append(
            f"{sent.name}: row {row.row} {name} “{said}” ({wrong['state']} {wrong.get('why', '')})"
        )
        _answer(walker, at, row, name, wrong, true)
    raise RuntimeError(f"{sent.name} can't be corrected: {walker.did.corrections[-5:]}")


def _faulty(walker: Walker, sent: Sent, at: int) -> Iterator[tuple[Any, str, dict, Row]]:
    """The cells marked on the page that don't say what was meant, rejected ones first."""
    table = _table_of(walker, at)
    named = sent.sections or "category" in {name for name, _ in sent.tables[at][1]}
    rows = list(table.rows.filter(skipped=False).order_by("row", "part"))
    for state in ("rejected", "guessed"):
        for row in rows:
            true = meant(row, rows, sent.tables[at][0])
            for name, cell in row.cells.items():
                if cell["state"] == state and not is_right(name, cell, true, named):
                    yield row, name, cell, true


def join_repeated(walker: Walker, sent: Sent, at: int) -> None:
    """Where a row is said to be like a listed item and is a repetition of it, say so."""
    table = _table_of(walker, at)
    rows = list(table.rows.filter(skipped=False).order_by("row", "part"))
    for row in rows:
        true = meant(row, rows, sent.tables[at][0])
        walker.did.likenesses += bool(row.like)
        if true.repeats and row.like.get("title") == true.repeats:
            _show(walker, at)
            walker.did.merges += 1
            walker.tap(f"tr#r{row.pk} button[name=decision][value=merge]")


def is_right(name: str, cell: dict, true: Row, named: bool) -> bool:
    """Whether a guess says what was meant; a category nobody named may be another that fits."""
    if cell["state"] == "rejected":
        return False
    found = meaning(name, cell)
    return found == truth(name, true) or bool(
        name == "category" and not named and found == true.also
    )


def meant(row: Any, rows: list, true: list[Row]) -> Row:
    """The true item of a row: in the sheet's order where all were found, else by its words."""
    if len(rows) == len(true):
        return true[rows.index(row)]
    title = row.cells["title"]["text"]
    return next((one for one in true if one.values["title"] == title), true[0])


def _answer(walker: Walker, at: int, row: Any, name: str, cell: dict, true: Row) -> None:
    page = walker.page
    _show(walker, at)
    forms = f"tr#r{row.pk} form[action$='/cells/{row.pk}/']:has(input[name=field][value={name}])"
    wanted = written(name, true)
    said = re.compile(f"(^|\\s|[街区]){re.escape(_shown(name, true))}\\s*$")
    button = page.locator(f"{forms} button[name=value]").filter(has_text=said)
    if not page.locator(forms).count():
        if not page.locator(f"tr#r{row.pk}").count():
            _show(walker, at, every=True)
        walker.tap(f"tr#r{row.pk} a[href*='edit={row.pk}']")
        page.wait_for_selector(forms)
    if button.count():
        walker.tap(button.first)
        return
    field = page.locator(f"{forms} [name=written]")
    if not field.is_visible():
        walker.tap(f"{forms} details summary")
    if field.evaluate("e => e.tagName") == "SELECT":
        walker.did.taps += 2
        field.select_option(label=wanted)
    else:
        walker.type(field, wanted)
    walker.tap(f"{forms} button:not([name])")


def _shown(name: str, true: Row) -> str:
    """The words of the offered answer that is right."""
    if name == "due" and true.values["due"] is None:
        return "不限期"
    return written(name, true)


def written(name: str, true: Row) -> str:
    """What a person writes into the cell."""
    if name == "unit":
        return true.unit
    if name == "due":
        return true.values["due"] or "不限期"
    if name in ("quantity", "period"):
        return true.texts[name]
    return str(true.values[name])


def truth(name: str, true: Row) -> Any:
    if name == "unit":
        return true.unit
    value = true.values.get(name)
    if name == "quantity":
        value = (value[0], fold(value[1]), value[2])
    return json.loads(json.dumps(value))


def meaning(name: str, cell: dict) -> Any:
    """What a previewed cell would become, in the words of the truth."""
    value, text = cell["value"], cell["text"]
    if name in ("unit", "category"):
        return (value or {}).get("name", "")
    if name == "due":
        return (value or {}).get("on")
    if name == "quantity":
        value = value or {}
        known = value.get("amount")
        return [float(known or 1), fold(value.get("measure") or ""), bool(value.get("about"))]
    if name == "period":
        return period(value or {})
    return value if isinstance(value, str) else text


def period(value: dict) -> list:
    weekly = [[one["day"], one["from"], one["to"]] for one in value.get("weekly") or []]
    return [value.get("starts_on"), value.get("ends_on"), weekly]
