"""A sheet as a Word file: A4 landscape, a real table whose headings stand on every page."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from mulin.documents.sheets import Cell, Sheet, breadths, harmless

BODY, HEADING, TITLE = "宋体", "黑体", "黑体"
LATIN = "Times New Roman"
PAGE_CM, MARGIN_CM = (29.7, 21.0), 1.8
SIZE, SIZE_OF_MANY, MANY = 10.5, 9, 8  # points; where there are more columns than that
LETTER_CM, SHORT = 0.0195, 14  # of a letter of one point, with its share of the cell's margins


def docx(sheet: Sheet) -> bytes:
    """The bytes of the document: title, table, and in the foot the note and the page's number."""
    from docx import Document  # noqa: PLC0415 - heavy, only downloads write documents
    from docx.shared import Pt  # noqa: PLC0415 - heavy, as above

    document = Document()
    _lay_out(document)
    _set_font(document.styles["Normal"], BODY, Pt(_size(sheet)))
    _write(document.add_paragraph(), sheet.title, TITLE, Pt(18), centred=True)
    _add_table(document, sheet)
    _add_foot(document, sheet.note)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lay_out(document: Any) -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - heavy, as above
    from docx.shared import Cm  # noqa: PLC0415 - heavy, as above

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Cm(side) for side in PAGE_CM)
    for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, edge, Cm(MARGIN_CM))


def _set_font(holder: Any, east_asian: str, size: Any) -> None:
    """Name the font of both scripts: Word falls back to its own where one is missing."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy, as above

    holder.font.name, holder.font.size = LATIN, size
    fonts = holder.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), east_asian)


def _write(paragraph: Any, text: str, font: str, size: Any, *, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy, as above

    _set_font(paragraph.add_run(harmless(text)), font, size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_table(document: Any, sheet: Sheet) -> None:
    from docx.shared import Cm, Pt  # noqa: PLC0415 - heavy, as above

    table = document.add_table(1, len(sheet.columns), style="Table Grid")
    table.autofit = False
    widths = [Cm(width) for width in _widths(breadths(sheet), _size(sheet))]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = table.rows[0]
    _keep(head, "w:tblHeader", "w:cantSplit")
    for cell, heading, width in zip(head.cells, sheet.columns, widths, strict=True):
        cell.width = width
        _write(cell.paragraphs[0], heading, HEADING, Pt(_size(sheet)), centred=True)
    for row in sheet.rows:
        table._tbl.append(_row(row, [width.twips for width in widths]))


def _size(sheet: Sheet) -> float:
    return SIZE if len(sheet.columns) <= MANY else SIZE_OF_MANY


def _widths(shares: Sequence[int], size: float) -> list[float]:
    """Centimetres of each column: short ones whole, so that no number breaks; the rest shares."""
    room = PAGE_CM[0] - 2 * MARGIN_CM
    whole = {at: share * size * LETTER_CM for at, share in enumerate(shares) if share <= SHORT}
    left = room - sum(whole.values())
    others = sum(share for share in shares if share > SHORT)
    if not others or left < room / 3:
        return [room * share / sum(shares) for share in shares]
    return [whole.get(at, left * share / others) for at, share in enumerate(shares)]


def _row(values: Sequence[Cell], widths: Sequence[int]) -> Any:
    """A row as XML, because a thousand of them cell by cell take seconds."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - heavy, as above
    from docx.oxml.ns import nsdecls  # noqa: PLC0415 - heavy, as above

    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:r><w:t xml:space="preserve">{_text(value)}</w:t></w:r></w:p></w:tc>'
        for value, width in zip(values, widths, strict=True)
    )
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")


def _text(value: Cell) -> str:
    is_number = isinstance(value, (int, float, Decimal))
    text = escape(str(value) if is_number else harmless(str(value or "")))
    return text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


def _keep(row: Any, *marks: str) -> None:
    """Mark a row as heading of every page, or as not to be broken over two."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, as above

    properties = row._tr.get_or_add_trPr()
    for mark in sorted(marks):
        properties.append(OxmlElement(mark))


def _add_foot(document: Any, note: str) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - heavy, as above

    paragraph = document.sections[0].footer.paragraphs[0]
    _write(paragraph, f"{note}　　" if note else "", BODY, Pt(9))
    run = paragraph.add_run()
    _set_font(run, BODY, Pt(9))
    _add_page_number(run)


def _add_page_number(run: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy, as above
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy, as above

    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)
