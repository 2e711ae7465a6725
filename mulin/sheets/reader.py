"""Reads one table that was found in a grid: its columns, items, kind and questions."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

from mulin.sheets.cells import MERGED, NO_VALUE, read_cell, split_unit
from mulin.sheets.columns import name_columns
from mulin.sheets.headings import measure_in
from mulin.sheets.items import split_alike, split_items
from mulin.sheets.kinds import kind_of
from mulin.sheets.layout import lines_of_head
from mulin.sheets.leftovers import Line, section, why_left
from mulin.sheets.reading import N_, Cell, Column, Grid, LeftOut, Question, Row, Table
from mulin.sheets.regions import Region, letters, line_text

_UNIT_LINE = re.compile(
    r"(?:填报|填報|报送|報送|申报|申報|提出|提供|上报|上報|所属|所屬|需求|资源|資源|征集|徵集|填表|编制|編制|成员|成員)?"
    r"(?:单位|單位|社区|社區|部门|部門|党组织|黨組織|街道|支部|机构|機構)(?:名称|名稱)?(?:[(（][^)）]{1,6}[)）])?[:：]\s*"
    r"(?P<unit>[^\s，,；;、（(:：_]{2,30})"
)
_BY_LINE = ("quantity", "due", "period", "claimers", "owner", "place", "state")
# Fields whose cells people leave blank below the first of a group.
_GROUPED = ("unit", "category", "owner", "number")
UNIT_ABOVE = N_("The line above or below the table names the unit.")
GUESSED_COLUMN = N_("There is no heading; the column was guessed from what it holds.")
AS_ABOVE = N_("The cell is blank; the one above was taken.")
ASK_KIND = N_("What does the list “%(title)s” hold? What this name means differs by place.")


class Reader:
    """One table being read: its place in the grid, its columns, what it asks."""

    def __init__(
        self,
        grid: Grid,
        region: Region,
        copied: set[tuple[int, int]],
        today: date,
        answers: dict[str, Any],
        fields: dict[int, str],
    ) -> None:
        self.grid, self.region, self.rows = grid, region, region.rows
        self.today, self.answers, self.guessed = today, answers, fields
        left = letters(region.left) if region.left else ""
        self.key = f"{grid.name}!{left}{region.numbers[region.head]}"
        self.uncached = set() if region.built else set(grid.uncached)
        self.over = set() if region.built else copied
        self.across = {(m[0], m[1]) for m in grid.merges if m[3] > m[1] and not region.built}
        self.measured: int | None = None
        self.columns = self._guessed_columns() if fields else self._columns()
        self.fields = {c.index: c.field for c in self.columns if c.field and c.field != "contact"}
        self.measures = {c.index: measure_in(c.heading) for c in self.columns}
        self.questions: list[Question] = []
        self.known: dict[tuple[int, str, str], dict[str, Cell]] = {}

    def _changed(self) -> dict[int, str | None]:
        return {int(k): v for k, v in self.answers.get(f"{self.key}:columns", {}).items()}

    def _guessed_columns(self) -> list[Column]:
        chosen = self.guessed | self._changed()
        width = range(len(self.rows[0]))
        return [
            Column(i, letters(i), chosen[i], 0.5, GUESSED_COLUMN) for i in width if chosen.get(i)
        ]

    def _columns(self) -> list[Column]:
        named = name_columns(self._headings(), self._contents(), self._changed())
        self.measured = named.measures
        return named.columns

    def _contents(self) -> dict[int, list[str]]:
        """Return what stands in each column, of the lines that look like items."""
        first = self.region.head + self.region.deep
        lines = [
            self.rows[at]
            for at in range(first, min(self.region.end, first + 200))
            if at not in self.region.repeats and not self._leaves(at, None)
        ]
        return {i: [r[i] for r in lines if r[i]] for i in range(len(self.rows[0]))}

    def _headings(self) -> dict[int, str]:
        """Return the headings by column; a heading merged across stands before those under it."""
        lines = lines_of_head(self.region, self.rows, self.grid)
        return {
            index: "/".join(dict.fromkeys(line[index] for line in lines if line[index]))
            for index in range(len(lines[0]))
        }

    def read(self) -> Table:
        """Return the table: its kind, columns, items and what was left out."""
        region = self.region
        out = [LeftOut(number, text, "title") for number, text in region.above]
        titles = " ".join(entry.text for entry in out[-4:])
        items = self._lines(out)
        items = self._with_unit(items, [entry.text for entry in out if entry.why != "total"])
        width = max((c.index for c in self.columns), default=0)
        first = region.numbers[region.head]
        last = max(region.numbers[region.head : region.end], default=first)
        where = f"{self.grid.name}!{letters(region.left)}{first}:{letters(width)}{last}"
        return Table(where, self._kind(titles, where), self.columns, items, out)

    def _lines(self, out: list[LeftOut]) -> list[Row]:
        """Return the items; what is none is added to `out`, and its title given to those below."""
        region, items = self.region, list[Row]()
        given: dict[str, str] = {}
        above = self._blanks()
        for at in range(region.head + region.deep, region.end):
            row = self.rows[at]
            why = "title" if at in region.repeats else self._leaves(at, self.fields)
            text = line_text(row)
            if why == "title" and (named := section(text, across=self._is_across(at, row))):
                given = {"unit": given["unit"]} if "unit" in given else {}
                given[named[0]] = named[1]
            if why:
                out.append(LeftOut(region.numbers[at], text, why))
                continue
            if self._lists_nothing(at, row):
                out.append(LeftOut(region.numbers[at], text, "footnote"))
                continue
            found = self._items(at, row, given)
            items += [self._as_above(at, item, above) for item in found]
        return items

    def _lists_nothing(self, at: int, row: list[str]) -> bool:
        """Say whether a line holds one cell alone, and that not where the table lists things."""
        titles = [i for i, name in self.fields.items() if name in ("title", "detail")]
        alone = sum(map(bool, row)) == 1 and bool(titles) and len(self.fields) > 2
        kept = any((at, i) in self.uncached for i in self.fields)
        asked = self.answers.get(f"{self.grid.name}!{self.region.numbers[at]}:item")
        return alone and not kept and not asked and not any(row[i] for i in titles)

    def _blanks(self) -> dict[int, str]:
        """Return the columns where a blank cell means the cell above: grouped and never repeated.

        A file saved from merged cells without its merges looks like this. Where cells are merged,
        few are blank, or the same text often stands twice running, a blank is just a blank.
        """
        titles = [i for i, name in self.fields.items() if name == "title"]
        body = range(self.region.head + self.region.deep, self.region.end)
        maybe = {
            index: name
            for index, name in self.fields.items()
            if name == "unit" or (name in _GROUPED and index < min(titles, default=0))
            if not all(self.rows[at][index] for at in body)
        }
        down = any(m[2] > m[0] >= self.region.head + self.region.deep for m in self.grid.merges)
        if self.guessed or not maybe or (down and not self.region.built):
            return {}
        lines = [at for at in body if not self._leaves(at, self.fields)]
        found = {}
        for index, name in maybe.items():
            cells = [self.rows[at][index] for at in lines]
            repeated = sum(bool(a) and a == b for a, b in pairwise(cells))
            blank = cells.count("")
            often = len(cells) > 2 and blank * 4 >= len(cells) and repeated * 2 <= blank
            if often and cells[0]:
                found[index] = name
        units = [i for i, name in found.items() if name in ("unit", "category")]
        return found if units else {}

    def _as_above(self, at: int, item: Row, blanks: dict[int, str]) -> Row:
        cells = dict(item.cells)
        for index, name in blanks.items():
            up = at
            while up > self.region.head + self.region.deep and not self.rows[up][index]:
                up -= 1
            text = self.rows[up][index]
            if name not in cells and text and up != at and not self._leaves(up, self.fields):
                for field, cell in self._cells(index, name, text, up).items():
                    cells[field] = Cell(
                        cell.text, cell.value, "guessed", 0.7, AS_ABOVE, cell.choices
                    )
        return Row(item.row, item.part, cells)

    def _with_unit(self, items: list[Row], around: list[str]) -> list[Row]:
        """Give the rows the unit that a line such as "填报单位：…" names, where no column does."""
        named = next((m["unit"] for text in around if (m := _UNIT_LINE.search(text))), "")
        if not named or "unit" in self.fields.values():
            return items
        unit = Cell(named, named, "guessed", 0.85, UNIT_ABOVE)
        return [Row(r.row, r.part, {"unit": unit} | r.cells) for r in items]

    def _leaves(self, at: int, fields: dict[int, str] | None) -> str:
        """Return why a line is no item, "" if it is one; `fields` None before they are known."""
        row, fields = self.rows[at], fields or {}
        if self.answers.get(f"{self.grid.name}!{self.region.numbers[at]}:item"):
            return ""
        if any((at, i) in self.uncached for i in fields):
            return ""
        own = [c for i, c in enumerate(row) if c and (at, i) not in self.over]
        leads = bool(own) and row.index(own[0]) <= min(fields, default=0)
        stands = row.index(own[0]) if own else 0
        return why_left(
            Line(
                filled=[c for c in row if c],
                own=own,
                leads=leads,
                across=self._is_across(at, row),
                number=fields.get(stands) == "number",
            )
        )

    def _is_across(self, at: int, row: list[str]) -> bool:
        """Say whether a line is one cell merged across, or one alone where numbers stand."""
        filled = [i for i, c in enumerate(row) if c]
        if len(filled) != 1:
            return False
        return (at, filled[0]) in self.across

    def _items(self, at: int, row: list[str], given: dict[str, str]) -> list[Row]:
        cells: dict[str, Cell] = {}
        for index, name in self.fields.items():
            if (at, index) in self.uncached and not row[index]:
                cells[name] = Cell("", None, "rejected", 0.0, NO_VALUE)
            elif row[index]:
                cells |= self._cells(index, name, row[index], at)
        for name, text in given.items():
            if name not in cells:
                cells[name] = Cell(text, text, "guessed", 0.8, MERGED)
        if not cells or set(cells) <= {"number", *given}:
            return []
        return self._parts(at, cells)

    def _parts(self, at: int, cells: dict[str, Cell]) -> list[Row]:
        line = self.region.numbers[at]
        first = self.region.parts[at] if self.region.parts else 1
        parts = split_items(cells["title"].text) if "title" in cells else []
        if not parts or (len(parts) == 1 and parts[0] == cells["title"].text):
            return [Row(line, first, cells)]
        return [
            Row(line, first + n, self._of_part(at, cells, n, len(parts)) | _titled(cells, part))
            for n, part in enumerate(parts)
        ]

    def _of_part(self, at: int, cells: dict[str, Cell], part: int, count: int) -> dict[str, Cell]:
        """Return the cells of one of several items: what is numbered alike goes to its own item."""
        shared = dict(cells)
        if count == 1:
            return shared
        for index, name in self.fields.items():
            if name in ("title", "number", "unit") or name not in cells:
                continue
            own = split_alike(cells[name].text, count, by_line=name in _BY_LINE)
            if own:
                shared |= self._cells(index, name, own[part], at)
        return shared

    def _cells(self, index: int, name: str, text: str, at: int) -> dict[str, Cell]:
        measure = self.measures.get(index, "")
        if name == "quantity" and self.measured is not None:
            measure = self.rows[at][self.measured]
        found = self.known.get((index, text, measure))
        if found is None:
            found = self._read(name, text, measure)
            self.known[index, text, measure] = found
        if (at, index) in self.over:
            return {
                k: Cell(c.text, c.value, "guessed", 0.9, MERGED, c.choices)
                for k, c in found.items()
            }
        return found

    def _read(self, name: str, text: str, measure: str) -> dict[str, Cell]:
        if name == "unit":
            return {k: Cell(v, v) for k, v in split_unit(text).items()}
        found = {name: read_cell(name, text, today=self.today, measure=measure)}
        return {k: _less_sure(c) for k, c in found.items()} if self.guessed else found

    def _kind(self, titles: str, where: str) -> str:
        if answer := self.answers.get(f"{self.key}:kind"):
            return str(answer)
        guess, asks = kind_of(self.columns, titles, self.grid.name, self.grid.file)
        if asks:
            choices = ["resource", "need", "project"]
            params = {"title": titles or self.grid.name, "guess": guess}
            self.questions.append(Question(f"{self.key}:kind", where, ASK_KIND, params, choices))
        return guess


def _titled(cells: dict[str, Cell], title: str) -> dict[str, Cell]:
    cell = cells["title"]
    return {"title": Cell(title, title, cell.state, cell.sure, cell.why)}


def _less_sure(cell: Cell) -> Cell:
    state = "guessed" if cell.state == "read" else cell.state
    return Cell(cell.text, cell.value, state, min(cell.sure, 0.5), cell.why or GUESSED_COLUMN)
