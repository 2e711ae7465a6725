"""Reads files, pasted text and stored grids into tables."""

from datetime import date
from pathlib import Path
from typing import Any

from mulin.sheets.cutting import cut_grid
from mulin.sheets.grids import open_grids
from mulin.sheets.guessing import headless
from mulin.sheets.layout import filled, regions
from mulin.sheets.pasted import grids_of
from mulin.sheets.reader import Reader
from mulin.sheets.reading import N_, Cut, Grid, Problem, Question, Reading, Table
from mulin.sheets.refusals import Refused, refusal
from mulin.sheets.regions import letters

NO_HEADER = N_("No heading row was found. A row such as 单位, 需求内容, 数量 is accepted.")
HIDDEN = N_("The sheet %(sheet)s is hidden. It was read all the same; leave it out if unwanted.")
HIDDEN_ROWS = N_("%(count)s rows are hidden (%(rows)s). They were read all the same.")
HIDDEN_COLUMNS = N_("The columns %(columns)s are hidden. They were read all the same.")


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
    clean: list[Grid] = []
    cuts: list[Cut] = []
    for grid in grids:
        kept, found = cut_grid(grid)
        clean.append(kept)
        cuts += found
    reading = interpret(clean, today=today)
    return Reading(reading.tables, reading.questions, reading.problems, cuts, clean)


def interpret(grids: list[Grid], *, today: date, answers: dict[str, Any] | None = None) -> Reading:
    """Read stored grids again, with a person's answers: {"Sheet1!3:kind": "need",
    "Sheet1!3:columns": {"2": "title"}, "Sheet1!9:item": True}; rows count from 1 as in the sheet.
    """
    tables: list[Table] = []
    questions: list[Question] = []
    problems: list[Problem] = []
    for grid in grids:
        rows, copied = filled(grid)
        found = regions(grid, rows)
        fields: dict[int, str] = {}
        if not found and (guess := headless(rows)):
            found, fields = [guess[0]], guess[1]
        for region in found:
            table = Reader(grid, region, copied, today, answers or {}, fields)
            tables.append(table.read())
            questions += table.questions
        problems += _notices(grid, any_found=bool(found))
    return Reading(tables, questions, problems, [], grids)


def _notices(grid: Grid, *, any_found: bool) -> list[Problem]:
    notices = []
    if not any_found:
        notices.append(Problem("no_header", grid.name, NO_HEADER))
    if grid.hidden:
        notices.append(Problem("hidden", grid.name, HIDDEN, {"sheet": grid.name}))
    if grid.hidden_rows:
        rows = "、".join(map(str, grid.hidden_rows[:20]))
        params = {"rows": rows, "count": len(grid.hidden_rows)}
        notices.append(Problem("hidden_rows", f"{grid.name}!{rows}", HIDDEN_ROWS, params))
    width = max((len(row) for row in grid.rows), default=0)
    columns = [letters(n - 1) for n in grid.hidden_columns if n <= width]
    if columns:
        named = "、".join(columns)
        params = {"columns": named}
        notices.append(Problem("hidden_columns", f"{grid.name}!{named}", HIDDEN_COLUMNS, params))
    return notices
