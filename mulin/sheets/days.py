"""Finds the days that a text names: dates, months, quarters, years and feasts."""

import calendar
import re
from datetime import date, timedelta

from mulin.hanzi import fold, number
from mulin.sheets.feasts import feast

_YMD = re.compile(
    r"(?:(?P<y>(?<!\d)(?:20\d\d|1[0-3]\d|\d{2}(?=年)))[年./-]|(?<![\d.]))"
    r"(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?(?![\d月])"
)
_YM = re.compile(
    r"(?:(?P<y>(?<!\d)(?:20\d\d|1[0-3]\d|\d\d(?=年)))[年./-])?(?P<m>\d{1,2})月?(?P<part>底|末|初|上旬|中旬|下旬|中)?"
)
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<y>2\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)")
_QUARTER = re.compile(r"(?:(?P<y>\d{4})年?)?第?(?P<q>[一二三四1-4])(?:个)?季度?")
_YEAR = re.compile(r"(?P<y>20\d\d)(?:年度?)?|(?<!\d)(?P<roc>1[0-3]\d)年度?")
_WHOLE = re.compile("年底|年末|年内|年终|全年|下半年|岁末")
# A spreadsheet's day count: 2009 to 2078.
_SERIAL = re.compile(r"[4-6]\d{4}(?:\.0)?")


def clean(text: str) -> str:
    """Fold text for reading times: no spaces, one kind of dash, months and days in figures."""
    plain = re.sub(r"(?<=\d)\s+\d{1,2}:\d{2}(?::\d{2})?\s*$", "", fold(text).strip())
    # A space may be all that parts a day from an hour: "周1-5 9:00".
    plain = re.sub(r"(?<=[\d一二三四五六日天末])\s+(?=\d{1,2}[:点时])", ",", plain)
    plain = re.sub(r"\s+", "", plain).replace("民国", "")
    plain = re.sub("[\u2013\u2014\u2212～〜]+", "-", plain).replace("--", "-")
    return re.sub(
        r"([一二三四五六七八九十]{1,3})(?=[月日号])",
        lambda m: str(int(number(m[1]) or 0)) or m[1],
        plain,
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def year_of(written: str | None, today: date) -> int:
    """Return the year written in two, three (of the Republic) or four figures, else today's."""
    if not written:
        return today.year
    return int(written) + {2: 2000, 3: 1911}.get(len(written), 0)


def relative(plain: str, today: date) -> str:
    """Write the year where the text says this or next year, and the day where it says a weekday."""
    plain = re.sub("今年|本年度?", f"{today.year}年", plain)
    plain = re.sub("明年|次年|翌年", f"{today.year + 1}年", plain)
    if found := re.search(r"(?P<next>本|这|下)(?:周|星期)(?P<day>[一二三四五六日])", plain):
        monday = today - timedelta(days=today.weekday())
        days = "一二三四五六日".index(found["day"]) + 7 * (found["next"] == "下")
        plain = plain.replace(found[0], (monday + timedelta(days=days)).isoformat())
    return plain


def end_in(plain: str, today: date) -> tuple[date, bool] | None:
    """Return the last day that cleaned text names and whether it is inexact; None if none."""
    if _SERIAL.fullmatch(plain):
        return date(1899, 12, 30) + timedelta(days=int(float(plain))), False
    days = [
        d
        for pattern in (_DIGITS, _YMD, _SHORT_YEAR)
        for m in pattern.finditer(plain)
        if (d := _day(year_of(m["y"], today), int(m["m"]), int(m["d"])))
    ]
    if days:
        return days[-1], False
    if match := list(_QUARTER.finditer(re.sub(r"q([1-4])", r"\1季度", plain))):
        m = match[-1]
        return last_of(year_of(m["y"], today), int(number(m["q"]) or 1) * 3), True
    return _end_of_month(plain, today) or _end_of_year(plain, today)


def _end_of_month(plain: str, today: date) -> tuple[date, bool] | None:
    months = [m for m in _YM.finditer(plain) if "月" in m[0] or re.search(r"\d{3,4}[./-]\d", m[0])]
    if not months or not 1 <= int(months[-1]["m"]) <= 12:
        return None
    m = months[-1]
    year, month = year_of(m["y"], today), int(m["m"])
    early = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}.get(m["part"] or "")
    return (date(year, month, early) if early else last_of(year, month)), bool(m["part"] != "底")


def _end_of_year(plain: str, today: date) -> tuple[date, bool] | None:
    match = _YEAR.search(plain)
    year = year_of(match["y"] or match["roc"], today) if match else today.year
    if re.search("上半年|半年度|年中", plain):
        return date(year, 6, 30), True
    if re.search("下个?月", plain):
        following = last_of(today.year, today.month) + timedelta(days=1)
        return last_of(following.year, following.month), "底" not in plain
    if day := feast(plain, today):
        return day, True
    if re.search("本月|月底|月末|当月", plain):
        return last_of(today.year, today.month), False
    if re.search("年底|年末|年内|年终|全年|下半年|岁末", plain) or (
        match and _YEAR.fullmatch(plain)
    ):
        return date(year, 12, 31), "底" not in plain
    return None


def start_in(plain: str, today: date) -> date | None:
    """Return the first day that cleaned text names: a month begins on its first."""
    end = end_in(plain, today)
    if end is None:
        match = re.search(r"(20\d\d)年?起", plain)
        return date(int(match[1]), 1, 1) if match else None
    on = end[0]
    if _YMD.search(plain) or _DIGITS.search(plain) or _SERIAL.fullmatch(plain):
        return on
    if _QUARTER.search(plain):
        return date(on.year, on.month - 2, 1)
    if "旬" in plain:
        return on.replace(day=11 if "中旬" in plain else 21 if "下旬" in plain else 1)
    return on.replace(day=1) if _end_of_month(plain, today) else None
