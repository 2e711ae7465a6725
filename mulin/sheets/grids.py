"""Opens files as grids of text: workbooks and delimited text; refuses hostile ones."""

import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from mulin.sheets.pasted import grids_of
from mulin.sheets.reading import Grid
from mulin.sheets.refusals import MOST_CELLS, TAKEN, Refused
from mulin.sheets.word_files import open_word

MOST_BYTES, MOST_RATIO = 150_000_000, 200


def open_grids(path: str | Path, *, name: str) -> list[Grid]:
    """Return the file's sheets or tables as grids; raise Refused for what is not taken."""
    head = Path(path).read_bytes()[:8]
    ending = Path(name).suffix.lower()
    if not head:
        raise Refused("empty", name)
    if ending in (".xlsm", ".xlsb", ".docm", ".xltm"):
        raise Refused("macros", name)
    if ending not in TAKEN.split():
        raise Refused("unsupported", name)
    _check_magic(path, name, ending, head)
    if ending in (".xlsx", ".docx", ".ods"):
        _check_zip(path, name, ending)
    if ending == ".docx":
        return open_word(path, name)
    if ending in (".xlsx", ".xls", ".ods"):
        return _workbook(path, name, ending)
    return _text(_decode(Path(path).read_bytes(), name), name, ending)


def _text(text: str, name: str, ending: str) -> list[Grid]:
    if ending == ".txt":
        return grids_of(text, name=Path(name).stem)
    return [Grid(Path(name).stem, _delimited(text, ending))]


def _check_magic(path: str | Path, name: str, ending: str, head: bytes) -> None:
    zipped, ole = head[:2] == b"PK", head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    if ole and ending in (".xlsx", ".docx"):
        raise Refused("encrypted" if _is_encrypted(path) else "mislabelled", name)
    if ending in (".xlsx", ".docx", ".ods"):
        if not zipped:
            raise Refused("mislabelled", name)
    elif ending == ".xls":
        if not ole:
            raise Refused("mislabelled", name)
    elif zipped or ole or b"\x00\x00\x00" in head or head[:4] == b"%PDF":
        raise Refused("mislabelled", name)


def _is_encrypted(path: str | Path) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in Path(path).read_bytes()


def _check_zip(path: str | Path, name: str, ending: str) -> None:
    try:
        with zipfile.ZipFile(path) as bundle:
            _check_parts(bundle, name, ending)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refused("corrupt", name) from error


def _check_parts(bundle: zipfile.ZipFile, name: str, ending: str) -> None:
    parts = bundle.infolist()
    names = {p.filename for p in parts}
    if any(p.flag_bits & 1 for p in parts):
        raise Refused("encrypted", name)
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise Refused("macros", name)
    wanted = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml", ".ods": "content.xml"}
    if len(parts) > 2000 or sum(p.file_size for p in parts) > MOST_BYTES:
        raise Refused("bomb", name)
    if wanted[ending] not in names:
        raise Refused("mislabelled", name)
    if ending == ".ods" and b"encryption-data" in bundle.read("META-INF/manifest.xml"):
        raise Refused("encrypted", name)
    total = 0
    for part in parts:
        total += _check_part(bundle, part, name)
        if total > MOST_BYTES:
            raise Refused("bomb", name)


def _check_part(bundle: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> int:
    size, tail = 0, b""
    xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    if part.file_size > 2_000_000 and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise Refused("bomb", name)
    with bundle.open(part) as stream:
        while chunk := stream.read(1 << 16):
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refused("bomb", name)
            # UTF-16 parts hide the word behind zero bytes.
            if xml and re.search(
                rb"<!(?:DOCTYPE|ENTITY)", (tail + chunk).replace(b"\0", b""), re.I
            ):
                raise Refused("doctype", name)
            tail = chunk[-40:]
    return size


def _decode(raw: bytes, name: str) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding", name)


def _delimited(text: str, ending: str) -> list[list[str]]:
    first = "\n".join(text.split("\n")[:20])
    counts = {mark: first.count(mark) for mark in ("\t", ",", ";", "|")}
    mark = "\t" if ending == ".tsv" else max(counts, key=lambda m: counts[m])
    csv.field_size_limit(1_000_000)
    try:
        return [list(map(str.strip, r)) for r in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error:
        return [[c.strip() for c in line.split(mark)] for line in text.splitlines()]


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


def _workbook(path: str | Path, name: str, ending: str) -> list[Grid]:
    import python_calamine as calamine  # noqa: PLC0415 - heavy

    try:
        book = calamine.load_workbook(str(path))
        grids, cells = [], 0
        for index, about in enumerate(book.sheets_metadata):
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(index)
            cells += sheet.total_height * sheet.total_width
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
            down = int(cell.get(f"{_ODS}number-rows-spanned", "1"))
            across = int(cell.get(f"{_ODS}number-columns-spanned", "1"))
            if down > 1 or across > 1:
                merges.append((line, column, line + down - 1, column + across - 1))
            column += int(cell.get(f"{_ODS}number-columns-repeated", "1"))
        line += int(tr.get(f"{_ODS}number-rows-repeated", "1"))
    return merges


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
            hidden = [int(n) for n in _HIDDEN_ROW.findall(raw)] if b"hidden=" in raw else []
            result.append(replace(grid, uncached=found, hidden_rows=hidden))
    return result


_HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')


def _uncached(raw: bytes) -> list[tuple[int, int]]:
    cells = re.findall(rb'<c r="([A-Z]+)(\d+)"[^>]*?(?<!/)>(.*?)</c>', raw, re.S)
    bare = [c for c in cells if b"<f" in c[2] and not re.search(rb"<v>[^<]", c[2])]
    return [(int(row) - 1, _column_number(letters.decode())) for letters, row, _ in bare]


def _column_number(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
