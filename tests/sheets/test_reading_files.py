"""What a file gives, read in the limited child."""

import zipfile
from datetime import date

import openpyxl
import pytest

from mulin.sheets import Cut, Reading, read_safely, read_text

TODAY = date(2026, 3, 1)


@pytest.fixture
def messy(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["八一路社区需求清单"],
        ["序号", "提出单位", "需求內容", "数量", "完成时限", "联系电话"],
        [1, "八一路社区", "1.装路灯\n2.修扶手", "约80人", "2026年3月底前", "13812345678"],
        [2, None, "增设充电棚", "1处", "尽快", ""],
        ["合计", "", "", 3],
    ]:
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "a.xlsx")
    return read_safely(tmp_path / "a.xlsx", name="a.xlsx", today=TODAY)


def test_rows_split_and_merged_cells_fill(messy):
    (table,) = messy.tables
    got = [(r.row, r.part, r.cells["title"].text, r.cells["unit"].state) for r in table.rows]
    assert got == [
        (3, 1, "装路灯", "read"),
        (3, 2, "修扶手", "read"),
        (4, 1, "增设充电棚", "guessed"),
    ]


def test_total_and_title_rows_are_left_out(messy):
    left = [(e.row, e.why) for e in messy.tables[0].left_out]
    assert (messy.tables[0].kind, left) == ("need", [(1, "title"), (5, "total")])


def test_phones_are_cut_from_what_is_kept(messy):
    kept = [cell for grid in messy.grids for row in grid.rows for cell in row]
    assert (messy.cuts, [c for c in kept if "138" in c]) == ([Cut("Sheet", "phone", 1)], [])


def test_haste_is_rejected_with_choices(messy):
    due = messy.tables[0].rows[2].cells["due"]
    assert (due.state, due.choices) == ("rejected", ["2026-03-31", "2026-04-30", "2026-12-31"])


def test_reading_survives_json(messy):
    assert Reading.from_json(messy.to_json()) == messy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("单位,需求内容\n八一路社区,装路灯\n".encode(encoding))
    (table,) = read_safely(path, name="a.csv", today=TODAY).tables
    assert [r.cells["title"].text for r in table.rows] == ["装路灯"]


def test_pasted_pairs_are_read():
    (table,) = read_text("单位：八一路社区；需求：装路灯；数量：2盏", today=TODAY).tables
    assert {k: c.text for k, c in table.rows[0].cells.items()} == {
        "unit": "八一路社区",
        "title": "装路灯",
        "quantity": "2盏",
    }


def _zip(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "parts", "code"),
    [
        ("a.xlsx", {"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}, "macros"),
        ("a.xlsx", {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "doctype"),
        ("a.xlsx", {"xl/workbook.xml": b"\0" * 50_000_000}, "bomb"),
        ("a.xlsx", {"word/document.xml": "<a/>"}, "mislabelled"),
        ("a.docx", {"word/document.xml": "<a"}, "corrupt"),
        ("a.xlsm", {"xl/workbook.xml": "<a/>"}, "macros"),
    ],
)
def test_hostile_bundles_are_refused(tmp_path, name, parts, code):
    _zip(tmp_path / name, parts)
    reading = read_safely(tmp_path / name, name=name, today=TODAY)
    assert [p.code for p in reading.problems] == [code]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.xlsx", b"PK\x03\x04junk", "corrupt"),
        ("a.xlsx", b"%PDF-1.4", "mislabelled"),
        ("a.csv", b"", "empty"),
        ("a.exe", b"MZ", "unsupported"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk", "corrupt"),
    ],
)
def test_broken_files_are_refused(tmp_path, name, raw, code):
    (tmp_path / name).write_bytes(raw)
    reading = read_safely(tmp_path / name, name=name, today=TODAY)
    assert [p.code for p in reading.problems] == [code]


_ODS = (
    '<o:d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><table:table>'
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell><text:p>x</text:p>'
    "</table:table-cell></table:table-row></table:table></o:d>"
)


@pytest.mark.parametrize("rows", ["2000000000", "1000000"])
def test_rows_that_repeat_without_end_are_refused(tmp_path, rows):
    parts = {"META-INF/manifest.xml": "<m/>", "content.xml": _ODS.format(rows=rows)}
    _zip(tmp_path / "a.ods", parts)
    reading = read_safely(tmp_path / "a.ods", name="a.ods", today=TODAY)
    assert [p.code for p in reading.problems] == ["bomb"]


def test_text_of_too_many_cells_is_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a,b\n" * 1_000_001)
    reading = read_safely(tmp_path / "a.csv", name="a.csv", today=TODAY)
    assert [p.code for p in reading.problems] == ["too_big"]


def test_an_endless_line_is_read_in_part(tmp_path):
    (tmp_path / "a.txt").write_text("单位：甲社区；需求：" + "路灯" * 500_000, encoding="utf-8")
    (table,) = read_safely(tmp_path / "a.txt", name="a.txt", today=TODAY).tables
    assert len(table.rows[0].cells["title"].text) < 33_000


@pytest.mark.parametrize(("load", "code"), [(0.0, "too_slow"), (50.0, "busy")])
def test_a_busy_machine_is_told_apart_from_a_slow_file(tmp_path, monkeypatch, load, code):
    monkeypatch.setattr("mulin.sheets.safely.os.getloadavg", lambda: (load, load, load))
    monkeypatch.setattr("mulin.sheets.safely.os.cpu_count", lambda: 2)
    (tmp_path / "a.csv").write_text("需求\n路灯\n", encoding="utf-8")
    reading = read_safely(tmp_path / "a.csv", name="a.csv", today=TODAY, seconds=0.001)
    assert [p.code for p in reading.problems] == [code]
