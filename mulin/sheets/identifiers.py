"""Cuts numbers that belong to one person out of text: identity numbers, phones, bank cards."""

import re
from collections import Counter

IDENTITY, PHONE = "identity_number", "phone"
MASK = "\u3014已隐去\u3015"
_GAP = r"[\s\-—·]{0,2}"
_UNITS = r"(?!\d|\s*(?:[万亿]?元|册|人|.?方米|米|小时|\.\d))"
_IDENTITY = re.compile(
    rf"(?<![\dA-Za-z])[1-8]\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}(?:1[89]|20){_GAP}\d{_GAP}\d{_GAP}"
    rf"[01]{_GAP}\d{_GAP}[0-3]{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}[\dXx](?![\dA-Za-z])"
)
_IDENTITY_OLD = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\dA-Za-z万元])"
)
_MASKED = re.compile(r"(?<!\d)[1-8]\d{2,5}[*＊xX×]{6,14}\d{1,4}[\dXx]?(?!\d)")
_NUMERALS = "〇零一二三四五六七八九幺"
_IDENTITY_WORDS = re.compile(rf"[{_NUMERALS}]{{17}}[{_NUMERALS}xX]")
_ELSEWHERE = re.compile(
    r"(?<![A-Za-z\d])(?:[A-Z][12]\d{8}|[A-Z]{1,2}\d{6}[(（][\dA][)）])(?![A-Za-z\d])"
)
_PAPERS = re.compile(
    r"((?:护照|護照|通行证|通行證|台胞证|臺胞證|台胞證|证件|證件|军官证|残疾证|殘疾證|低保证|社保卡|医保卡|银行卡|銀行卡|卡号|卡號|"
    r"账号|帳號|帐号)(?:号码?|號碼?|卡号)?[:：\s]{0,2})[A-Za-z]{0,2}\d[\d\s]{6,24}\d"
)
_MOBILE = re.compile(
    rf"(?<![\dA-Za-z.])(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_UNITS}"
    rf"|(?<![\dA-Za-z.\-])1[ \n]?[3-9]\d?(?:[ \n]\d{{1,6}}){{1,9}}{_UNITS}"
    r"|(?<![\d.])1[3-9]\d\.\d{4}\.\d{4}(?!\d)"
    rf"|(?<!\d)1[3-9]\d[*＊]{{4}}\d{{4}}(?!\d)"
    rf"|[一幺1][三四五六七八九3-9](?:[\s\-]?[{_NUMERALS}\d]){{9}}(?![{_NUMERALS}\d万千百十元人])"
    r"|(?<!\d)09\d{2}[\-\s]?\d{3}[\-\s]?\d{3}(?!\d)"
)
_LANDLINE = re.compile(
    r"(?<!\d)[(（]?0\d{2,3}(?:[)）][\s\-—]{0,2}|[\s\-—]{1,2})\d{4}[\s\-]?\d{3,4}(?!\d)"
    r"|(?<!\d)0(?:10|2\d)\d{8}(?!\d)|(?<!\d)[(（]0\d{1,2}[)）]\s?\d{3,4}[\-\s]?\d{4}(?!\d)"
)
_LOCAL = re.compile(
    r"((?:电话|電話|座机|固话|宅电|分机|联系方式|聯繫方式|聯絡方式|Tel|tel|TEL)(?:号码)?[:：\s]*)\d{4}[\-\s]?\d{3,4}(?!\d)"
)
_WIDE = {0xFF10 + i: str(i) for i in range(10)} | {ord("－"): "-", 0xFF38: "X"}
_MOBILE_LENGTH = 11


def cut_numbers(text: str) -> tuple[str, Counter[str]]:
    """Return `text` with a mark for each number of a person, and how many of each kind there were.

    Amounts, dates, room numbers and numbers of things stay.
    """
    counts: Counter[str] = Counter()
    text = narrow_figures(text)
    for pattern in (_IDENTITY, _IDENTITY_OLD, _MASKED, _IDENTITY_WORDS, _ELSEWHERE):
        text, n = pattern.subn(MASK, text)
        counts[IDENTITY] += n
    text, n = _PAPERS.subn(lambda found: found[1] + MASK, text)
    counts[IDENTITY] += n
    before = text.count(MASK)
    text = _LANDLINE.sub(MASK, _MOBILE.sub(_whole_mobile, text))
    counts[PHONE] += text.count(MASK) - before
    text, n = _LOCAL.subn(lambda found: found[1] + MASK, text)
    counts[PHONE] += n
    return text, +counts


def narrow_figures(text: str) -> str:
    """Return text with ordinary figures where many are full-width."""
    wide = re.search("[\uff10-\uff19]", text) and len(re.findall(r"\d", text)) > 6
    return text.translate(_WIDE) if wide else text


def _whole_mobile(match: re.Match[str]) -> str:
    """Cut what has a mobile number's length; figures in groups may be something else."""
    spaced = re.fullmatch(r"[\d \n]+", match[0])
    whole = len(re.findall(r"\d", match[0])) == _MOBILE_LENGTH
    return MASK if whole or not spaced else match[0]


def split_number(first: str, second: str) -> str:
    """Return what figures of two neighbouring cells are together, "" if nothing of a person.

    A phone is taken only where it is cut as people write it, 3 and 8 or 7 and 4: other pairs of
    figures are amounts.
    """
    if _IDENTITY.fullmatch(first + second):
        return IDENTITY
    parted = (len(first), len(second)) in ((3, 8), (7, 4))
    return PHONE if parted and re.fullmatch(r"1[3-9]\d{9}", first + second) else ""
