"""The kinds of resources and needs, and the reading of a kind or a supply tag from words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources as packaged

from mulin.hanzi import fold
from mulin.matching.asking import asked_of

SHARED = {"K17": "space", "K18": "money", "K19": "labour", "K20": "money"}
"""Kinds that name what is shared rather than what for, with the tag they give."""

ANY_USE = ("K17", "K20")
"""Kinds whose offers serve any purpose: a room, a sum of money."""


@dataclass(frozen=True)
class Kind:
    """One kind: its code, Chinese name, public-service area, other names and telling words."""

    code: str
    name: str
    area: str
    names: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """All kinds in order, and the telling words of each supply tag; equal to itself alone."""

    kinds: tuple[Kind, ...]
    tags: Mapping[str, tuple[str, ...]]

    def code_of(self, category: str) -> str:
        """The code a written category stands for, or "" when it is not one of ours."""
        written = fold(category).strip()
        if not written:
            return ""
        for kind in self.kinds:
            if written == fold(kind.code) or written in kind.names:
                return kind.code
        return self._best(written)

    def infer(self, title: str, detail: str = "") -> str:
        """The likeliest kind of these words, or "" when none of them tells; titles weigh twice."""
        return self._best(fold(title), fold(detail))

    def tags_in(self, title: str = "", detail: str = "") -> frozenset[str]:
        """Supply tags these words name, e.g. 教室与讲师 → space and labour."""
        text = fold(title + " " + detail)
        return frozenset(
            tag for tag, words in self.tags.items() if any(word in text for word in words)
        )

    def asked_in(self, title: str, detail: str = "") -> frozenset[str]:
        """Supply tags that these words ask for: 棋牌室缺桌椅 asks for no room."""
        texts = (fold(text) for text in (title, detail))
        return self.tags_in(*(asked for text in texts if (asked := asked_of(text)[0]) != text))

    def name_of(self, code: str) -> str:
        """The Chinese name of a code, or "" for an unknown one."""
        return next((kind.name for kind in self.kinds if kind.code == code), "")

    def _best(self, title: str, detail: str = "") -> str:
        scores: dict[str, float] = {}
        for code, word in self._telling:
            if word in title or (detail and word in detail):
                told = 2.0 * (word in title) + 1.0 * (word in detail)
                scores[code] = scores.get(code, 0.0) + len(word) * told
        return max(scores, key=lambda code: scores[code], default="")

    @cached_property
    def _telling(self) -> tuple[tuple[str, str], ...]:
        """Code and word, kinds in order: of equal scores the first kind's wins."""
        return tuple((kind.code, word) for kind in self.kinds for word in kind.words)


@lru_cache(maxsize=1)
def standard() -> Taxonomy:
    """The 20 kinds and their words as `kinds.csv` and `tags.csv` of this package list them."""
    kinds = tuple(
        Kind(
            code=row["code"],
            name=row["name"],
            area=row["area"],
            names=frozenset(fold(name) for name in [row["name"], *_split(row["names"])]),
            words=tuple(fold(word) for word in _split(row["words"])),
        )
        for row in _rows("kinds.csv")
    )
    tags = {
        row["tag"]: tuple(fold(word) for word in _split(row["words"])) for row in _rows("tags.csv")
    }
    return Taxonomy(kinds=kinds, tags=tags)


def _rows(name: str) -> list[dict[str, str]]:
    text = (packaged.files("mulin.matching") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
