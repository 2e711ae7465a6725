"""Reads due dates and periods as people write them; today is always an argument."""

import calendar
import re
from datetime import date, timedelta
from typing import Any

from mulin.hanzi import fold, number
from mulin.sheets.reading import Due, Period

_YMD = re.compile(
    r"(?:(?P<y>\d{4}|\d{2}(?=年))[年./-])?(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?(?!\d)"
)
_YM = re.compile(r"(?:(?P<y>\d{4})[年./-])?(?P<m>\d{1,2})月?(?P<part>底|末|初|上旬|中旬|下旬|中)?")
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<y>2\d)[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})(?!\d)")
_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "六一": (6, 1), "七一": (7, 1), "八一": (8, 1)}
_FEASTS |= {"国庆": (10, 1), "劳动节": (5, 1), "妇女节": (3, 8), "儿童节": (6, 1), "建党": (7, 1)}
_DIGITS = re.compile(r"(?<!\d)(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)")
_QUARTER = re.compile(r"(?:(?P<y>\d{4})年?)?第?(?P<q>[一二三四1-4])(?:个)?季度?")
_YEAR = re.compile(r"(?P<y>20\d\d)(?:年度?)?")
_SOON = re.compile(r"尽快|尽早|立即|马上|急|近期|待定|随时|另行|asap|越快越好")
_OPEN = re.compile(r"长期|全年|常年|不限|随时|不定期|持续|每月|每天|每日|每季|每年|按需|预约")
_DAYS = (
    {c: i for i, c in enumerate("一二三四五六日")}
    | {"天": 6, "末": 5}
    | {str(i + 1): i for i in range(7)}
)
_DAY = r"[一二三四五六日天末1-7]"
_WEEKLY = re.compile(
    rf"(?:每?(?:周|星期|礼拜))(?P<a>[一二三四五六日天末]|[1-7](?![\d点:.]))(?![次场回节个]|小时|两次|[至到~-][\d一二三]次)(?:[至到~-](?:周|星期)?(?P<b>{_DAY}))?"
)
_MORE_DAYS = re.compile(
    rf"[、和及,，](?:每?(?:周|星期))?(?P<a>{_DAY})(?![\d个月年.:])"
    rf"|[、和及,，]每?(?:周|星期)(?P<b>{_DAY})"
)
_CLOCK = re.compile(
    r"(?P<w>上午|下午|晚上?|早上?|中午)?(?P<h>\d{1,2})(?:[:：点时](?P<m>\d{2}|半)?分?)"
    r"[-~至到—–](?P<w2>上午|下午|晚上?|中午|次日)?(?P<h2>\d{1,2})(?:[:：点时](?P<m2>\d{2}|半)?分?)?"
)
_PARTS = {"上午": ("09:00", "12:00"), "下午": ("14:00", "17:30"), "晚": ("19:00", "21:00")}


def _clean(text: str) -> str:
    plain = re.sub(r"(?<=\d)\s+\d{1,2}:\d{2}(?::\d{2})?\s*$", "", fold(text))
    plain = re.sub(r"\s+", "", plain).replace("–", "-").replace("—", "-").replace("～", "~")
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


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _year(written: str | None, today: date) -> int:
    if not written:
        return today.year
    return int(written) + 2000 if len(written) == 2 else int(written)


def due_choices(today: date) -> list[str]:
    """Return three likely days for "as soon as possible": two month ends and the year's."""
    following = _last(today.year, today.month) + timedelta(days=1)
    ends = [_last(today.year, today.month), _last(following.year, following.month)]
    return list(dict.fromkeys(d.isoformat() for d in [*ends, date(today.year, 12, 31)]))


def read_due(text: str, *, today: date) -> Due:
    """Read the day by which something is due; `on` is None where the text names none.

    An undated year is that of `today`; a five-digit number is a spreadsheet's day count.
    """
    plain = _clean(text)
    relative = plain.replace("今年", str(today.year) + "年").replace("本年", f"{today.year}年")
    plain = relative.replace("明年", f"{today.year + 1}年").replace("次年", f"{today.year + 1}年")
    if re.fullmatch(r"[3-6]\d{4}(?:\.0)?", plain):
        return Due(text, (date(1899, 12, 30) + timedelta(days=int(float(plain)))).isoformat())
    end = _end(plain, today)
    if end is None:
        return Due(text, None, bool(plain))
    on, about = end
    return Due(text, on.isoformat(), about or bool(re.search("左右|约|预计", plain)))


def _end(plain: str, today: date) -> tuple[date, bool] | None:
    days = [
        d
        for pattern in (_DIGITS, _YMD)
        for m in pattern.finditer(plain)
        if (d := _day(_year(m["y"], today), int(m["m"]), int(m["d"])))
    ]
    if days:
        return days[-1], False
    if short := _SHORT_YEAR.search(plain):
        day = _day(2000 + int(short["y"]), int(short["m"]), int(short["d"]))
        if day:
            return day, False
    if match := list(_QUARTER.finditer(re.sub(r"q([1-4])", r"\1季度", plain))):
        m = match[-1]
        return _last(_year(m["y"], today), int(number(m["q"]) or 1) * 3), True
    months = [m for m in _YM.finditer(plain) if "月" in m[0] or re.search(r"\d{4}[./-]\d", m[0])]
    if months and 1 <= int(months[-1]["m"]) <= 12:
        m = months[-1]
        year, month = _year(m["y"], today), int(m["m"])
        early = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}.get(m["part"] or "")
        return (date(year, month, early) if early else _last(year, month)), bool(m["part"] != "底")
    return _end_of_year(plain, today)


def _end_of_year(plain: str, today: date) -> tuple[date, bool] | None:
    match = _YEAR.search(plain)
    year = int(match["y"]) if match else today.year
    if re.search("上半年|半年度", plain):
        return date(year, 6, 30), True
    if re.search("下个?月", plain):
        following = _last(today.year, today.month) + timedelta(days=1)
        return _last(following.year, following.month), "底" not in plain
    if feast := next((word for word in _FEASTS if word in plain), ""):
        day = date(year, *_FEASTS[feast])
        return (day if match or day >= today else date(year + 1, *_FEASTS[feast])), True
    if re.search("本月底|月底|本月", plain):
        return _last(today.year, today.month), False
    if re.search("年底|年末|年内|年终|全年|下半年", plain) or (match and _YEAR.fullmatch(plain)):
        return date(year, 12, 31), "底" not in plain
    return None


def read_period(text: str, *, today: date) -> Period:
    """Read when something is available or wanted; recurring times go to `weekly`."""
    plain = _clean(text).replace("今年", f"{today.year}年").replace("明年", f"{today.year + 1}年")
    weekly = _weekly(plain)
    start, end, about = _span(plain, today)
    return Period(
        text,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        weekly,
        about or bool(re.search("左右|约|不定期|节前后|假期|期间", plain)),
    )


def _weekly(plain: str) -> list[dict[str, Any]]:
    days: list[int] = []
    match = _WEEKLY.search(plain)
    if match:
        first = _DAYS[match["a"]]
        last = _DAYS[match["b"]] if match["b"] else (6 if match["a"] == "末" else first)
        days = list(range(first, last + 1))
        at = match.end()
        while more := _MORE_DAYS.match(plain, at):
            days.append(_DAYS[more["a"] or more["b"]])
            at = more.end()
    elif "工作日" in plain:
        days = [0, 1, 2, 3, 4]
    elif "双休日" in plain:
        days = [5, 6]
    elif re.search("每[天日晚]", plain):
        days = list(range(7))
    hours = _hours(plain)
    return [{"day": d, "from": a, "to": b} for d in dict.fromkeys(days) for a, b in hours]


def _hours(plain: str) -> list[tuple[str | None, str | None]]:
    found: list[tuple[str | None, str | None]] = []
    for m in _CLOCK.finditer(plain):
        late = m["w"] or ""
        end_word = m["w2"] or late
        found.append((_clock(m["h"], m["m"], late), _clock(m["h2"], m["m2"], end_word)))
    if found:
        return found
    named = [hours for word, hours in _PARTS.items() if word in plain]
    return list(named) or [(None, None)]


def _clock(hour: str, minute: str | None, word: str) -> str:
    h = int(hour)
    h += 12 if word[:1] in ("下", "晚") and h < 12 else 0
    return f"{min(h, 24):02d}:{'30' if minute == '半' else minute or '00'}"


def _span(plain: str, today: date) -> tuple[date | None, date | None, bool]:
    ends = re.split(r"[-~至到](?=\d)", re.sub(r"\d{1,2}[:点时].*$", "", plain))
    between = re.search(
        r"(?:(?P<y>20\d\d)年)?(?P<a>\d{1,2})月?[-~至到](?:(?P<y2>20\d\d)年)?(?P<b>\d{1,2})月", plain
    )
    if between and 1 <= int(between["a"]) <= 12 and 1 <= int(between["b"]) <= 12:
        year = _year(between["y"], today)
        later = int(between["y2"]) if between["y2"] else year
        later += 1 if later == year and int(between["b"]) < int(between["a"]) else 0
        return date(year, int(between["a"]), 1), _last(later, int(between["b"])), False
    if len(ends) == 2 and (first := _start(ends[0], today)) and (last := _end(ends[1], first)):
        return first, last[0], False
    return _named_span(plain, today)


def _named_span(plain: str, today: date) -> tuple[date | None, date | None, bool]:
    year = _year((m := re.search(r"(20\d\d)年?", plain)) and m[1], today)
    for word, (a, b) in {
        "暑假": ((7, 1), (8, 31)),
        "寒假": ((1, 20), (2, 20)),
        "上半年": ((1, 1), (6, 30)),
        "下半年": ((7, 1), (12, 31)),
        "春季": ((3, 1), (5, 31)),
        "夏季": ((6, 1), (8, 31)),
        "秋季": ((9, 1), (11, 30)),
    }.items():
        if word in plain:
            return date(year, *a), date(year, *b), "假" in word
    if (m and re.fullmatch(r"20\d\d年?(?:度|全年)?", plain)) or "全年" in plain:
        return date(year, 1, 1), date(year, 12, 31), False
    start, end = _start(plain, today), _end(plain, today)
    if end and (open_start := re.match(r"即日起?|现在|至|截至|截止|到", plain)):
        from_today = open_start[0] in ("即日起", "即日", "现在")
        return today if from_today else None, end[0], False
    if re.search(r"起$|以后|之后|后$", plain):
        return start, None, False
    return start, end[0] if end else None, False


def _start(plain: str, today: date) -> date | None:
    end = _end(plain, today)
    if end is None:
        match = re.search(r"(20\d\d)年?起", plain)
        return date(int(match[1]), 1, 1) if match else None
    on = end[0]
    if _YMD.search(plain) or _DIGITS.search(plain):
        return on
    if _QUARTER.search(plain):
        return date(on.year, on.month - 2, 1)
    if "旬" in plain:
        return on.replace(day=11 if "中旬" in plain else 21 if "下旬" in plain else 1)
    return on.replace(day=1) if "月" in plain else None


def is_period(text: str, period: Period) -> bool:
    """Say whether `text` was understood as a time at all."""
    plain = _clean(text)
    return bool(period.starts_on or period.ends_on or period.weekly or _OPEN.search(plain)) or bool(
        re.search("假|节|周|月|季|年|日|午|晚|学期", plain)
    )


def is_soon(text: str) -> bool:
    """Say whether `text` asks for haste or leaves the day open, instead of naming one."""
    return bool(_SOON.search(fold(text)))
