"""A region: one table's lines in a grid, as the finders of tables give it to its reader."""

from dataclasses import dataclass, field

from mulin.sheets.headings import candidates


@dataclass
class Region:
    """One table's lines: all columns but its own are blank; `numbers` are its lines' sheet rows.

    `built` lines are not the sheet's own; `parts` tells lines of one sheet row apart.
    """

    rows: list[list[str]]
    head: int
    deep: int
    end: int
    above: list[tuple[int, str]]
    numbers: list[int]
    left: int = 0
    built: bool = False
    repeats: set[int] = field(default_factory=set)
    parts: list[int] = field(default_factory=list)


def line_text(row: list[str]) -> str:
    """Return a row's different cells in one line."""
    return " ".join(dict.fromkeys(filter(None, row)))


def names_title(heading: str) -> bool:
    """Say whether a column of this heading could hold what is offered or asked."""
    return any(name in ("title", "detail") for name, _ in candidates(heading))


def letters(index: int) -> str:
    """Return the letters of a column counted from 0: "A", "AB"."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found
