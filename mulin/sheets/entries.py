"""Reads one line of a chat as an item: who, what, how many, when."""

import re
from datetime import date

from mulin.sheets.dates import read_due, read_period
from mulin.sheets.quantities import is_measure, read_quantity

FIELDS = {
    "unit": "单位",
    "title": "需求内容",
    "quantity": "数量",
    "period": "时间",
    "due": "完成时限",
}
_UNIT = re.compile(
    r"^(?P<unit>[^\s，,：:；;]{1,16}(?:社区|社區|学校|學校|小学|小學|中学|中學|幼儿园|幼兒園|公司|集团|集團|局|街道|支部|党委|黨委"
    r"|医院|醫院|银行|銀行|支行|物业|物業|中心|居委会|居委會|文化馆|图书馆|站|所|村|里|协会|協會|超市|商会|商會|馆|館))"
    r"(?:\s*[：:，,—]\s*|\s*-\s*|\s+)(?P<rest>\S.*)$"
)
_LAST = re.compile(r"^(?P<rest>.*\S)(?:\s*[，,；;、/]\s*|\s+)(?P<last>[^，,；;\s]+)$")
_IN_BRACKETS = re.compile(r"^(?P<rest>.*[^）)\s])\s*[（(](?P<last>[^（()）]{1,30})[)）]$")
_DAY = date(2000, 1, 1)
_AMOUNT = re.compile(
    r"[约共近需]?(?:\d[\d,.]*|[一二两三四五六七八九十百千]+)(?:余|多|几)?(?P<measure>\D{1,4})(?:左右)?"
)


def entry(line: str) -> dict[str, str]:
    """Return the fields of one item: a unit before it, amount and time behind it."""
    found: dict[str, str] = {}
    rest = line.rstrip("。；;")
    if own := _UNIT.match(rest):
        found["unit"], rest = own["unit"], own["rest"]
    if (match := _IN_BRACKETS.match(rest)) and (own_pieces := _pieces(match["last"])):
        found |= own_pieces
        rest = match["rest"]
    while match := _LAST.match(rest):
        name = _meaning(match["last"])
        if not name or name in found:
            break
        found[name], rest = match["last"], match["rest"]
    return found | {"title": rest.strip().rstrip("，,；;、").strip()}


def _pieces(text: str) -> dict[str, str]:
    """Return what all pieces of a text in brackets mean, {} unless each means something."""
    pieces = [piece.strip() for piece in re.split("[，,；;、]", text)]
    names = [_meaning(piece) for piece in pieces]
    return dict(zip(names, pieces, strict=True)) if all(names) else {}


def _meaning(piece: str) -> str:
    amount = _AMOUNT.fullmatch(piece)
    if amount and is_measure(amount["measure"]) and read_quantity(piece).amount is not None:
        return "quantity"
    if piece == "若干":
        return "quantity"
    if len(piece) > 16:
        return ""
    if re.search(r"(?:前|底|之前|以前|截止)$", piece) and read_due(piece, today=_DAY).on:
        return "due"
    if re.search(r"\d|[周季年假]", piece):
        period = read_period(piece, today=_DAY)
        only = re.fullmatch(
            r"[\d年月日号周季度上下午晚每第一二三四五六日天末至到\-—~～:：./、假期间寒暑双休工作节]+",
            piece,
        )
        return "period" if only and (period.weekly or period.starts_on or period.ends_on) else ""
    return ""
