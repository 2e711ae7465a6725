"""Sheets written by hand in a plain notation, with their truth, as `Made` files.

A file is `=== name ending kinds [loose]`; a page `--- name [hidden]`; then one line each:
`~` cells that mean nothing; `%` a heading line above the one that names fields; `#` headings as
`field=heading`; `>` an item (`h>` in a hidden line); `@ field=text` true of the items below though
not written; `= field=text` truth without cells; `"` a line of pasted text; `_` an empty line.
Cells: `<` and `^` are merged with the left or upper cell, `^v` is left blank where a reader must
see the upper cell; `«mark»` is numbering between items; `$text$` must be cut; `text{reading}` gives
its own reading; `d:` `n:` `t:` write a date, a number, a text. Fields: `!` personal, `?` unknown,
`m` the measure of the quantity before it; `~field` lies in a hidden column.
`loose` compares without lines, where a form or a chat has none of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.sheets_corpus.layouts import Made, Sheet

READ = ("quantity", "period", "due")


def written(name: str) -> list[Made]:
    """Return the sheets of `name`.txt beside this module."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    sheets, _, values = text.partition("\n=== values\n")
    known = _values(values)
    return [_File(block.splitlines(), known).made for block in re.split(r"(?m)^=== ", sheets)[1:]]


def _values(lines: str) -> dict[tuple[str, str], Any]:
    """Read `field text=reading; …` lines."""
    known = {}
    for line in lines.splitlines():
        name, _, rest = line.partition(" ")
        for pair in filter(None, rest.split("; ")):
            text, _, reading = pair.rpartition("=")
            known[name, text] = reading
    return known


def reading_of(name: str, reading: str) -> Any:
    """Turn a reading's notation into the value that the benchmark compares; None if unsure."""
    if name == "quantity":
        amount, measure, *about = reading.split(" ")
        number = None if amount == "-" else float(amount)
        return (number, measure.replace("-", ""), bool(about))
    if name == "due":
        return reading or None
    span, _, times = reading.partition(" ")
    if ".." in span:
        first, last = span.split("..")
        return (first or None, last or None, ())
    ends = range(int(span[0]), int(span[2]) + 1) if "-" in span else map(int, span)
    start, end = times.split(" ") if times else (None, None)
    return (None, None, tuple((day, start, end) for day in ends))


@dataclass
class _File:
    lines: list[str]
    known: dict[tuple[str, str], str]
    fields: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        name, ending, kinds, *marks = self.lines[0].split()
        self.made = Made(name, ending, [], loose="loose" in marks)
        self.made.kinds += kinds.split(",")
        if not any(line.startswith("--- ") for line in self.lines):
            self.made.sheets.append(Sheet(""))
        for line in self.lines[1:]:
            if line.strip():
                self._line(*(line.split(" ", 1) if " " in line else (line, "")))

    def _line(self, mark: str, rest: str) -> None:
        if mark == "---":
            name, *hidden = rest.split()
            self.made.sheets.append(Sheet(name, hidden=bool(hidden)))
        elif mark == "_":
            self.sheet.lines.append([])
        elif mark == '"':
            self._chat(rest)
        elif mark == "@":
            self.given = dict(part.strip().split("=", 1) for part in rest.split("|"))
        elif mark == "=":
            for part in rest.split(" | "):
                name, text = part.strip().split("=", 1)
                self._true(name, text, 1)
        else:
            self._cells(mark, [cell.strip() for cell in rest.split("|")])

    @property
    def sheet(self) -> Sheet:
        return self.made.sheets[-1]

    def _chat(self, rest: str) -> None:
        text, secrets = _uncovered(rest)
        self.made.secrets += secrets
        self.sheet.lines.append([text])

    def _cells(self, mark: str, cells: list[str]) -> None:
        if mark == "#-":
            self.fields = cells
            return
        if mark == "#":
            pairs = [cell.partition("=") for cell in cells]
            self.fields, self.given = [name for name, _, _ in pairs], {}
            self.sheet.hidden_columns |= {i for i, n in enumerate(self.fields) if n[:1] == "~"}
            self.fields = [name.lstrip("~") for name in self.fields]
            cells = [heading for _, _, heading in pairs]
        at = len(self.sheet.lines)
        self.sheet.lines.append([self._write(at, i, cell) for i, cell in enumerate(cells)])
        if mark == "h>":
            self.sheet.hidden_rows.add(at)
        if mark.endswith(">"):
            self._item(cells)

    def _write(self, at: int, column: int, cell: str) -> str:
        if cell in ("<", "^"):
            self._merge(at, column, cell)
            return ""
        if cell in ("^v", "·"):
            return ""
        cell = re.sub(r"\{[^}]*\}$", "", cell)
        kind, _, rest = cell.partition(":")
        if kind in ("d", "n", "t") and rest:
            typed: dict[str, Any] = {"d": date.fromisoformat, "n": float, "t": str}
            self.sheet.typed[at, column] = typed[kind](rest)
            return rest
        text, secrets = _uncovered(_plain(cell))
        self.made.secrets += secrets
        return text.replace("«", "").replace("»", "")

    def _merge(self, at: int, column: int, mark: str) -> None:
        """Grow the merge that holds the cell to the left or above, or begin one there."""
        back = (at, column - 1) if mark == "<" else (at - 1, column)
        for index, (top, left, bottom, right) in enumerate(self.sheet.merges):
            if top <= back[0] <= bottom and left <= back[1] <= right:
                self.sheet.merges[index] = (top, left, max(bottom, at), max(right, column))
                return
        self.sheet.merges.append((*back, at, column))

    def _item(self, cells: list[str]) -> None:
        above = self.above + [""] * len(cells)
        cells = [above[i] if c in ("^", "^v") else c for i, c in enumerate(cells)]
        self.above = cells
        parts = [self._parts(cell) for cell in cells]
        most = max(map(len, parts))
        for number in range(most):
            for name, texts in zip(self.fields, parts, strict=False):
                text = texts[number] if len(texts) == most else texts[0]
                self._field(name, text, number + 1)
            for name, text in self.given.items():
                self._true(name, text, number + 1)

    @staticmethod
    def _parts(cell: str) -> list[str]:
        if "«" not in cell:
            return [cell]
        return [piece for piece in re.split(r"«[^»]*»", cell) if piece]

    def _field(self, name: str, text: str, part: int) -> None:
        if name == "!":
            self.made.secrets += [text] if len(text) > 1 and not text.isdigit() else []
            self.made.secrets += [text] if len(text) > 6 and text.isdigit() else []
        elif name in ("", "m") or not text:
            return
        elif name == "?":
            self.made.lures.append(text)
        elif "提出" in text and "认领" in text:
            asked, took = re.findall(r"([^；]+)（(?:提出|认领)）", text)
            self._true("unit", asked, part)
            self._true("claimers", took, part)
        else:
            self._true(name, text, part)

    def _true(self, name: str, text: str, part: int) -> None:
        own = re.fullmatch(r"(.*)\{([^}]*)\}", text)
        plain = re.sub(r"^[dnt]:", "", _uncovered(own[1] if own else text, True)[0])
        value: Any = _plain(plain)
        if name in READ:
            reading = own[2] if own else self.known[name, value]
            if reading == "?":
                self.made.open.add((self.sheet.name, len(self.sheet.lines), name))
                return
            value = reading_of(name, reading)
        self.made.truth.append((self.sheet.name, len(self.sheet.lines), part, name, value))


def _plain(cell: str) -> str:
    for mark, text in (("\\n", "\n"), ("\\s", " "), ("\\h", "\u3000"), ("\\z", "\u200b")):
        cell = cell.replace(mark, text)
    return cell


def _uncovered(text: str, cut: bool = False) -> tuple[str, list[str]]:
    """Return the text without `$` marks and what must be cut; `$a:b$` leaves b where a was."""
    found = [part.partition(":") for part in re.findall(r"\$([^$]*)\$", text)]
    for a, mark, b in found:
        text = text.replace(f"${a}{mark}{b}$", b if cut else a)
    return text, [a for a, _, _ in found]


def lines(made: Made) -> Iterator[str]:
    """Yield what is written, line by line, for a look by eye."""
    for sheet in made.sheets:
        for cells in sheet.lines:
            yield " | ".join(cells)
