"""Writes drawn sheets as the files people send."""

import csv
import io
from pathlib import Path
from typing import Any

from benchmarks.sheets_corpus.layouts import Made, Sheet


def write(made: Made, folder: Path) -> Path:
    """Write `made` into `folder` and return the file."""
    ending = {"gb18030": "csv", "pasted": "txt"}.get(made.ending, made.ending)
    path = folder / f"{made.name}.{ending}"
    _WRITERS[made.ending](made, path)
    return path


def _xlsx(made: Made, path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in made.sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for row, line in enumerate(sheet.lines, 1):
            for column, text in enumerate(line, 1):
                if text:
                    page.cell(row, column, _typed(sheet, row - 1, column - 1, text))
        _hide(page, sheet)
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    book.save(path)


def _typed(sheet: Sheet, row: int, column: int, text: str) -> Any:
    return sheet.typed.get((row, column), _number_or_text(text))


def _hide(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    for row in sheet.hidden_rows:
        page.row_dimensions[row + 1].hidden = True
    for column in sheet.hidden_columns:
        page.column_dimensions[get_column_letter(column + 1)].hidden = True


def _number_or_text(text: str) -> Any:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else text


def _xls(made: Made, path: Path) -> None:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for sheet in made.sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = int(sheet.hidden)
        covered = {(m[0], m[1]): m for m in sheet.merges}
        for row, line in enumerate(sheet.lines):
            for column, text in enumerate(line):
                if (row, column) in covered:
                    top, left, bottom, right = covered[row, column]
                    page.write_merge(top, bottom, left, right, text)
                elif text:
                    page.write(row, column, _number_or_text(text))
    book.save(str(path))


def _ods(made: Made, path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    for sheet in made.sheets:
        table = Table(name=sheet.name)
        starts = {(m[0], m[1]): m for m in sheet.merges}
        covered = {
            (r, c)
            for top, left, bottom, right in sheet.merges
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        } - set(starts)
        for row, line in enumerate(sheet.lines):
            tr = TableRow()
            for column, text in enumerate(line or [""]):
                spans = {}
                if (row, column) in starts:
                    top, left, bottom, right = starts[row, column]
                    spans = {
                        "numberrowsspanned": bottom - top + 1,
                        "numbercolumnsspanned": right - left + 1,
                    }
                if (row, column) in covered:
                    tr.addElement(CoveredTableCell())
                    continue
                cell = TableCell(valuetype="string", **spans) if text else TableCell()
                for piece in text.split("\n") if text else []:
                    cell.addElement(P(text=piece))
                tr.addElement(cell)
            table.addElement(tr)
        document.spreadsheet.addElement(table)
    document.save(str(path))


def _docx(made: Made, path: Path) -> None:
    import docx

    document = docx.Document()
    for sheet in made.sheets:
        lines, dropped = list(sheet.lines), 0
        while lines and len(lines[0]) == 1:
            document.add_paragraph(lines.pop(0)[0])
            dropped += 1
        after: list[str] = []
        while lines and len(lines[-1]) < 2:
            after.insert(0, "".join(lines.pop()))
        width = max(map(len, lines))
        table = document.add_table(len(lines), width)
        for row, line in zip(table.rows, lines, strict=True):
            for cell, text in zip(row.cells, line, strict=False):
                cell.text = text
        for top, left, bottom, right in sheet.merges:
            first, last = table.cell(top - dropped, left), table.cell(bottom - dropped, right)
            text = first.text
            first.merge(last).text = text
        for text in after:
            document.add_paragraph(text)
    document.save(str(path))


def _delimited(sheet: Sheet, mark: str) -> str:
    width = max(map(len, sheet.lines))
    out = io.StringIO()
    lines = [line + [""] * (width - len(line)) for line in sheet.lines]
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _csv(made: Made, path: Path) -> None:
    path.write_text(_delimited(made.sheets[0], ","), encoding="utf-8-sig")


def _gb18030(made: Made, path: Path) -> None:
    path.write_text(_delimited(made.sheets[0], ","), encoding="gb18030")


def _pasted(made: Made, path: Path) -> None:
    if all(len(line) < 2 for line in made.sheets[0].lines):
        path.write_text("\n".join("".join(line) for line in made.sheets[0].lines), "utf-8")
        return
    path.write_text(_delimited(made.sheets[0], "\t"), encoding="utf-8")


_WRITERS = {
    "xlsx": _xlsx,
    "xls": _xls,
    "ods": _ods,
    "docx": _docx,
    "csv": _csv,
    "gb18030": _gb18030,
    "pasted": _pasted,
    "tsv": _pasted,
}
