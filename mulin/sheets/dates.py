"""Reads due dates and periods as people write them; today is always an argument."""

import re
from datetime import date, timedelta

from mulin.hanzi import fold
from mulin.sheets.days import clean, end_in, last_of, relative, start_in, year_of
from mulin.sheets.feasts import feast_span
from mulin.sheets.reading import Due, Period
from mulin.sheets.weekly import weekly, without_monthly, without_weekly

_SOON = re.compile(r"尽快|尽早|立即|马上|急|近期|待定|随时|另行|asap|越快越好")
_OPEN = re.compile(
    r"长期|全年|常年|不限|随时|不定期|持续|每月|每天|每日|每季|每年|按需|预约|待定|常态"
)
_MONTHS = re.compile(
    r"(?:(?P<y>20\d\d|(?<!\d)1[0-3]\d)年?[./]?)?(?P<a>\d{1,2})月?份?[-~至到、](?:(?P<y2>20\d\d)年)?(?P<b>\d{1,2})月"
)
_SEASONS = {
    "暑假": ((7, 1), (8, 31)),
    "暑期": ((7, 1), (8, 31)),
    "寒假": ((1, 20), (2, 20)),
    "上半年": ((1, 1), (6, 30)),
    "下半年": ((7, 1), (12, 31)),
    "春季": ((3, 1), (5, 31)),
    "夏季": ((6, 1), (8, 31)),
    "秋季": ((9, 1), (11, 30)),
}
_DAYS_OF_MONTH = re.compile(r"(\d{1,2}月)\d{1,2}[日号]?[-~至到](\d{1,2})[日号](?!\d)")
_TO = re.compile(r"(?<!\d)(?<=[日号月底初旬])[-~至到](?=\d)|(?<=\d)[~至到](?=\d)")
_QUARTERS = re.compile(
    r"(?:(?P<y>20\d\d)年?)?第?(?P<a>[一二三四])(?:季度)?[、和至到~-]第?(?P<b>[一二三四])季度"
)
_WHOLE_YEAR = re.compile(r"(?P<y>20\d\d|(?<!\d)1[0-3]\d(?=年))年?(?:度|全年)?")
_Span = tuple[date | None, date | None, bool]


def due_choices(today: date) -> list[str]:
    """Return three likely days for "as soon as possible": two month ends and the year's."""
    following = last_of(today.year, today.month) + timedelta(days=1)
    ends = [last_of(today.year, today.month), last_of(following.year, following.month)]
    return list(dict.fromkeys(d.isoformat() for d in [*ends, date(today.year, 12, 31)]))


def read_due(text: str, *, today: date) -> Due:
    """Read the day by which something is due; `on` is None where the text names none.

    An undated year is that of `today`; a five-digit number is a spreadsheet's day count.
    """
    plain = _DAYS_OF_MONTH.sub(r"\1\2日", relative(clean(text), today))
    end = end_in(plain, today)
    if end is None:
        return Due(text, None, bool(plain))
    on, about = end
    return Due(text, on.isoformat(), about or bool(re.search("左右|约|预计", plain)))


def read_period(text: str, *, today: date) -> Period:
    """Read when something is available or wanted; times of a week go to `weekly`.

    Times that come once a month stay text: "每月15日" gives neither days nor weekly times.
    """
    plain = without_monthly(relative(clean(text), today))
    start, end, about = _span(without_weekly(plain), today)
    return Period(
        text,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        weekly(plain),
        about or bool(re.search("左右|约|不定期|前后|假期|期间", plain)),
    )


def _span(plain: str, today: date) -> _Span:
    between = _MONTHS.search(plain)
    if between and 1 <= int(between["a"]) <= 12 and 1 <= int(between["b"]) <= 12:
        year = year_of(between["y"], today)
        later = int(between["y2"]) if between["y2"] else year
        later += 1 if later == year and int(between["b"]) < int(between["a"]) else 0
        return date(year, int(between["a"]), 1), last_of(later, int(between["b"])), False
    ends = re.split(
        r"(?<!\d)(?<=[日号月底初旬])[-~至到](?=\d)|(?<=\d)[~至到](?=\d)", plain, maxsplit=1
    )
    if len(ends) == 1:
        ends = _halves(plain)
    if len(ends) == 2 and (first := start_in(ends[0], today)):
        named = end_in(ends[1], first)
        if last := _same_month(ends[1], first) or (named and named[0]):
            return first, last, False
    if found := _QUARTERS.search(plain):
        first_month, last_month = ("一二三四".index(found[n]) * 3 + 1 for n in "ab")
        year = year_of(found["y"], today)
        return date(year, first_month, 1), last_of(year, last_month + 2), False
    return _named_span(plain, today)


def _halves(plain: str) -> list[str]:
    """Split "2026.4.1-2026.6.30" at the dash that parts two dates of one form."""
    for match in re.finditer("-", plain):
        left, right = plain[: match.start()], plain[match.end() :]
        shapes = [re.sub(r"\d+", "0", part) for part in (left, right)]
        if shapes[0] == shapes[1] != "0" and re.search(r"[./月-]", left):
            return [left, right]
        if re.search(r"\d[./月]\d+[日号]?$", left) and re.match(r"\d+[./月日号]", right):
            return [left, right]
    return [plain]


def _same_month(right: str, first: date) -> date | None:
    """Read the "20日" of "3月1日至20日" in the month where the period begins."""
    found = re.fullmatch(r"(\d{1,2})[日号](?:前|止)?", right)
    if not found or not first.day <= int(found[1]) <= last_of(first.year, first.month).day:
        return None
    return first.replace(day=int(found[1]))


def _named_span(plain: str, today: date) -> _Span:
    whole = _WHOLE_YEAR.search(plain)
    year = year_of(whole and whole["y"], today)
    for word, (a, b) in _SEASONS.items():
        if word in plain:
            return date(year, *a), date(year, *b), word[1] in "假期"
    if "冬季" in plain:
        return date(year, 12, 1), last_of(year + 1, 2), False
    if (whole and whole[0] == plain) or "全年" in plain:
        return date(year, 1, 1), date(year, 12, 31), False
    if named := feast_span(plain, today):
        return *named, True
    start, end = start_in(plain, today), end_in(plain, today)
    if end and (open_start := re.match(r"即日起?|现在|至|截至|截止|到", plain)):
        from_today = open_start[0] in ("即日起", "即日", "现在")
        return today if from_today else None, end[0], False
    if re.search(r"起$|以后|之后|后$|开始$", plain):
        return start, None, False
    return start, end[0] if end else None, False


def is_period(text: str, period: Period) -> bool:
    """Say whether `text` was understood as a time at all."""
    plain = clean(text)
    return bool(period.starts_on or period.ends_on or period.weekly or _OPEN.search(plain)) or bool(
        re.search("假|节|周|月|季|年|日|午|晚|学期", plain)
    )


def is_soon(text: str) -> bool:
    """Say whether `text` asks for haste or leaves the day open, instead of naming one."""
    return bool(_SOON.search(fold(text)))
