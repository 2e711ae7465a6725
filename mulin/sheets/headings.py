"""Knows which field a heading means, in either script and in many wordings."""

import csv
import re
from functools import lru_cache
from pathlib import Path

from mulin.hanzi import fold
from mulin.sheets.morphemes import by_morphemes
from mulin.sheets.quantities import is_measure

_DROPPED, _NAMED = "-drop", "-person"
_EXACT: dict[str, list[str]] = {}
_NONE: set[str] = set()
_PERSON: set[str] = set()
with (Path(__file__).parent / "headings.csv").open(encoding="utf-8") as _lines:
    for _line in csv.DictReader(_lines):
        if _line["field"] == _DROPPED:
            _NONE.add(_line["heading"])
        elif _line["field"] == _NAMED:
            _PERSON.add(_line["heading"])
        else:
            _EXACT.setdefault(_line["heading"], []).append(_line["field"])
_BY_LENGTH = sorted((w for w in _EXACT if len(w) > 1), key=len, reverse=True)
# "某某社区" is the name of one, though "所属社区" is a heading.
_OWN_NAME = re.compile(
    r"(?<!所属)(?<!所在)(?:社区|街道|公司|企业|学校|支部|居委会|小区|党组织|网格|中心)$"
)
_ROLE_OF_ONE = re.compile(
    r"(?:需求|资源|项目|提出|提供|申报|报送|上报|填报|认领|责任|牵头|所属|所在|实施|涉及|对接|结对|共建|点单|派单"
    r"|受益|发起|征集|报到|成员|来源|承办|主办|协办|配合)+(?:社区|街道|公司|企业|学校|支部|居委会|小区|党组织|网格|中心)"
)
# Compounds are built freely: a role word, then a word for who, when or how many.
_WHO = r"(?:单位|部门|方|人|者|组织|支部|企业|主体|领导|科室|社区|团队|队伍)(?:名称|姓名)?$"
_ROLES = [
    (name, re.compile(pattern))
    for name, pattern in (
        ("claimers", rf"(?:认领|承接|对接|结对|圆梦|响应|匹配|协办|配合|帮扶).*{_WHO}"),
        ("owner", rf"(?:牵头|责任|负责|承办|主办|落实|实施|办理|主责|包保|执行|督办).*{_WHO}"),
        ("unit", rf"(?:提出|提供|申报|报送|填报|上报|需求|资源|发起|来源|供给).*{_WHO}"),
        (
            "due",
            r"(?:完成|办结|截止|解决|落实|整改|交付|最迟|最晚|竣工|完工).*(?:时间|日期|时限|期限|节点|日)$",
        ),
        (
            "period",
            r"(?:可|服务|开放|提供|使用|活动|开展|空闲|预约|起止|需求).*(?:时间段?|时段|日期|期限|周期)$",
        ),
        ("quantity", r"(?:数量|人数|规模|金额|名额|总量|面积|场次|次数|频次|经费|资金|预算|总数)$"),
        ("conditions", r"(?:条件|(?<![及与和])要求|须知|注意事项|限制)$"),
        ("serving", r"(?:对象|人群|群体|受众)$"),
        ("place", r"(?:地点|地址|位置|区域|场所|点位)$"),
        ("category", r"(?:类别|类型|分类|大类|小类|种类)$"),
        ("state", r"(?:完成|办理|落实|推进|工作|项目|实施|办结|解决).*(?:情况|进展|进度|状态)$"),
        ("title", r"(?:事项|项目|需求|资源|心愿|诉求|服务)(?:的)?(?:名称|内容|标题|清单)?$"),
    )
]
# "居民" or "老人" alone is as likely what an item says as the heading of a column of names.
# About the paperwork, not about what is listed.
_OF_PAPER = re.compile(
    r"^(?:审[核查批定]|复核|评[价议分选]|满意|紧急|重要|优先|建档|录入|登记|填[表报写]|提交|创建|更新|签[字名收章到]|盖章|归档"
    r"|打印|存档|报到|发布|上报|报送|征集|收集|采集|受理|交办|派单|接单|认领|签约|立项|审批|开工|回访).*"
    r"(?:人|员|时间|日期|日|度|级|结果|意见|分|率|字|章|号|批次|岗位)$|^是否(?:公开|同意|愿意|上会|参[加与]|党员|需要)"
)
_GROUP = re.compile(r"(?:信息|情况|资料|安排|概况|部分)$")
_LABEL = re.compile(r"(?:姓名|名字|(?<!老)(?<!疾)人|者|名称|户主)$")
_NUMERAL = re.compile(r"\d{2}|\d$")
_BRACKETS = re.compile(r"[(\[【\u3014（][^)\]】\u3015）]*[)\]】\u3015）]")


def normal(heading: str) -> str:
    """Fold a heading and drop spaces, brackets with what they hold, and marks."""
    plain = re.sub(r"\s+", "", fold(heading))
    plain = _BRACKETS.sub("", plain) or plain.strip("()[]【】\u3014\u3015")
    return re.sub(r"[*：:※★_\-—]|^\d+[.、]", "", plain)


def measure_in(heading: str) -> str:
    """Return the unit a heading names: "人" of "数量（人）", else ""."""
    found = re.search(
        r"[(（]\s*(?:单位[:：]?)?([^()（）/]{1,4})(?:/[^()（）]*)?[)）]", fold(heading)
    )
    return found[1] if found and is_measure(found[1]) else ""


def is_person(heading: str) -> bool:
    """Say whether the column names people in need: never imported, always cut."""
    plain = normal(heading.split("\n")[-1])
    return plain in _PERSON or (plain.endswith("姓名") and "联系" not in plain)


_PRIVATE = re.compile(
    r"身份证|证件号|身份号|住址|家庭地址|残疾证|低保证|银行|社保卡|电话|手机|微信号"
)


def is_private(heading: str) -> bool:
    """Say whether the column holds numbers or addresses of people: never imported, always cut."""
    return len(heading) <= 30 and bool(_PRIVATE.search(normal(heading)))


def is_dropped(heading: str) -> bool:
    """Say whether the column is known and deliberately not imported."""
    plain = normal(heading)
    if plain in _EXACT:
        return False
    return plain in _NONE or bool(_OF_PAPER.search(plain)) or is_person(heading)


@lru_cache(maxsize=4096)
def candidates(heading: str) -> tuple[tuple[str, float], ...]:
    """Return the fields a heading may mean with 0..1 how well, best first; () where unknown."""
    plain = normal(heading)
    if not plain or len(plain) > 24 or is_dropped(heading):
        return ()
    scores = _usual(heading, plain)
    if plain not in _EXACT:
        for name, score in by_morphemes(plain).items():
            scores[name] = max(scores.get(name, 0), score)
    return tuple(sorted(scores.items(), key=lambda pair: -pair[1]))


def _usual(heading: str, plain: str) -> dict[str, float]:
    """Return what the list of headings, and the usual compounds, give."""
    scores: dict[str, float] = {}
    if is_dropped(heading):
        return scores
    _add(scores, plain, 1.0)
    if "/" in heading and not scores:
        _add(scores, normal(heading.rsplit("/", 1)[-1]), 0.95)
    if not scores and (role := next((n for n, p in _ROLES if p.search(plain)), "")):
        scores[role] = 0.88
    if not scores:
        _by_part(scores, plain)
    return scores


def _add(scores: dict[str, float], plain: str, score: float) -> None:
    for place, name in enumerate(_EXACT.get(plain, ())):
        scores[name] = max(scores.get(name, 0), score - place * 0.1)


def _by_part(scores: dict[str, float], plain: str) -> None:
    # The last word of a Chinese compound is its head, so an ending tells more than an inside.
    ending = next((w for w in _BY_LENGTH if plain.endswith(w)), None)
    if ending:
        _add(scores, ending, 0.75 + 0.2 * len(ending) / len(plain))
    inside = next((w for w in _BY_LENGTH if w in plain and len(w) >= 2), None)
    if inside and inside != ending and len(plain) <= 10:
        _add(scores, inside, 0.4 + 0.2 * len(inside) / len(plain))


@lru_cache(maxsize=20000)
def recognised(text: str) -> bool:
    """Say whether a cell reads as a heading."""
    # Headings are short and carry no numbers: most cells of a long sheet stop here.
    if not text or len(text) > 30 or (_NUMERAL.search(text) and not _BRACKETS.search(text)):
        return False
    plain = normal(text)
    if _NUMERAL.search(plain):
        return False
    if not plain or len(plain) > 16 or re.search(r"[。，；]", text):
        return False
    known = plain in _EXACT or plain in _NONE or (plain in _PERSON and bool(_LABEL.search(plain)))
    if not known and _OWN_NAME.search(plain) and not _ROLE_OF_ONE.fullmatch(plain):
        return False
    return known or max(_usual(text, plain).values(), default=0) >= 0.84


def guessable(text: str) -> bool:
    """Say whether a cell could be a heading in words not seen before."""
    group = bool(_GROUP.search(normal(text)))
    return group or recognised(text) or bool(candidates(text)) or is_dropped(text)
