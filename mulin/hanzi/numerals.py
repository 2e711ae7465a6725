"""Reads Chinese, Arabic and mixed numerals as numbers."""

import re
from decimal import Decimal

from mulin.hanzi.folding import fold

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_DIGITS |= {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "廿": 20, "卅": 30}
_BIG = {"万": 10**4, "亿": 10**8}
_ROUGH = re.compile(r"[余多几来]")
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_MIXED = re.compile(r"(?P<head>\d+(?:\.\d+)?)(?P<scale>[十百千万亿]+)")


def number(text: str) -> Decimal | None:
    """Return the number that `text` writes, or None where it writes none.

    Takes full-width digits, "1,200", "三十", "两", "1.2万", "百余" (100), "二〇二六" (2026) and
    "半" (0.5). The words for "more than" (余, 多, 几) are dropped: the caller says "about" from the
    text.
    """
    plain = fold(text).strip().replace(" ", "")
    if not plain or len(plain) > 30:
        return None
    if plain == "半":
        return Decimal("0.5")
    plain = _ROUGH.sub("", plain) if len(plain) > 1 else plain
    if _ARABIC.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    mixed = _MIXED.fullmatch(plain)
    if mixed:
        return _scaled(Decimal(mixed["head"]), mixed["scale"])
    return _chinese(plain)


def _scaled(value: Decimal, scale: str) -> Decimal:
    for character in scale:
        value *= _SMALL.get(character) or _BIG[character]
    return value


def _chinese(plain: str) -> Decimal | None:
    if not plain or any(c not in _DIGITS and c not in _SMALL and c not in _BIG for c in plain):
        return None
    if all(c in _DIGITS for c in plain):
        return Decimal("".join(str(_DIGITS[c]) for c in plain))
    return Decimal(_by_scale(plain))


def _by_scale(plain: str) -> int:
    total = section = 0
    digit: int | None = None
    for character in plain:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "廿卅":
            section += _SMALL[character]
        elif character in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[character]
            digit = None
        else:
            total = (total + section + (digit or 0) or 1) * _BIG[character]
            section, digit = 0, None
    return total + section + (digit or 0)
