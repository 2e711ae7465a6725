"""A request's wording taken apart: telling words, one form for each meaning, and places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources as packaged

from mulin.hanzi import fold

DIGITS = {char: str(at) for at, char in enumerate("零一二三四五六七八九")} | {
    "两": "2",
    "\u3007": "0",
}
NUMBER = r"[0-9]+|[一二三四五六七八九十]+|[a-z]"
PLACES = (
    ("楼", re.compile(rf"({NUMBER})(?:号楼|號樓|栋|幢|座楼|#楼|#|号(?=[、,，和及与]))")),
    ("单元", re.compile(rf"({NUMBER})(?:单元|门洞|门栋)")),
    ("期", re.compile(rf"(?<!星)(?<!学)({NUMBER})期(?!间)")),
    ("区", re.compile(r"([a-z][0-9]?|[东西南北])(?:区|片区)")),
    ("号", re.compile(r"([0-9]+)(?:号(?!楼|线)|弄)")),
    ("组", re.compile(rf"第?({NUMBER})(?:网格|居民小组|小组|组团)")),
    ("门", re.compile(r"([东西南北])门")),
    ("层", re.compile(rf"({NUMBER})(?:层|楼(?!道|下|上|栋|顶|梯))")),
)
LISTED = re.compile(
    rf"((?:{NUMBER})(?:号|栋|幢)?(?:[、,，和及与](?:{NUMBER})(?:号|栋|幢)?)+)(号楼|栋|幢|单元|楼)"
)
WRAPPERS = re.compile(
    r"(?:强烈)?(?:希望|盼望|恳请|恳求|请求|请|建议|申请|要求|呼吁|反映|想请|烦请|麻烦|拜托|最好|盼)"
    r"|能不能|能否|可不可以|可否|是否可以|是不是可以|有没有人|想要|需要|急需|亟需|想|我们?|咱们?|大家|居民们?|业主们?"
    r"|(?:社区|街道|有关部门|相关部门|政府|物业|共建单位|党组织|上级)(?:能够?|可以|帮忙|出面|尽快|来|给|帮|协调|协助|支持)+"
    r"|帮忙|帮助|协调|协助|尽快|尽早|早日|抓紧|解决一下|解决|落实|处理一下|问题|事宜|一下|谢谢|多谢|感谢|您好|你好|吗|呢|吧|啊|呀|了|的|地|得|把|给|为|在|里|内|上|有|我|也|都|能|可以|请问|进行|开展|有人|来"
)
NOISE = re.compile(r"[^0-9a-z一-鿿㐀-䶿]+")
AMOUNT = re.compile(
    r"(?:约|大约|共|各)?[0-9一二三四五六七八九十两几若干]+(?:多|余)?(?:个|处|台|盏|组|副|套|把|张|条|次|场|名|位|人|件|辆|块|户|米)(?:左右)?"
)

PAIR, SINGLE = 0.5, 0.35
"""What a pair of leftover characters, and a single one, weighs beside a known word's 1."""


BACKOFF = 0.5
"""What each character of a known word weighs, so that unknown words for it still come near."""


PLACED = 0.8
"""What a place both name adds: a building seldom has two requests of nearly the same words."""


@dataclass(frozen=True)
class Phrase:
    """Features with their own weights, the known words among them, and places named."""

    features: Mapping[str, float]
    words: frozenset[str]
    places: frozenset[tuple[str, str]]


@lru_cache(maxsize=200_000)
def read(text: str, detail: str = "") -> Phrase:
    """Take a wording apart; details count a third, and name no places."""
    plain, places = _places(fold(text))
    features, words = _features(plain)
    for feature, weight in (_features(_places(fold(detail))[0])[0] if detail else {}).items():
        features.setdefault(feature, weight / 3)
    features |= {f"@{sort}{name}": PLACED for sort, name in places}
    return Phrase(features, frozenset(words), places)


def _places(text: str) -> tuple[str, frozenset[tuple[str, str]]]:
    found: set[tuple[str, str]] = set()
    text = LISTED.sub(spread, text)
    for sort, pattern in PLACES:
        for match in pattern.finditer(text):
            name = _plain_number(match.group(1))
            is_building = sort == "号" and len(name) < 3 and "弄" not in match.group(0)
            found.add(("楼" if is_building else sort, name))
        text = pattern.sub("", text)
    return text, frozenset(found)


def spread(match: re.Match[str]) -> str:
    """Buildings listed together, each by itself: 3、5号楼 as 3号楼5号楼."""
    names = re.findall(NUMBER, match.group(1))
    return "".join(name + match.group(2) for name in names)


def _plain_number(text: str) -> str:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (DIGITS.get(tens, "1")) + (DIGITS.get(ones, "0"))
    return "".join(DIGITS.get(char, char) for char in text).lstrip("0") or "0"


def _features(text: str) -> tuple[dict[str, float], list[str]]:
    text = AMOUNT.sub("", text)
    features: dict[str, float] = {}
    words: list[str] = []
    rest = text
    for variant, word, weight in _known(text):
        if variant not in rest:
            continue
        rest = rest.replace(variant, " ")
        features["=" + word] = weight
        if weight >= 0.8:
            for char in variant + word:
                features[char] = max(features.get(char, 0), BACKOFF)
        if weight >= 1:
            words.append(word)
    rest = NOISE.sub(" ", WRAPPERS.sub("", rest))
    for run in rest.split():
        for at in range(len(run) - 1):
            features[run[at : at + 2]] = PAIR
        for char in run:
            features[char] = max(features.get(char, 0), SINGLE)
    return features, words


def _known(text: str) -> list[tuple[str, str, float]]:
    """Listed variants within the text, longest first."""
    listed, longest = variants()
    found = {
        text[at:end]
        for at in range(len(text))
        for end in range(at + 1, min(len(text), at + longest) + 1)
        if text[at:end] in listed
    }
    return [(name, *listed[name]) for name in sorted(found, key=lambda name: (-len(name), name))]


@lru_cache(maxsize=1)
def variants() -> tuple[dict[str, tuple[str, float]], int]:
    """What each listed variant stands for and weighs, and the longest variant's length."""
    listed: dict[str, tuple[str, float]] = {}
    for name, word, weight in lexicon():
        listed.setdefault(name, (word, weight))
    return listed, max(map(len, listed), default=0)


@lru_cache(maxsize=1)
def lexicon() -> tuple[tuple[str, str, float], ...]:
    """Variants, longest first, with the word they stand for and its weight (`synonyms.csv`)."""
    text = (packaged.files("mulin.matching") / "synonyms.csv").read_text(encoding="utf-8")
    listed = []
    for line in text.splitlines()[1:]:
        weight, variants = line.split(",", 1)
        names = [fold(name) for name in variants.split("|") if name]
        listed += [(name, names[0], float(weight)) for name in names]
    return tuple(sorted(dict.fromkeys(listed), key=lambda row: (-len(row[0]), row[0])))
