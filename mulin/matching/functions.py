"""What a unit's name says of the work it may give: a hospital cares, a volunteer team does all."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources as packaged

from mulin.hanzi import fold
from mulin.matching.phrases import read
from mulin.matching.taxonomy import Taxonomy, standard

ASIDE = re.compile(r"\s*[(\[【][^)\]】]*[)\]】]\s*$")
"""A remark behind a name, as 红十字会(认领)."""


PUBLIC = re.compile("党|机关|局|厅|委员|政府|街道|社区|居委|政协|人大|志愿|义工|部队|公益")
"""Names of those whose members also take on what has nothing to do with their office."""

WORK = frozenset(
    {"阅读", "读书", "摄影", "运动", "健身", "教育", "心理"}
    | {"公益", "绿化", "垃圾", "规划", "施工", "装修", "装饰"}
)
"""Words of units' names that alone say what is done."""

LONGEST = 8
"""Characters of the longest ending of a name."""


@dataclass(frozen=True)
class Who:
    """A title that names who helps, not with what: its kinds of work (none known: any), what such
    units usually do, and whether they are there for everything (parties, offices, volunteers)."""

    kinds: frozenset[str]
    labour: str
    is_public: bool


def who(title: str, unit: str) -> Who | None:
    """Whom a folded title names, or None where it names the work itself."""
    name = ASIDE.sub("", title).strip()
    if not name or not (name == unit or _is_name(name)):
        return None
    return _who(name)


def _is_name(text: str) -> bool:
    return any(text[-length:] in endings() for length in range(1, LONGEST + 1))


@lru_cache(maxsize=100_000)
def _who(name: str) -> Who | None:
    found = [row for row in functions() if row[0].search(name)]
    if found:
        kinds = frozenset[str]().union(*(kinds for _, kinds, _ in found))
        labour = " ".join(labour for _, _, labour in found)
        return Who(kinds - {""}, labour, bool(PUBLIC.search(name)))
    rest = people().sub(" ", name)
    if standard().infer(rest) or read(rest).words:
        return None
    return Who(frozenset(), "", True)


@lru_cache(maxsize=1)
def functions() -> tuple[tuple[re.Pattern[str], frozenset[str], str], ...]:
    """Rows of `functions.csv`: what names such units, their kinds of work, and their usual work."""
    text = (packaged.files("mulin.matching") / "functions.csv").read_text(encoding="utf-8")
    return tuple(
        (_any(row["words"].split("|")), frozenset(row["kinds"].split("|")), row["labour"])
        for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=1)
def people() -> re.Pattern[str]:
    """Words for people and bodies that say nothing of what they can do (`who.csv`)."""
    return _any(_people())


@lru_cache(maxsize=1)
def endings() -> frozenset[str]:
    """What the name of somebody ends with: 消防培训 names work, not those who do it."""
    named = [word for pattern, _, _ in functions() for word in pattern.pattern.split("|")]
    work = frozenset(word for words in standard().tags.values() for word in words)
    return frozenset([*_people(), *named]) - work - WORK


def _people() -> list[str]:
    text = (packaged.files("mulin.matching") / "who.csv").read_text(encoding="utf-8")
    return [fold(word) for line in text.splitlines()[1:] for word in line.split("|")]


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted((fold(word) for word in words), key=len, reverse=True)))


def purposes_of(taxonomy: Taxonomy, kinds: frozenset[str]) -> list[bool]:
    """For no kind and each kind of the taxonomy: whether such work is among `kinds`."""
    return [False, *(kind.code in kinds for kind in taxonomy.kinds)]
