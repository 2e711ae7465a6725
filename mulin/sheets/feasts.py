"""Knows the days of feasts, those of the lunar calendar by table."""

import re
from datetime import date, timedelta

# First day of the first lunar month, 5/5, 7/7, 8/15, 9/9, for each year from 2022; computed from
# new moons and the sun's longitude in Beijing time and checked against published holidays.
_LUNAR_FROM = 2022
_LUNAR = (
    ("02-01", "06-03", "08-04", "09-10", "10-04"),
    ("01-22", "06-22", "08-22", "09-29", "10-23"),
    ("02-10", "06-10", "08-10", "09-17", "10-11"),
    ("01-29", "05-31", "08-29", "10-06", "10-29"),
    ("02-17", "06-19", "08-19", "09-25", "10-18"),
    ("02-06", "06-09", "08-08", "09-15", "10-08"),
    ("01-26", "05-28", "08-26", "10-03", "10-26"),
    ("02-13", "06-16", "08-16", "09-22", "10-16"),
    ("02-03", "06-05", "08-05", "09-12", "10-05"),
    ("01-23", "06-24", "08-24", "10-01", "10-24"),
    ("02-11", "06-12", "08-12", "09-19", "10-12"),
    ("01-31", "06-01", "08-01", "09-08", "10-01"),
    ("02-19", "06-20", "08-20", "09-27", "10-20"),
    ("02-08", "06-10", "08-10", "09-16", "10-09"),
)
# Word, column of the table, days from it.
_BY_MOON = {
    "元宵": (0, 14),
    "正月十五": (0, 14),
    "除夕": (0, -1),
    "小年": (0, -7),
    "腊八": (0, -22),
    "春节": (0, 0),
    "新春": (0, 0),
    "过年": (0, 0),
    "端午": (1, 0),
    "七夕": (2, 0),
    "中秋": (3, 0),
    "重阳": (4, 0),
}
_BY_SUN = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "三八": (3, 8),
    "学雷锋": (3, 5),
    "植树节": (3, 12),
    "清明": (4, 5),
    "读书日": (4, 23),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "青年节": (5, 4),
    "五四": (5, 4),
    "护士节": (5, 12),
    "助残日": (5, 17),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "建党": (7, 1),
    "七一": (7, 1),
    "建军节": (8, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一假期": (10, 1),
    "十一期间": (10, 1),
    "消防日": (11, 9),
    "宪法日": (12, 4),
    "志愿者日": (12, 5),
    "圣诞": (12, 25),
}
# How long people are off: days before the feast and after it.
_HOLIDAY = {"春节": (1, 6), "新春": (1, 6), "国庆": (0, 6), "劳动节": (0, 4), "五一": (0, 4)}
_OTHER_HOLIDAY = (0, 2)
_NEAR = 7


def feast(plain: str, today: date) -> date | None:
    """Return the day of the feast that folded text names, the next one where it names no year."""
    word = _word(plain)
    if not word:
        return None
    written = re.search(r"(20\d\d)", plain)
    if written:
        return _day(word, int(written[1]))
    day = _day(word, today.year)
    return day if day and day >= today else _day(word, today.year + 1)


def feast_span(plain: str, today: date) -> tuple[date | None, date | None] | None:
    """Return first and last day around a feast: "国庆期间", "春节前后", "中秋前"; None if none."""
    day = feast(plain, today)
    if day is None:
        return None
    if re.search("前后|左右", plain):
        return day - timedelta(days=_NEAR), day + timedelta(days=_NEAR)
    if re.search(r"[节假\u4e00-\u9fff]前|之前|以前", plain):
        return None, day
    if re.search("期间|假期|长假|假日|放假|黄金周", plain):
        before, after = _HOLIDAY.get(_word(plain), _OTHER_HOLIDAY)
        return day - timedelta(days=before), day + timedelta(days=after)
    return day, day


def _word(plain: str) -> str:
    return next((word for word in (*_BY_MOON, *_BY_SUN) if word in plain), "")


def _day(word: str, year: int) -> date | None:
    if word in _BY_SUN:
        return date(year, *_BY_SUN[word])
    if not 0 <= year - _LUNAR_FROM < len(_LUNAR):
        return None
    column, days = _BY_MOON[word]
    return date.fromisoformat(f"{year}-{_LUNAR[year - _LUNAR_FROM][column]}") + timedelta(days=days)
