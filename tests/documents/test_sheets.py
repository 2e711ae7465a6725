"""Words made harmless, and the workbook and Word file of a sheet."""

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from mulin.documents.sheets import Sheet, breadths, harmless
from mulin.documents.word import docx
from mulin.documents.workbook import xlsx

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    " =1",
]
SHEET = Sheet(
    "需求清单",
    ["编号", "需求", "数量"],
    [["XQ-001", "=HYPERLINK(1)", 12], ["XQ-002", "加装扶手", Decimal("0.5")], [None, "", -3]],
    "示例共同体，9月28日 14:00 & 更多",
)


def cells_of(sheet):
    page = load_workbook(BytesIO(xlsx(sheet))).active
    return page, [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.mark.parametrize("text", HOSTILE)
def test_harmless_text_starts_no_formula(text):
    assert harmless(text)[0] == "'"


@pytest.mark.parametrize("text", ["加装扶手", "2-3 人", "'=1", "", "（=）", "A=1"])
def test_harmless_leaves_ordinary_text_as_it_is(text):
    assert harmless(text) == text


def test_harmless_drops_what_no_file_may_hold():
    assert harmless("扶\x00手\x0b\ud800\uffff") == "扶手"


def test_breadths_count_chinese_twice_and_stay_in_bounds():
    sheet = Sheet("", ["a", "扶手扶手", "长"], [["1", "2", "字" * 99]])
    assert breadths(sheet) == [8, 10, 34]


def test_workbook_holds_title_headings_rows_and_note():
    _page, cells = cells_of(SHEET)
    assert cells == [
        ["需求清单", None, None],
        ["编号", "需求", "数量"],
        ["XQ-001", "'=HYPERLINK(1)", 12],
        ["XQ-002", "加装扶手", 0.5],
        [None, None, -3],
        [None, None, None],
        ["示例共同体，9月28日 14:00 & 更多", None, None],
    ]


@pytest.mark.parametrize("text", [*HOSTILE, "#REF!"])
def test_workbook_has_no_formula_anywhere(text):
    page, _cells = cells_of(Sheet(text, [text], [[text]], text))
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}


def test_workbook_is_ready_to_print():
    page, _cells = cells_of(SHEET)
    assert (page.freeze_panes, page.print_title_rows) == ("A3", "$2:$2")
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page["B4"].font.name, page["A2"].font.name) == ("宋体", "黑体")
    assert page.oddFooter.left.text == "示例共同体，9月28日 14:00 && 更多"


@pytest.mark.parametrize("title", ["", "[a]:*?/\\", "很长" * 40])
def test_workbook_takes_any_title(title):
    page, _cells = cells_of(Sheet(title, ["a"], []))
    assert 0 < len(page.title) <= 31


def test_word_file_holds_the_table():
    table = Document(BytesIO(docx(SHEET))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["编号", "需求", "数量"],
        ["XQ-001", "'=HYPERLINK(1)", "12"],
        ["XQ-002", "加装扶手", "0.5"],
        ["", "", "-3"],
    ]


def test_word_file_keeps_marks_and_line_breaks():
    table = Document(BytesIO(docx(Sheet("", ["a"], [["<b>&\n1. 扶手\r\n2. 灯"]])))).tables[0]
    assert table.cell(1, 0).text == "<b>&\n1. 扶手\n2. 灯"


def test_word_file_repeats_headings_and_names_east_asian_fonts():
    document = Document(BytesIO(docx(SHEET)))
    head = document.tables[0].rows[0]._tr.trPr
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert [part.tag for part in head] == [qn("w:cantSplit"), qn("w:tblHeader")]
    assert fonts.get(qn("w:eastAsia")) == "宋体"


def test_word_file_is_a4_landscape_with_note_and_page_number():
    section = Document(BytesIO(docx(SHEET))).sections[0]
    foot = section.footer.paragraphs[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    assert foot.text.startswith("示例共同体，9月28日 14:00 & 更多")
    assert "PAGE" in foot._p.xml


def test_rows_are_as_high_as_their_lines():
    from openpyxl import load_workbook

    sheet = Sheet("t", ["a", "b"], [["1", "字" * 40], ["1\n2", "x"]])
    page = load_workbook(BytesIO(xlsx(sheet))).active
    assert [page.row_dimensions[at].height for at in (2, 3, 4)] == [17, 47, 32]


def test_short_columns_of_a_word_table_keep_their_words_whole():
    from docx import Document

    rows = [["XQ-2026-001", "字" * 80, "已立项", "字" * 80]]
    table = Document(BytesIO(docx(Sheet("t", list("abcd"), rows)))).tables[0]
    assert [round(column.width.cm, 1) for column in table.columns] == [2.7, 10.9, 1.6, 10.9]
