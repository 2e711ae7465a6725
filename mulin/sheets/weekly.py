"""Reads times that come again every week: "每周六上午9:00-11:30"."""

import re
from typing import Any

_DAYS = (
    {c: i for i, c in enumerate("一二三四五六日")}
    | {"天": 6, "末": 5}
    | {str(i + 1): i for i in range(7)}
)
_WEEK = r"(?:周|星期|礼拜)"
_DAY = r"(?:[一二三四五六日天末]|[1-7](?![\d点.]|:\d))"
_FIRST = re.compile(
    rf"[每逢]?{_WEEK}(?P<a>{_DAY})(?![次场回节个天]|小时|两次|[至到~-][\d一二三]次)"
    rf"(?:[至到~-]{_WEEK}?(?P<b>{_DAY}))?"
)
_MORE = re.compile(
    rf"[、和及与,，/]?(?:[每逢]?{_WEEK})(?P<a>{_DAY})(?:[至到~-]{_WEEK}?(?P<to>{_DAY}))?"
    rf"|[、和及与,，/](?P<b>[一二三四五六日天末](?![个月年])|[1-7](?![\d个月年.:点]))"
    r"|(?P<c>[一二三四五六日](?=[一二三四五六日、,，和及至\d上下晚]|$))"
)
_CLOCK = re.compile(
    r"(?P<w>上午|下午|晚上?|早上?|中午|凌晨)?(?P<h>\d{1,2})(?:[:：点时](?P<m>\d{2}|半)?分?)?"
    r"[-~至到](?P<w2>上午|下午|晚上?|中午|次日)?(?P<h2>\d{1,2})[:：点时](?P<m2>\d{2}|半)?分?"
    r"|(?P<w3>上午|下午|晚上?|早上?|中午|凌晨)?(?P<h3>\d{1,2})[:：点时](?P<m3>\d{2}|半)?分?"
    r"[-~至到](?P<w4>上午|下午|晚上?|中午|次日)?(?P<h4>\d{1,2})(?![\d月日号])"
)
_PARTS = {"上午": ("09:00", "12:00"), "下午": ("14:00", "17:30"), "晚": ("19:00", "21:00")}
# Once a month is no week: "每月15日", "每月第一个周六".
_MONTHLY = re.compile(
    r"每(?:个)?(?:月|季度?|年)(?:的)?(?:"
    rf"\d{{1,2}}[日号](?:[、和,~至-]\d{{1,2}}[日号])*"
    rf"|(?:第[一二三四五\d]|首|最后一?|上旬|中旬|下旬)个?{_WEEK}?[一二三四五六日天末]?"
    r"|上旬|中旬|下旬|月?[初中底末])"
)


def without_monthly(plain: str) -> str:
    """Return the text without times that come once a month, which are kept as text only."""
    return _MONTHLY.sub("", plain)


def without_weekly(plain: str) -> str:
    """Return the text without weekdays and hours, whose figures are no dates."""
    found = _FIRST.search(plain)
    if found:
        at = found.end()
        while more := _MORE.match(plain, at):
            at = more.end()
        plain = plain[: found.start()] + "," + plain[at:]
    return re.sub(r"\d{1,2}[:点时]\d{0,2}半?分?", "", _CLOCK.sub("", plain))


def weekly(plain: str) -> list[dict[str, Any]]:
    """Return day (0 Monday), from and to of each weekly time in cleaned text."""
    hours = hours_in(plain)
    return [{"day": d, "from": a, "to": b} for d in dict.fromkeys(_days(plain)) for a, b in hours]


def _days(plain: str) -> list[int]:
    match = _FIRST.search(plain)
    if match:
        days = _through(match["a"], match["b"])
        at = match.end()
        while more := _MORE.match(plain, at):
            days += _through(more["a"] or more["b"] or more["c"], more["to"])
            at = more.end()
        return days
    if re.search("工作日|上班时间|办公时间", plain):
        return [0, 1, 2, 3, 4]
    if re.search("双休日|休息日", plain):
        return [5, 6]
    return list(range(7)) if re.search("每[天日晚]|每个?(?:晚上|上午|下午)|天天", plain) else []


def _through(first: str, last: str | None) -> list[int]:
    start = _DAYS[first]
    end = _DAYS[last] if last else (6 if first == "末" else start)
    return list(range(start, end + 1)) if end >= start else [*range(start, 7), *range(end + 1)]


def hours_in(plain: str) -> list[tuple[str | None, str | None]]:
    """Return the hours named, [(None, None)] where there are none."""
    found: list[tuple[str | None, str | None]] = []
    for m in _CLOCK.finditer(plain):
        late = m["w"] or m["w3"] or ""
        end_word = m["w2"] or m["w4"] or late
        start, end = m["h"] or m["h3"], m["h2"] or m["h4"]
        found.append((_clock(start, m["m"] or m["m3"], late), _clock(end, m["m2"], end_word)))
    if found:
        return found
    named = [hours for word, hours in _PARTS.items() if word in plain]
    return list(named) or [(None, None)]


def _clock(hour: str, minute: str | None, word: str) -> str:
    h = int(hour)
    h += 12 if word[:1] in ("下", "晚") and h < 12 else 0
    return f"{min(h, 24):02d}:{'30' if minute == '半' else minute or '00'}"
