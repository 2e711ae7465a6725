"""Opens files as grids of text: workbooks and delimited text; refuses hostile ones."""

import csv
import io
from pathlib import Path

from mulin.sheets.archives import check_zip
from mulin.sheets.pasted import grids_of
from mulin.sheets.reading import Grid
from mulin.sheets.refusals import MOST_CELLS, TAKEN, Refused
from mulin.sheets.word_files import open_word
from mulin.sheets.workbooks import open_workbook

# No spreadsheet holds a longer cell.
MOST_LETTERS = 32_767


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
        check_zip(path, name, ending)
    if ending == ".docx":
        return open_word(path, name)
    if ending in (".xlsx", ".xls", ".ods"):
        return open_workbook(path, name, ending)
    return _text(_decode(Path(path).read_bytes(), name), name, ending)


def _text(text: str, name: str, ending: str) -> list[Grid]:
    if ending == ".txt":
        lines = "\n".join(line[:MOST_LETTERS] for line in text.split("\n"))
        return grids_of(lines, name=Path(name).stem)
    return [Grid(Path(name).stem, _delimited(text, name, ending))]


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


def _decode(raw: bytes, name: str) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding", name)


def _delimited(text: str, name: str, ending: str) -> list[list[str]]:
    first = "\n".join(text.split("\n")[:20])
    counts = {mark: first.count(mark) for mark in ("\t", ",", ";", "|")}
    mark = "\t" if ending == ".tsv" else max(counts, key=lambda m: counts[m])
    if text.count(mark) + text.count("\n") > MOST_CELLS:
        raise Refused("too_big", name)
    csv.field_size_limit(1_000_000)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=mark)
        return [[c.strip()[:MOST_LETTERS] for c in row] for row in rows]
    except csv.Error:
        lines = text.splitlines()
        return [[c.strip()[:MOST_LETTERS] for c in line.split(mark)] for line in lines]
