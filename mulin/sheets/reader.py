"""Reads one table that was found in a grid: its columns, items, kind and questions."""

import re
from datetime import date
from typing import Any

from mulin.hanzi import fold
from mulin.sheets.cells import (
    MERGED,
    NO_VALUE,
    SURELY,
    read_cell,
    split_alike,
    split_items,
    split_unit,
)
from mulin.sheets.headings import candidates, is_dropped, measure_in, normal
from mulin.sheets.layout import Region, line_text
from mulin.sheets.reading import N_, Cell, Column, Grid, LeftOut, Question, Row, Table

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|累计|本页)")
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.．]\s*(?P<name>\S{2,12})$")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表|填报|审核|制表|联系电话|联系人|负责人|经办|单位负责|[*※])"
)
_SECTION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.]?|第.部分)?\s*(?P<name>.{1,20}?(?:类|類|方面|领域|領域|组|組|板块|板塊))(?:[（(].*)?$"
)
_UNIT_LINE = re.compile(
    r"(?:填报|填報|报送|報送|申报|申報|提出|提供|上报|上報|所属|所屬|需求|资源|資源|征集|徵集|填表|编制|編制|成员|成員)?"
    r"(?:单位|單位|社区|社區|部门|部門|党组织|黨組織|街道|支部)(?:名称|名稱)?(?:[(（][^)）]{1,6}[)）])?[:：]\s*"
    r"(?P<unit>[^\s，,；;（(:：]{2,30})"
)
_GENERIC = {"单位", "单位名称", "名称", "姓名", "部门", "党组织"}
_BY_LINE = ("quantity", "due", "period", "claimers", "owner", "place", "state")
_LABEL = re.compile(r"\S{2,10}[:：]")
_KINDS = (("resource", "资源"), ("need", "需求|心愿|诉求|问题"), ("project", "项目"))
UNIT_ABOVE = N_("The line above or below the table names the unit.")
GUESSED_COLUMN = N_("There is no heading; the column was guessed from what it holds.")
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
        letters = _letters(region.left) if region.left else ""
        self.key = f"{grid.name}!{letters}{region.numbers[region.head]}"
        self.columns = self._guessed_columns() if fields else self._columns()
        self.fields = {c.index: c.field for c in self.columns if c.field and c.field != "contact"}
        self.measures = {c.index: measure_in(c.heading) for c in self.columns}
        self.uncached = set() if region.built else set(grid.uncached)
        self.over = set() if region.built else copied
        self.questions: list[Question] = []
        self.known: dict[tuple[int, str], dict[str, Cell]] = {}

    def _guessed_columns(self) -> list[Column]:
        changed = self.answers.get(f"{self.key}:columns", {})
        chosen = self.guessed | {int(k): v for k, v in changed.items()}
        width = range(len(self.rows[0]))
        return [
            Column(i, _letters(i), chosen[i], 0.5, GUESSED_COLUMN) for i in width if chosen.get(i)
        ]

    def _columns(self) -> list[Column]:
        headings = self._headings()
        scored = [
            (score, -index, index, name)
            for index, heading in headings.items()
            for name, score in _meanings(heading)
        ]
        changed = {int(k): v for k, v in self.answers.get(f"{self.key}:columns", {}).items()}
        chosen: dict[int, tuple[str | None, float]] = {k: (v, 1.0) for k, v in changed.items()}
        taken = {v for v in changed.values() if v}
        for score, _, index, name in sorted(scored, reverse=True):
            if index not in chosen and name not in taken and not is_dropped(headings[index]):
                chosen[index] = (name, round(score, 2))
                taken.add(name)
        if "title" not in taken:
            # A list must have something it lists: the detail stands in for a missing title.
            chosen = {k: ("title" if n == "detail" else n, s) for k, (n, s) in chosen.items()}
        return [
            Column(i, h, *chosen.get(i, (None, 0.0)), SURELY if i in chosen else "")
            for i, h in headings.items()
            if h
        ]

    def _headings(self) -> dict[int, str]:
        """Return the headings by column; a heading merged across stands before those under it."""
        region = self.region
        lines = [list(line) for line in self.rows[region.head : region.head + region.deep]]
        for top, left, bottom, right in [] if region.built else self.grid.merges:
            if top == bottom == region.head and region.deep == 2:
                for index in range(left, min(right + 1, len(lines[0]))):
                    lines[0][index] = lines[0][left]
        return {
            index: "/".join(dict.fromkeys(line[index] for line in lines if line[index]))
            for index in range(len(lines[0]))
        }

    def read(self) -> Table:
        """Return the table: its kind, columns, items and what was left out."""
        region = self.region
        out = [LeftOut(number, text, "title") for number, text in region.above]
        titles = " ".join(entry.text for entry in out[-4:])
        items: list[Row] = []
        category = ""
        for at in range(region.head + region.deep, region.end):
            row = self.rows[at]
            why, text = ("title", line_text(row)) if at in region.repeats else self._leaves(at, row)
            if why == "title" and (section := _section(text)):
                category = section["name"]
            if why:
                out.append(LeftOut(region.numbers[at], text, why))
            else:
                items += self._items(at, row, category)
        items = self._with_unit(items, [entry.text for entry in out if entry.why != "total"])
        width = max((c.index for c in self.columns), default=0)
        first = region.numbers[region.head]
        last = max(region.numbers[region.head : region.end], default=first)
        where = f"{self.grid.name}!{_letters(region.left)}{first}:{_letters(width)}{last}"
        return Table(where, self._kind(titles, where), self.columns, items, out)

    def _with_unit(self, items: list[Row], around: list[str]) -> list[Row]:
        """Give the rows the unit that a line such as "填报单位：…" names, where no column does."""
        named = next((m["unit"] for text in around if (m := _UNIT_LINE.search(text))), "")
        if not named or "unit" in self.fields.values():
            return items
        unit = Cell(named, named, "guessed", 0.85, UNIT_ABOVE)
        return [Row(r.row, r.part, {"unit": unit} | r.cells) for r in items]

    def _leaves(self, at: int, row: list[str]) -> tuple[str, str]:
        filled = [c for c in row if c]
        own = [c for i, c in enumerate(row) if c and (at, i) not in self.over]
        text = " ".join(filled)
        if self.answers.get(f"{self.grid.name}!{self.region.numbers[at]}:item"):
            return "", text
        if not own and not any((at, i) in self.uncached for i in self.fields):
            return "blank", text
        if any(_TOTAL.match(fold(c).replace(" ", "")) for c in own[:2]):
            return "total", text
        if len(own) == 1 and _section(own[0]) and self._is_first(row, own[0]):
            return "title", own[0]
        if (
            own
            and _NOTE.match(fold(own[0]))
            and (len(own) <= 2 or sum(bool(_LABEL.match(c)) for c in own) * 2 > len(own))
            and self._is_first(row, own[0])
        ):
            return "footnote", text
        if len(own) == 1 and len(filled) == 1 and self.fields.get(row.index(own[0])) == "number":
            return "footnote" if len(own[0]) > 3 else "blank", text
        return "", text

    def _is_first(self, row: list[str], text: str) -> bool:
        return row.index(text) <= min(self.fields, default=0)

    def _items(self, at: int, row: list[str], category: str) -> list[Row]:
        cells: dict[str, Cell] = {}
        for index, name in self.fields.items():
            if (at, index) in self.uncached and not row[index]:
                cells[name] = Cell("", None, "rejected", 0.0, NO_VALUE)
            elif row[index]:
                cells |= self._cells(index, name, row[index], (at, index) in self.over)
        if category and "category" not in cells:
            cells["category"] = Cell(category, category, "guessed", 0.8, MERGED)
        if not cells or set(cells) <= {"number"}:
            return []
        line = self.region.numbers[at]
        parts = split_items(cells["title"].text) if "title" in cells else []
        if not parts:
            return [Row(line, 1, cells)]
        if len(parts) == 1 and parts[0] == cells["title"].text:
            return [Row(line, 1, cells)]
        return [
            Row(line, n + 1, self._of_part(cells, n, len(parts)) | {"title": _with(cells, part)})
            for n, part in enumerate(parts)
        ]

    def _of_part(self, cells: dict[str, Cell], part: int, count: int) -> dict[str, Cell]:
        """Return the cells of one of several items: what is numbered alike goes to its own item."""
        shared = dict(cells)
        if count == 1:
            return shared
        for index, name in self.fields.items():
            if name in ("title", "number", "unit") or name not in cells:
                continue
            own = split_alike(cells[name].text, count, by_line=name in _BY_LINE)
            if own:
                shared |= self._cells(index, name, own[part], merged=False)
        return shared

    def _cells(self, index: int, name: str, text: str, merged: bool) -> dict[str, Cell]:
        if (index, text) in self.known:
            found = self.known[index, text]
        elif name == "unit":
            found = {k: Cell(v, v) for k, v in split_unit(text).items()}
        else:
            measure = self.measures.get(index, "")
            found = {name: read_cell(name, text, today=self.today, measure=measure)}
            if self.guessed:
                found = {k: _less_sure(c) for k, c in found.items()}
        self.known[index, text] = found
        if merged:
            found = {
                k: Cell(c.text, c.value, "guessed", 0.9, MERGED, c.choices)
                for k, c in found.items()
            }
        return found

    def _kind(self, titles: str, where: str) -> str:
        if answer := self.answers.get(f"{self.key}:kind"):
            return str(answer)
        headings = fold(" ".join(c.heading for c in self.columns))
        title = fold(f"{titles} {self.grid.name} {self.grid.file}")
        by_heading = [k for k, words in _KINDS if re.search(words, headings)]
        by_title = [k for k, words in _KINDS if re.search(words, title)]
        settled = by_heading[0] if len(by_heading) == 1 else None
        guess = settled or next(iter(by_title or by_heading), "unknown")
        if re.search("项目清单|资源清单", title) and (not settled or settled == "project"):
            choices = ["resource", "need", "project"]
            params = {"title": titles or self.grid.name, "guess": guess}
            self.questions.append(Question(f"{self.key}:kind", where, ASK_KIND, params, choices))
        return guess


def _section(text: str) -> re.Match[str] | None:
    return _SECTION.match(text) or _NUMBERED.match(text)


def _with(cells: dict[str, Cell], title: str) -> Cell:
    cell = cells["title"]
    return Cell(title, title, cell.state, cell.sure, cell.why)


def _less_sure(cell: Cell) -> Cell:
    state = "guessed" if cell.state == "read" else cell.state
    return Cell(cell.text, cell.value, state, min(cell.sure, 0.5), cell.why or GUESSED_COLUMN)


def _meanings(heading: str) -> tuple[tuple[str, float], ...]:
    """Return what a heading may mean: "认领方/单位" is about the claimer."""
    group, _, own = heading.rpartition("/")
    if group and normal(own) in _GENERIC:
        of_group = [pair for pair in candidates(group) if pair[0] in ("claimers", "owner", "unit")]
        if of_group:
            return tuple(of_group)
    return candidates(own) or candidates(heading)


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
