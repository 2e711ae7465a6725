"""Opens the tables of Word files as grids."""

import zipfile
from pathlib import Path
from typing import Any

from mulin.sheets.pasted import grids_of
from mulin.sheets.reading import Grid
from mulin.sheets.refusals import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def open_word(path: str | Path, name: str) -> list[Grid]:
    import defusedxml.ElementTree as ElementTree  # noqa: PLC0415 - heavy

    try:
        with zipfile.ZipFile(path) as bundle:
            root = ElementTree.fromstring(bundle.read("word/document.xml"))
    except Exception as error:
        raise Refused("corrupt", name) from error
    body = root.find(f"{_W}body")
    grids: list[Grid] = []
    title: list[str] = []
    for element in [] if body is None else list(body):
        if element.tag == f"{_W}p" and _paragraph(element):
            title.append(_paragraph(element))
        elif element.tag == f"{_W}tbl":
            grids.append(_table(element, title[-3:], len(grids) + 1, name))
            title = []
    if not grids and title:
        return grids_of("\n".join(title), name=name)
    return grids


def _paragraph(element: Any) -> str:
    return "".join(
        "\n" if t.tag == f"{_W}br" else t.text or ""
        for t in element.iter()
        if t.tag in (f"{_W}t", f"{_W}br")
    ).strip()


def _table(table: Any, title: list[str], number: int, name: str) -> Grid:
    rows: list[list[str]] = [[t] for t in title]
    merges: list[tuple[int, int, int, int]] = []
    down: dict[int, int] = {}
    for tr in table.findall(f"{_W}tr"):
        row: list[str] = []
        for tc in tr.findall(f"{_W}tc"):
            span, merge = tc.find(f"{_W}tcPr/{_W}gridSpan"), tc.find(f"{_W}tcPr/{_W}vMerge")
            width = min(int(span.get(f"{_W}val", "1")) if span is not None else 1, 60)
            at, line = len(row), len(rows)
            text = "\n".join(filter(None, (_paragraph(p) for p in tc.findall(f"{_W}p"))))
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = ""
                merges.append((down.get(at, line), at, line, at + width - 1))
            else:
                down[at] = line
                if width > 1:
                    merges.append((line, at, line, at + width - 1))
            row += [text] + [""] * (width - 1)
        rows.append(row)
    longest = {(a, b, d): c for a, b, c, d in sorted(merges, key=lambda m: m[2])}
    return Grid(f"表{number}", rows, [(a, b, c, d) for (a, b, d), c in longest.items()], file=name)
