"""Reads quantities as people write them."""

import re

from mulin.hanzi import fold, number
from mulin.sheets.reading import Quantity

_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?|[零〇一二两俩三四五六七八九十百千万廿壹贰叁肆伍陆柒捌玖拾佰仟]|半(?=[天日年]|小时|学期))"
    r"(?:[十百千万亿零〇一二三四五六七八九余多几来拾佰仟壹贰叁肆伍陆柒捌玖]*)"
)
_ABOUT = (
    r"(?:约|大约|大概|近|不少于|至少|不超过|最多|超过|平均|左右|上下|累计|首批|共计?|总计|每次)"
)
_ONE = re.compile(
    rf"(?P<noun>[^\d，,；;、+/\s]{{0,8}}?)(?P<rough>{_ABOUT}*)(?P<n>{_NUMBER})"
    r"(?:\s*[-~至到—–]\s*(?P<to>\d[\d.]*))?\s*(?P<measure>㎡|[a-z²]+|[^\d，,；;、+/\s。()]{0,5})"
    r"(?P<after>左右|上下|以上|以内)?(?:/(?P<slash>\w{1,2}))?"
)
_PREFIX = re.compile(
    r"^(?:每|一(?=[周月年季学][^、，]*[\d一两三]))(?:个)?(?P<per>天|日|周|星期|月|季度|季|年|学期|户|次|人|场)"
)
_AREA = re.compile(r"(?<=[\d\s])m(?:2|²)")
_ORDINAL = re.compile(r"第[\d一二三四五六七八九十]+\w|\d+(?:号楼|楼|号|栋|幢|单元|层|室)(?=\D)")
_WORDS = (
    "平方米",
    "平米",
    "万元",
    "元",
    "小时",
    "分钟",
    "课时",
    "人次",
    "人",
    "户次",
    "场次",
    "公里",
    "公斤",
    "学时",
    "个小时",
)
_CLASSIFIERS = (
    "个名位户间处台套件把盏棵株座条只组批辆本册份场次期张块栋幢位对家支项节部盒箱袋顶根双副米㎡"
    "人元天日周月年堂班桶瓶包床具樽盆面扇亩斤吨针剂餐桌席轮趟队类种款幅篇盘卷捆枚盒门道"
)
# Longer texts are no amount, and would be slow to search for one.
_LONGEST = 300
_VAGUE = re.compile(r"^(?:若干|不限|不定|少量|大量|多|一批|适量|几)(?P<measure>\D{0,3})$")
_INEXACT = re.compile(
    r"约|大概|近|左右|上下|余|多|几|来|上[百千万]|以上|以内|不少于|至少|不超过|最多|超过|平均"
)


def is_measure(text: str) -> bool:
    """Say whether a whole cell is a measure word, such as "件" or "平方米"."""
    plain = fold(text).strip()
    return plain in _WORDS or (len(plain) == 1 and plain in _CLASSIFIERS)


def read_quantity(text: str, *, measure: str = "") -> Quantity:
    """Read `text` ("2间，24小时", "约80人", "每月2次", "若干"); amount None where it has none.

    `measure` is the unit of the heading ("数量（人）"), used where the cell names none.
    """
    if len(text) > _LONGEST:
        return Quantity(text, None, measure, about=True)
    plain = _AREA.sub("㎡", fold(text)).strip().strip("()。").replace(" ", "")
    without = _ORDINAL.sub("", plain)
    plain = without if re.search(_NUMBER, without) else plain
    vague = _VAGUE.match(plain)
    if vague:
        return Quantity(text, None, vague["measure"] or measure, about=True)
    found = [q for part in re.split(r"[，,；;、+\n](?!\d{3}(?!\d))", plain) for q in _part(part)]
    if not found:
        return Quantity(text, None, measure, about=bool(plain))
    first = found[0]
    own, amount = first.measure, first.amount
    if not own and measure == "万元" and amount is not None:
        amount, measure = round(amount * 10000, 2), "元"
        amount = int(amount) if amount == int(amount) else amount
    return Quantity(text, amount, own or measure, first.about, first.per, found[1:])


def _first_classifier(measure: str) -> str:
    """Keep the measure word of "名老人" or "个试点", and words that only look like it whole."""
    known = next((w for w in _WORDS if measure.startswith(w)), None)
    if known:
        return known
    return measure[0] if len(measure) > 1 and measure[0] in _CLASSIFIERS else measure


def _part(part: str) -> list[Quantity]:
    prefix = _PREFIX.match(part)
    per = prefix["per"] if prefix else None
    rest = part[prefix.end() :] if prefix else part
    return [q for match in _ONE.finditer(rest) if (q := _quantity(match, per))]


def _quantity(match: re.Match[str], per: str | None) -> Quantity | None:
    amount = number(match["n"])
    if amount is None:
        return None
    measure = match["measure"] or ""
    about = bool(_INEXACT.search(match[0])) or bool(match["to"])
    for tail in ("左右", "上下", "以上", "以内"):
        measure = measure.removesuffix(tail)
    measure = _first_classifier(measure)
    value = float(amount)
    if measure.startswith("元") or measure.startswith("万元"):
        value, measure = (value * 10000, "元") if measure[0] == "万" else (value, "元")
    value = int(value) if value == int(value) else value
    return Quantity(match[0], value, measure, about, match["slash"] or per)
