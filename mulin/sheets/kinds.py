"""Tells what a table lists: resources, needs or projects; and whether a person must say."""

import re

from mulin.hanzi import fold
from mulin.sheets.reading import Column

_WORDS = (
    (
        "need",
        r"需求|心愿|诉求|问题|困难|急难愁盼|求助|建议|提案|议题|议案|想办|缺什么|期盼|盼办|所需支[持援]|急需|\bneeds?\b|requests?\b",
    ),
    (
        "resource",
        r"资源|可提供|能提供|愿意?提供|提供单位|供给|场地开放|服务菜单|开放场|可共享|共享|\bresources?\b|offer",
    ),
    ("project", r"项目|任务|实事|工程|举措|推进|进展|对接|\bprojects?\b"),
)
_BY_FIELDS = (
    ("project", {"state", "owner", "due"}),
    ("resource", {"conditions", "period"}),
    ("need", {"due"}),
)


def kind_of(columns: list[Column], title: str, page: str, file: str) -> tuple[str, bool]:
    """Return the kind, and whether a person must be asked.

    What 项目清单 and 资源清单 hold differs by place. The heading of what is listed tells most, then
    the table's own title, then page and file.
    """
    listed = " ".join(c.heading for c in columns if c.field == "title")
    headings = " ".join(c.heading for c in columns)
    by_title = _found(title) or _found(page) or _found(file)
    settled = _found(listed) or _found(headings)
    told = _found(listed)
    guess = (told if len(told) == 1 else None) or by_title or settled
    kind = _of(guess, by_title) or _of_fields(columns)
    named = fold(f"{title} {page} {file}")
    asks = re.search("项目清单|资源清单", named) and (len(settled) != 1 or settled == ["project"])
    return kind, bool(asks)


def _found(text: str) -> list[str]:
    plain = re.sub("(服务|需求|资源|活动|心愿|志愿|帮扶|培训)项目", r"\1", fold(text))
    return [kind for kind, words in _WORDS if re.search(words, plain)]


def _of(guess: list[str], by_title: list[str]) -> str:
    both = [kind for kind in guess if kind in by_title]
    return next(iter(both or guess), "")


def _of_fields(columns: list[Column]) -> str:
    held = {c.field for c in columns}
    return next((kind for kind, fields in _BY_FIELDS if fields <= held), "unknown")
