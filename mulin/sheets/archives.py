"""Looks into zipped office files before any parser does: bombs, macros, passwords, DOCTYPEs."""

import re
import zipfile
from pathlib import Path

from mulin.sheets.refusals import Refused

MOST_BYTES, MOST_RATIO = 150_000_000, 200
# More rows than any spreadsheet has; fewer that repeat a filled row are too many already.
_MOST_ROWS, _MOST_FILLED = 1_048_576, 20_000
_REPEATED = re.compile(rb"number-(?:rows|columns)-(?:repeated|spanned)=\"(\d+)\"")
_REPEATED_ROW = re.compile(rb"number-rows-repeated=\"(\d{5,})\"")


def check_zip(path: str | Path, name: str, ending: str) -> None:
    """Raise Refused where a zipped file is not what it says or could hurt its reader."""
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
    if ending == ".ods":
        _check_repeats(bundle.read(wanted[ending]), name)
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


def _check_repeats(raw: bytes, name: str) -> None:
    """Refuse rows of an .ods that stand for more cells than could be read."""
    if any(len(n) > 9 or int(n) > _MOST_ROWS for n in _REPEATED.findall(raw)):
        raise Refused("bomb", name)
    for match in _REPEATED_ROW.finditer(raw):
        row = raw[match.end() : match.end() + 5000].split(b"table-row", 1)[0]
        if int(match[1]) > _MOST_FILLED and b":p>" in row:
            raise Refused("bomb", name)
