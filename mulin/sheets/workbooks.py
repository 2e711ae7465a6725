"""Reads the pages of workbooks as grids: values, merges, what is hidden, formulas without value."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from mulin.sheets.reading import Grid
from mulin.sheets.refusals import MOST_CELLS, Refused


def shown(value: Any) -> str:
    """Return a cell's value as a person would type it: 80.0 is "80", a date is ISO."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(round(value, 10))
    if isinstance(value, dt.datetime):
        return (
            value.date().isoformat()
            if value.time() == dt.time()
            else value.isoformat(" ", "minutes")
        )
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


_LEAST_WIDTH = 10


def open_workbook(path: str | Path, name: str, ending: str) -> list[Grid]:
    """Return the filled sheets of an .xlsx, .xls or .ods; raise Refused for a broken one."""
    import python_calamine as calamine  # noqa: PLC0415 - heavy

    try:
        book = calamine.load_workbook(str(path))
        grids, cells = [], 0
        for index, about in enumerate(book.sheets_metadata):
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            # A row costs its reading even where it holds one cell.
            cells += sheet.total_height * max(sheet.total_width, _LEAST_WIDTH)
            if cells > MOST_CELLS:
                raise Refused("too_big", name)
            rows = [[shown(v) for v in r] for r in sheet.to_python(skip_empty_area=False)]
            merges = [(*a, *b) for a, b in sheet.merged_cell_ranges or []]
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            if any(any(r) for r in rows):
                grids.append(Grid(about.name, rows, merges, hidden, file=name))
    except calamine.PasswordError as error:
        raise Refused("encrypted", name) from error
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise Refused("corrupt", name) from error
    if ending == ".ods":
        return _with_ods_merges(path, grids)
    return _with_uncached(path, grids) if ending == ".xlsx" else grids


_ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def _with_ods_merges(path: str | Path, grids: list[Grid]) -> list[Grid]:
    """Add the merged ranges, which calamine does not give for this format."""
    import defusedxml.ElementTree as ElementTree  # noqa: PLC0415 - heavy

    with zipfile.ZipFile(path) as bundle:
        raw = bundle.read("content.xml")
    if b"rows-spanned" not in raw or len(raw) > 20_000_000:
        return grids
    pages = {p.get(f"{_ODS}name"): p for p in ElementTree.fromstring(raw).iter(f"{_ODS}table")}
    return [
        replace(grid, merges=_ods_merges(pages[grid.name])) if grid.name in pages else grid
        for grid in grids
    ]


def _ods_merges(page: Any) -> list[tuple[int, int, int, int]]:
    merges, line = [], 0
    for tr in page.iter(f"{_ODS}table-row"):
        column = 0
        for cell in tr:
            down = _count(cell.get(f"{_ODS}number-rows-spanned", "1"))
            across = _count(cell.get(f"{_ODS}number-columns-spanned", "1"))
            if down > 1 or across > 1:
                merges.append((line, column, line + down - 1, column + across - 1))
            column += _count(cell.get(f"{_ODS}number-columns-repeated", "1"))
        line += _count(tr.get(f"{_ODS}number-rows-repeated", "1"))
    return merges


def _count(written: str) -> int:
    return int(written) if written.isdigit() else 1


def _with_uncached(path: str | Path, grids: list[Grid]) -> list[Grid]:
    """Mark formulas that carry no stored value; sheets are taken in the order of their parts."""
    with zipfile.ZipFile(path) as bundle:
        names = [n for n in bundle.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)]
        names.sort(key=lambda n: int(re.sub(r"\D", "", n)))
        if len(names) != len(grids):
            return grids
        result = []
        for part, grid in zip(names, grids, strict=True):
            raw = bundle.read(part)
            found = _uncached(raw) if b"<f" in raw else []
            hides = b"hidden=" in raw
            rows = [int(n) for n in _HIDDEN_ROW.findall(raw)] if hides else []
            columns = _hidden_columns(raw) if hides else []
            result.append(replace(grid, uncached=found, hidden_rows=rows, hidden_columns=columns))
    return result


_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')


def _hidden_columns(raw: bytes) -> list[int]:
    """Return the hidden columns, counted from 1; a range to the sheet's end is no content."""
    found: list[int] = []
    for tag in re.findall(rb"<col [^>]*>", raw):
        first, last = (re.search(rb'\b%s="(\d+)"' % n, tag) for n in (b"min", b"max"))
        if re.search(rb'hidden="(?:1|true)"', tag) and first and last:
            found += range(int(first[1]), min(int(last[1]), int(first[1]) + 50) + 1)
    return found


def _uncached(raw: bytes) -> list[tuple[int, int]]:
    cells = re.findall(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?<!/)>(.*?)</c>', raw, re.S)
    bare = [c for c in cells if b"<f" in c[2] and not re.search(rb"<v>[^<]", c[2])]
    return [(int(row) - 1, _column_number(letters.decode())) for letters, row, _ in bare]


def _column_number(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
