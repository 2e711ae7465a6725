"""Finds the tables in grids of text and reads their rows."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from mulin.hanzi import fold
from mulin.sheets.cells import MERGED, NO_VALUE, SURELY, read_cell, split_items, split_unit
from mulin.sheets.grids import Refused, open_grids, refusal
from mulin.sheets.headings import candidates, is_dropped, is_person, measure_in, recognised
from mulin.sheets.pasted import grids_of
from mulin.sheets.personal import NAME, cut
from mulin.sheets.reading import (
    N_,
    Cell,
    Column,
    Cut,
    Grid,
    LeftOut,
    Problem,
    Question,
    Reading,
    Row,
    Table,
)

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|累计|本页)")
_NOTE = re.compile(
    r"^(?:注|备注|说明|填表|填报|审核|制表|联系电话|联系人|负责人|经办|单位负责|[*※])"
)
_SECTION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.]?|第.部分)?\s*(?P<name>.{1,20}?(?:类|方面|领域|组|板块))(?:[（(].*)?$"
)
_KINDS = (("resource", "资源"), ("need", "需求|心愿|诉求|问题"), ("project", "项目"))
ASK_KIND = N_("What does the list “%(title)s” hold? What this name means differs by place.")


def read(path: str | Path, name: str, *, today: date) -> Reading:
    """Read a file in this process; a refused or broken one gives a Reading with a Problem."""
    try:
        grids = open_grids(path, name=name)
    except Refused as error:
        return Reading(problems=[error.problem])
    if not any(cell for grid in grids for row in grid.rows for cell in row):
        return Reading(problems=[refusal("empty", name)])
    return _read_grids(grids, today)


def read_text(text: str, *, today: date) -> Reading:
    """Read text pasted from a chat or a spreadsheet."""
    return _read_grids(grids_of(text), today)


def _read_grids(grids: list[Grid], today: date) -> Reading:
    clean, cuts = [], []
    for grid in grids:
        kept, counts = _cut_grid(grid)
        clean.append(kept)
        cuts += [Cut(grid.name, what, n) for what, n in sorted(counts.items())]
    reading = interpret(clean, today=today)
    return Reading(reading.tables, reading.questions, reading.problems, cuts, clean)


def _cut_grid(grid: Grid) -> tuple[Grid, Counter[str]]:
    counts: Counter[str] = Counter()
    heads, rows = set[int](), []
    for row in grid.rows:
        if sum(map(recognised, row)) >= 2:
            people = {i for i, cell in enumerate(row) if is_person(cell)}
            heads = people | {
                i for i, c in enumerate(row) if candidates(c)[:1] == (("contact", 1.0),)
            }
            rows.append(row)
            continue
        kept = []
        for index, cell in enumerate(row):
            text, found = cut(cell)
            if index in heads and text:
                text, found = "", found or Counter({NAME: 1})
            counts += found
            kept.append(text)
        rows.append(kept)
    return Grid(grid.name, rows, grid.merges, grid.hidden, grid.uncached, grid.file), counts


def interpret(grids: list[Grid], *, today: date, answers: dict[str, Any] | None = None) -> Reading:
    """Read stored grids again, with a person's answers: {"Sheet1!3:kind": "need",
    "Sheet1!3:columns": {"2": "title"}, "Sheet1!9:item": True}; rows count from 1 as in the sheet.
    """
    tables: list[Table] = []
    questions: list[Question] = []
    problems: list[Problem] = []
    for grid in grids:
        rows = _filled(grid)
        heads = _headers(rows)
        for order, (head, deep) in enumerate(heads):
            before = heads[order - 1][0] + heads[order - 1][1] if order else 0
            end = heads[order + 1][0] if order + 1 < len(heads) else len(rows)
            table = _Reader(grid, rows, head, deep, end, today, answers or {})
            tables.append(table.read(rows[before:head], before))
            questions += table.questions
        if not heads:
            message = N_(
                "No heading row was found. A row such as 单位, 需求内容, 数量 is accepted."
            )
            problems.append(Problem("no_header", grid.name, message))
    return Reading(tables, questions, problems, [], grids)


def _filled(grid: Grid) -> list[list[str]]:
    """Copy merged cells down (never across: a title would fill a row)."""
    width = max((len(r) for r in grid.rows), default=0)
    rows = [r + [""] * (width - len(r)) for r in grid.rows]
    for top, left, bottom, _ in grid.merges:
        for line in range(top + 1, min(bottom + 1, len(rows))):
            if not rows[line][left]:
                rows[line][left] = rows[top][left]
    return rows


def _headers(rows: list[list[str]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for at, row in enumerate(rows):
        filled = [c for c in row if c]
        known = sum(map(recognised, filled))
        if known < 2 or known * 2 < len(filled):
            continue
        if found and found[-1][0] + found[-1][1] == at and found[-1][1] == 1:
            found[-1] = (found[-1][0], 2)
        else:
            found.append((at, 1))
    return found


class _Reader:
    """One table being read: its place in the grid, its columns, what it asks."""

    def __init__(
        self,
        grid: Grid,
        rows: list[list[str]],
        head: int,
        deep: int,
        end: int,
        today: date,
        answers: dict[str, Any],
    ) -> None:
        self.grid, self.rows, self.head, self.deep = grid, rows, head, deep
        self.end, self.today, self.answers = end, today, answers
        self.key = f"{grid.name}!{head + 1}"
        self.columns = self._columns()
        self.fields = {c.index: c.field for c in self.columns if c.field and c.field != "contact"}
        self.uncached = set(grid.uncached)
        self.over = {
            (line, left)
            for top, left, bottom, _ in grid.merges
            for line in range(top + 1, bottom + 1)
        }
        self.questions: list[Question] = []
        self.known: dict[tuple[int, str], Cell] = {}

    def _columns(self) -> list[Column]:
        lines = self.rows[self.head : self.head + self.deep]
        headings = {}
        for index in range(len(lines[0])):
            parts = list(dict.fromkeys(line[index] for line in lines if line[index]))
            headings[index] = "/".join(parts)
        scored = [
            (score, -index, index, name)
            for index, heading in headings.items()
            for name, score in candidates(heading.rsplit("/", 1)[-1]) or candidates(heading)
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

    def read(self, above: list[list[str]], start: int) -> Table:
        out = [
            LeftOut(start + i + 1, " ".join(dict.fromkeys(filter(None, r))), "title")
            for i, r in enumerate(above)
            if any(r)
        ]
        titles = " ".join(entry.text for entry in out[-4:])
        items: list[Row] = []
        category = ""
        for at in range(self.head + self.deep, self.end):
            row = self.rows[at]
            why, text = self._leaves(at, row)
            if why == "title" and (section := _SECTION.match(text)):
                category = section["name"]
            if why:
                out.append(LeftOut(at + 1, text, why))
            else:
                items += self._items(at, row, category)
        width = max((c.index for c in self.columns), default=0)
        where = f"{self.grid.name}!A{self.head + 1}:{_letters(width)}{self.end}"
        return Table(where, self._kind(titles, where), self.columns, items, out)

    def _leaves(self, at: int, row: list[str]) -> tuple[str, str]:
        filled = [c for c in row if c]
        own = [c for i, c in enumerate(row) if c and (at, i) not in self.over]
        text = " ".join(filled)
        if self.answers.get(f"{self.grid.name}!{at + 1}:item"):
            return "", text
        if not own and not any((at, i) in self.uncached for i in self.fields):
            return "blank", text
        if any(_TOTAL.match(fold(c).replace(" ", "")) for c in own[:2]):
            return "total", text
        if len(own) == 1 and _SECTION.match(own[0]) and self._is_first(row, own[0]):
            return "title", own[0]
        if (
            len(own) <= 2
            and _NOTE.match(fold(own[0]) if own else "")
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
        parts = split_items(cells["title"].text) if "title" in cells else []
        if not parts:
            return [Row(at + 1, 1, cells)]
        return [
            Row(at + 1, n, cells | {"title": Cell(p, p, *_certainty(cells["title"]))})
            for n, p in enumerate(parts, 1)
        ]

    def _cells(self, index: int, name: str, text: str, merged: bool) -> dict[str, Cell]:
        if name == "unit":
            found = {k: Cell(v, v) for k, v in split_unit(text).items()}
        elif (index, text) in self.known:
            found = {name: self.known[index, text]}
        else:
            heading = next((c.heading for c in self.columns if c.index == index), "")
            cell = read_cell(name, text, today=self.today, measure=measure_in(heading))
            found = {name: cell}
            self.known[index, text] = cell
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


def _certainty(cell: Cell) -> tuple[str, float, str]:
    return cell.state, cell.sure, cell.why


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
