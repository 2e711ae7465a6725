"""Guesses what the columns of a table without headings hold, from their cells."""

import re
from datetime import date

from mulin.sheets.dates import read_due, read_period
from mulin.sheets.quantities import read_quantity
from mulin.sheets.regions import Region, line_text

_UNIT = re.compile(
    r"(?:社区|社區|街道|居委会|居委會|村|公司|集团|集團|局|委|办|辦|所|院|校|学|學|园|園|支部|党委|黨委|总支"
    r"|银行|銀行|中心|协会|協會|商会|商會|小组|小組|队|隊|站|物业|物業|单位|單位|馆|館|店|厅|廳|会|會)$"
)
_CATEGORY = re.compile(r".{1,8}(?:类|類|服务|服務)")
_MONTH = re.compile(r"\d{4}\s*[-./年]|月|季度|年底|\d[./]\d|尽快|盡快")
_SERVING = re.compile(
    r"(?:老人|老年人|居民|儿童|兒童|青少年|残疾人|殘疾人|群众|群眾|家庭|学生|學生|者)$"
)


def is_body(text: str) -> bool:
    """Say whether a whole cell reads as the name of an organisation."""
    return bool(_UNIT.search(text)) or text in ("居民", "居民代表", "群众")


def headless(rows: list[list[str]]) -> tuple[Region, dict[int, str]] | None:
    """Return the region of a table without headings and its fields by column; None if none."""
    wide = [at for at, row in enumerate(rows) if sum(map(bool, row)) >= 2]
    if len(wide) < 2:
        return None
    first = wide[0]
    above = [(i + 1, line_text(rows[i])) for i in range(first) if any(rows[i])]
    columns = {
        index: cells
        for index in range(len(rows[0]))
        if len(cells := [rows[at][index] for at in wide if rows[at][index]]) * 2 >= len(wide)
    }
    fields = _fields(columns)
    if "title" not in fields.values():
        return None
    numbers = list(range(1, len(rows) + 1))
    return Region(rows, first, 0, len(rows), above, numbers), fields


def _fields(columns: dict[int, list[str]]) -> dict[int, str]:
    fields: dict[int, str] = {}
    # Short cells first: what is listed is longer than who offers it, and may end like a unit.
    for index, cells in sorted(columns.items(), key=lambda pair: sum(map(len, pair[1]))):
        name = _field(cells)
        if name and name not in fields.values():
            fields[index] = name
    left = [i for i in columns if i not in fields]
    if not left:
        # A table lists something: what looks like units may be the things themselves.
        left = [i for i, name in fields.items() if name in ("serving", "category", "unit")][:1]
    longest = sorted(left, key=lambda i: -sum(map(len, columns[i])) / len(columns[i]))
    return fields | dict(zip(longest, ("title", "remark"), strict=False))


def _field(cells: list[str]) -> str:
    share = 0.6 * len(cells)
    if all(re.fullmatch(r"\d{1,4}", c) for c in cells):
        counted = [int(c) for c in cells]
        if counted == list(range(counted[0], counted[0] + len(counted))):
            return "number"
    short = [c for c in cells if len(c) <= 16]
    day = date(2000, 1, 1)
    if sum(bool(_MONTH.search(c)) and bool(_due(c, day)) for c in short) >= share:
        return "due"
    if sum(bool((p := read_period(c, today=day)).weekly or p.starts_on) for c in short) >= share:
        return "period"
    if sum(read_quantity(c).amount is not None or c == "若干" for c in short) >= share:
        return "quantity"
    for name, pattern in (("unit", _UNIT), ("serving", _SERVING), ("category", _CATEGORY)):
        if sum(bool(pattern.search(c)) for c in cells) >= share:
            return name
    return ""


def _due(text: str, day: date) -> bool:
    return read_due(text, today=day).on is not None or text in ("尽快", "盡快")
