"""Every kind of file, and what limits do."""

import json
from datetime import date

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from mulin.sheets import Reading, read, read_safely, read_text
from mulin.sheets.wire import pack, unpack

TODAY = date(2026, 3, 1)
LINES = [["需求清单", "", ""], ["单位", "需求内容", "数量"], ["甲社区", "装路灯", "2盏"],
         ["", "修扶手", "3处"]]  # fmt: skip


def _xls(path):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    for row, line in enumerate(LINES):
        for column, text in enumerate(line):
            if (row, column) not in ((2, 0), (3, 0)):
                page.write(row, column, text)
    page.write_merge(2, 3, 0, 0, "甲社区")
    book.save(str(path))


def _ods(path):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    document, table = OpenDocumentSpreadsheet(), Table(name="Sheet1")
    for at, line in enumerate(LINES):
        row = TableRow()
        for column, text in enumerate(line):
            spans = {"numberrowsspanned": 2} if (at, column) == (2, 0) else {}
            covered = (at, column) == (3, 0)
            cell = CoveredTableCell() if covered else TableCell(valuetype="string", **spans)
            if text:
                cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))


def _docx(path):
    import docx

    document = docx.Document()
    document.add_paragraph(LINES[0][0])
    table = document.add_table(3, 3)
    for row, line in zip(table.rows, LINES[1:], strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(str(path))


@pytest.mark.parametrize(("ending", "write"), [("xls", _xls), ("ods", _ods), ("docx", _docx)])
def test_merged_cells_are_filled_in_each_format(tmp_path, ending, write):
    path = tmp_path / f"a.{ending}"
    write(path)
    (table,) = read(path, path.name, today=TODAY).tables
    found = [(r.row, r.cells["unit"].text, r.cells["title"].text) for r in table.rows]
    assert (table.kind, found) == ("need", [(3, "甲社区", "装路灯"), (4, "甲社区", "修扶手")])


def test_a_password_is_told(tmp_path):
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    raw = magic + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    (tmp_path / "a.xlsx").write_bytes(raw)
    reading = read_safely(tmp_path / "a.xlsx", name="a.xlsx", today=TODAY)
    assert [p.code for p in reading.problems] == ["encrypted"]


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    for line in LINES:
        book.active.append(line)
    book.active.row_dimensions[4].hidden = True
    book.active["C3"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


@pytest.mark.parametrize("limit", [{"seconds": 0.01}, {"megabytes": 20}])
def test_a_limit_overrun_is_a_problem(workbook, limit):
    reading = read_safely(workbook, name="a.xlsx", today=TODAY, **limit)
    assert reading.problems[0].code in ("too_slow", "too_much", "busy")


def test_hidden_rows_and_formulas_without_value_are_told(workbook):
    reading = read_safely(workbook, name="a.xlsx", today=TODAY)
    assert [(p.code, p.params["rows"]) for p in reading.problems] == [("hidden_rows", "4")]
    assert reading.tables[0].rows[0].cells["quantity"].state == "rejected"


def test_the_compact_form_keeps_everything(workbook):
    reading = read(workbook, "a.xlsx", today=TODAY)
    assert unpack(json.loads(json.dumps(pack(reading)))) == reading


def test_the_full_form_keeps_everything(workbook):
    reading = read(workbook, "a.xlsx", today=TODAY)
    assert Reading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_the_command_prints_what_was_read(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("单位,需求内容,数量\n甲社区,装路灯,约80人\n", encoding="utf-8")
    call_command("sheet", str(tmp_path / "a.csv"), "--json", "--today", "2026-03-01")
    printed = json.loads(capsys.readouterr().out)
    quantity = {"text": "约80人", "amount": 80, "measure": "人", "about": True, "per": None,
                "more": []}  # fmt: skip
    row = {"row": 2, "part": 1, "unit": "甲社区", "title": "装路灯", "quantity": quantity}
    columns = {"单位": "unit", "需求内容": "title", "数量": "quantity"}
    table = {"where": "a!A1:C2", "kind": "need", "columns": columns, "rows": [row]}
    assert printed == {"tables": [table], "questions": [], "problems": []}


def test_numbered_line_that_begins_with_a_number_is_an_item() -> None:
    reading = read_text("和悦社区：\n1、加装扶手\n2、26号楼外墙脱落\n", today=TODAY)
    titles = [row.cells["title"].text for row in reading.tables[0].rows]
    assert titles == ["加装扶手", "26号楼外墙脱落"]


def test_file_is_found_beside_the_one_who_asks(workbook, monkeypatch):
    monkeypatch.chdir(workbook.parent)
    reading = read_safely(workbook.name, name="a.xlsx", today=TODAY)
    assert [len(table.rows) for table in reading.tables] == [2]


def test_missing_file_is_named_by_the_command(tmp_path):
    with pytest.raises(CommandError, match="there is no file"):
        call_command("sheet", str(tmp_path / "gone.xlsx"))
