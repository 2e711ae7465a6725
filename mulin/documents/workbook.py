"""A sheet as an .xlsx workbook, made to be printed: A4 landscape, the headings on every page."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

from mulin.documents.sheets import Cell, Sheet, breadths, harmless, line_count

TITLE, HEADING, TEXT, NOTE = "mulin title", "mulin heading", "mulin text", "mulin note"
A4 = 9
HEADING_ROW = 2
LINE_HEIGHT, HIGHEST = 15, 409  # points; the second is the program's own limit
FOOTER_LENGTH = 200


def xlsx(*sheets: Sheet) -> bytes:
    """The bytes of a workbook, a tab for each sheet: title, headings (frozen), rows, note.

    No cell is a formula.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, only downloads write workbooks

    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets:
        _add_tab(book, sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _add_tab(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(_tab_name(sheet.title))
    _lay_out(page, sheet)
    page.append([_cell(page, sheet.title, TITLE)])
    page.append([_cell(page, heading, HEADING) for heading in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value, TEXT) for value in row])
    if sheet.note:
        page.append([])
        page.append([_cell(page, sheet.note, NOTE)])


def _lay_out(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - heavy, as above
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as above

    page.freeze_panes = f"A{HEADING_ROW + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    page.oddFooter.left.text = sheet.note[:FOOTER_LENGTH].replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"
    room = breadths(sheet)
    for at, breadth in enumerate(room, start=1):
        page.column_dimensions[get_column_letter(at)].width = breadth
    for at, row in enumerate((sheet.columns, *sheet.rows), start=HEADING_ROW):
        height = LINE_HEIGHT * line_count(row, room) + 2
        page.row_dimensions[at].height = min(height, HIGHEST)


def _cell(page: Any, value: Cell, style: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy, as above

    is_number = isinstance(value, (int, float, Decimal))
    cell = WriteOnlyCell(page, value if is_number else harmless(str(value or "")))
    if not is_number:
        cell.data_type = "s"
    cell.style = style
    return cell


def _styles() -> list[Any]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side  # noqa: PLC0415 - as above

    line = Side(style="thin", color="999999")
    grid = Border(left=line, right=line, top=line, bottom=line)
    broken = Alignment(wrap_text=True, vertical="top")
    centred = Alignment(wrap_text=True, vertical="center", horizontal="center")
    shade = PatternFill("solid", fgColor="F2EFE8")
    return [
        NamedStyle(TITLE, font=Font(name="黑体", size=16)),
        NamedStyle(
            HEADING, font=Font(name="黑体", size=11), alignment=centred, border=grid, fill=shade
        ),
        NamedStyle(TEXT, font=Font(name="宋体", size=11), alignment=broken, border=grid),
        NamedStyle(NOTE, font=Font(name="宋体", size=10, color="666666")),
    ]


def _tab_name(title: str) -> str:
    """At most 31 letters, without those a workbook forbids in the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", title).strip()[:31] or "Sheet"
