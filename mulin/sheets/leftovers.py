"""Says which lines of a table are no items: totals, notes, and titles of the lines below them."""

import re
from dataclasses import dataclass

from mulin.hanzi import fold

_TOTAL = re.compile(
    r"^(?:本页|本表|以上|全年|全部)?(?:合计|总计|小计|共计|总数|累计|汇总|总和|total|subtotal|sum)(?![\w一-鿿]{4})",
)
_COUNTED = re.compile(r"^(?:合计|总计|共|共有)[^，。]{0,6}\d+[^，。]{0,4}$")
_PAGE = re.compile(r"^第?[\s\d一二三四五六七八九十]+页|^第.{1,3}页|^\d+/\d+$|^page\d+")
_NOTE = re.compile(
    r"^(?:注|备注|附注|说明|填表|填报|填写|审核|审批|制表|制单|联系电话|联系人|联络|负责人|经办|单位负责|领导签|主管|"
    r"签字|签章|盖章|公章|报送|统计|公示|以上|以下|附件|温馨提示|提示|监督电话|咨询|备查|资料来源|数据来源|来源[:：]|此表|本表|"
    r"remark|note|[*※★▲])"
)
_SECTION = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．]?|第.部分)?\s*"
    r"(?P<name>.{1,20}?(?:类|類|方面|领域|領域|组|組|板块|板塊))(?:[（(].*)?$"
)
_NUMBERED = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．]|第[一二三四五六七八九十]+(?:部分|章|类)[:：、\s]?)\s*"
    r"(?P<name>[^，。；]{2,16}?)(?:[（(][^)）]*[)）])?[:：]?$"
)
_TITLED = re.compile(r"^(?P<name>[^，。；：:\d]{2,16}?)(?:[（(][^)）]*[)）])?[:：]?$")
_BODY = re.compile(
    r"(?:社区|街道|村|居委会|党委|支部|学校|小学|中学|幼儿园|公司|局|里办公处|委员会|医院|银行|支行)$"
)
_LABEL = re.compile(r"\S{2,10}[:：]")


@dataclass(frozen=True)
class Line:
    """One line of a table: its filled cells, those that no merge brought, and where they stand.

    `first` is the first column of the table that holds a field; `across` says that its one cell
    is merged over others; `number` that it stands where numbers do.
    """

    filled: list[str]
    own: list[str]
    leads: bool
    across: bool
    number: bool


def why_left(line: Line) -> str:
    """Return "total", "footnote", "title" or "blank" for a line that is no item, else ""."""
    own = line.own
    if not own:
        return "blank"
    first = fold(own[0]).replace(" ", "")
    if any(_TOTAL.match(fold(c).replace(" ", "")) for c in own[:2]) or _COUNTED.match(first):
        return "total"
    if is_page_line(own[0]) and len(set(own)) == 1:
        return "footnote"
    alone = len(set(own)) == 1 and len(line.filled) == len(own)
    if len(set(own)) == 1 and section(own[0], across=line.across) and line.leads:
        return "title"
    labelled = sum(bool(_LABEL.match(c)) for c in own) * 2 > len(own)
    if _NOTE.match(first) and (len(own) <= 2 or labelled) and line.leads:
        return "footnote"
    if alone and line.number:
        return "footnote" if len(own[0]) > 3 else "blank"
    if alone and line.across and line.leads:
        return "footnote"
    return ""


def is_page_line(text: str) -> bool:
    """Say whether a line only counts pages: "第1页 共2页"."""
    return bool(_PAGE.match(fold(text).replace(" ", "")))


def section(text: str, *, across: bool = False) -> tuple[str, str] | None:
    """Return the field and the name that a line gives the lines below it, None if it is none.

    `across`: the line is merged over the table's width, so any short name will do.
    """
    match = (
        _SECTION.match(text) or _NUMBERED.match(text) or (_TITLED.match(text) if across else None)
    )
    if not match:
        return None
    name = match["name"].strip()
    if _NOTE.match(fold(name)):
        return None
    return ("unit" if _BODY.search(fold(name)) else "category"), name
