"""A table on paper: its words made harmless, and the breadth of its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

Cell = str | int | float | Decimal | None

FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000
NARROW, WIDE = 6, 34


@dataclass(frozen=True)
class Sheet:
    """A table with its title above and, below it, `note`: where it comes from and of which hour.

    Texts stay texts whatever they look like; int, float and Decimal become numbers.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def harmless(text: str) -> str:
    """Text that no program takes for a formula and every one can read.

    The apostrophe is added in Word too, because tables are copied from there into spreadsheets.
    """
    plain = UNPRINTABLE.sub("", text.replace("\r\n", "\n"))[:LONGEST]
    starts = plain.startswith(FORMULA_STARTS) or plain.lstrip().startswith(FORMULA_STARTS)
    return "'" + plain if starts else plain


def breadths(sheet: Sheet) -> list[int]:
    """How broad each column is, in Latin letters; what is longer breaks into lines."""
    lines = [sheet.columns, *sheet.rows[:200]]
    return [
        min(WIDE, max(NARROW, *(_breadth(line[at]) for line in lines)) + 2)
        for at in range(len(sheet.columns))
    ]


def line_count(row: Sequence[Cell], room: Sequence[int]) -> int:
    """How many lines the row takes in columns that broad; programs don't all work it out."""
    return max(
        (
            sum(max(1, ceil(_length(line) / max(1, width - 2))) for line in _lines(value))
            for value, width in zip(row, room, strict=True)
        ),
        default=1,
    )


def _breadth(value: Cell) -> int:
    return max(_length(line[:WIDE]) for line in _lines(value))


def _lines(value: Cell) -> list[str]:
    return ("" if value is None else str(value)).splitlines() or [""]


def _length(text: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)
