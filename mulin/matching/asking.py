"""Where in a request's wording the thing asked for stands."""

from __future__ import annotations

import re

from mulin.hanzi import fold

ASKING = re.compile(
    "(?=[要请需希急想邀征寻提添增加安补缺短没借求盼设建])(?:"  # spares most characters the rest
    "要求|请求|需求|希望|急需|需要|想要|想请|邀请|征集|寻找|提供|添置|增添|加装|增设|安装|补齐"
    "|急缺|缺少|缺乏|短缺|缺|没有(?!人)|没处|借用"
    "|求(?!职|助|学|医)|借(?!阅|书)|寻(?!访)|(?<!理)(?<!思)想(?!象)|盼|(?<!主)(?<!重)要|(?<!申)请"
    "|添|(?<!建)设(?!施|备|计|置)|(?<!改)(?<!共)(?<!党)建(?!设|议|筑|群|档)"
    ")"
)
"""Words of wanting, lacking and adding: what is asked for stands after the first of them."""

SHORTEST = 2


def asked_of(text: str) -> tuple[str, str]:
    """The part that names what is asked for, and the part before it: where, who or why.

    棋牌室缺桌椅 asks for 桌椅. A text without such a word, or with nothing after it, asks for all
    that it names.
    """
    return parted(fold(text))


def parted(written: str) -> tuple[str, str]:
    """`asked_of` for a text that is folded already."""
    found = ASKING.search(written)
    tail = written[found.end() :].strip() if found else ""
    return (tail, written[: found.start()]) if found and len(tail) >= SHORTEST else (written, "")
