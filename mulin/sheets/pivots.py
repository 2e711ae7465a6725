"""Reads tables that cross what is wanted with who wants it or when: one item where two meet."""

import re

from mulin.hanzi import fold
from mulin.sheets.headings import measure_in, recognised
from mulin.sheets.regions import Region, line_text

_BODY = re.compile(
    r"(?:社区|街道|村|居委会|支部|党委|学校|小学|中学|幼儿园|公司|里|局|中心|网格|物业|医院|银行|苑|小区)$"
)
_SUM = re.compile(r"^(?:合计|总计|小计|共计|总数|汇总)")
_AMOUNT = re.compile(r"(?:约?\d[\d.,]*(?:余|多)?[^\d\s]{0,3}|[√✓✔○]|有|若干|无|0|-|/|)")
_TIME = re.compile(
    r"(?:20\d\d年)?(?:第?[一二三四1-4]季度?|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?|[上下]半年|"
    r"\d{1,2}[-~至]\d{1,2}月|(?:周|星期)[一二三四五六日])"
)
_HIGHEST = 20
_EMPTY = ("", "0", "-", "—", "/", "无")


def pivot(rows: list[list[str]]) -> Region | None:
    """Return the page's crossed table with one line for each meeting; None where it is none."""
    for head, row in enumerate(rows[:_HIGHEST]):
        units = [i for i, c in enumerate(row) if c and _BODY.search(fold(c)) and len(c) <= 15]
        if len({row[i] for i in units}) >= 2 and (found := _crossed(rows, head, units)):
            return found
    return None


def _crossed(rows: list[list[str]], head: int, units: list[int]) -> Region | None:
    first = min(units)
    if sum(recognised(c) for c in rows[head][first:]) > 1:
        return None
    end = _end(rows, head + 1)
    things = [at for at in range(head + 1, end) if _thing(rows[at], first)]
    held = [rows[at][i] for at in things for i in units]
    amounts = sum(any(map(str.isdigit, c)) for c in held)
    plain = all(_AMOUNT.fullmatch(c) for c in held)
    if len(things) < 2 or not plain or amounts * 3 < len(held):
        return None
    return _unrolled(rows, head, units, things)


def _end(rows: list[list[str]], first: int) -> int:
    return next((at for at in range(first, len(rows)) if not any(rows[at])), len(rows))


def _thing(row: list[str], first: int) -> str:
    """Return what a line is about: the last words before its amounts."""
    words = [c for c in row[:first] if c and not c.isdigit()]
    return "" if not words or _SUM.match(fold(words[-1])) else words[-1]


def _unrolled(rows: list[list[str]], head: int, units: list[int], things: list[int]) -> Region:
    lines, numbers, parts = [["需求名称", "提出单位", "数量"]], [head + 1], [1]
    for at in things:
        thing = _thing(rows[at], min(units))
        measure = measure_in(thing)
        name = re.sub(r"[（(][^（()）]*[)）]$", "", thing) if measure else thing
        met = [i for i in units if rows[at][i] not in _EMPTY]
        for part, index in enumerate(met, 1):
            amount = rows[at][index]
            lines.append(
                [name, rows[head][index], amount + measure if amount.isdigit() else amount]
            )
            numbers.append(at + 1)
            parts.append(part)
    above = [(i + 1, line_text(rows[i])) for i in range(head) if any(rows[i])]
    return Region(lines, 0, 1, len(lines), above, numbers, built=True, parts=parts)


def by_time(rows: list[list[str]]) -> Region | None:
    """Return the page's table of things under quarters or months, a line for each; else None."""
    for head, row in enumerate(rows[:_HIGHEST]):
        times = [i for i, c in enumerate(row) if c and _TIME.fullmatch(fold(c).replace(" ", ""))]
        rest = [c for c in row[times[0] :] if c] if times else []
        only = all(_TIME.fullmatch(fold(c).replace(" ", "")) or _SUM.match(fold(c)) for c in rest)
        if len({row[i] for i in times}) >= 2 and only and any(row[: times[0]]):
            return _timed(rows, head, times)
    return None


def _timed(rows: list[list[str]], head: int, times: list[int]) -> Region | None:
    lines, numbers, parts = [["类别", "内容", "时间"]], [head + 1], [1]
    for at in range(head + 1, _end(rows, head + 1)):
        thing = _thing(rows[at], times[0])
        held = [i for i in times if rows[at][i] not in _EMPTY]
        if any(rows[at][i].isdigit() for i in held):
            return None
        for part, index in enumerate(held if thing else [], 1):
            lines.append([thing, rows[at][index], rows[head][index]])
            numbers.append(at + 1)
            parts.append(part)
    if len(lines) < 3:
        return None
    above = [(i + 1, line_text(rows[i])) for i in range(head) if any(rows[i])]
    return Region(lines, 0, 1, len(lines), above, numbers, built=True, parts=parts)
