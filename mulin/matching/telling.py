"""Kinds and supply tags of many texts at once, as `Taxonomy` reads them from one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.items import TAGS
from mulin.matching.listed import code_points, lines_of, spot, trie
from mulin.matching.taxonomy import Taxonomy

Ints = NDArray[np.integer[Any]]

CHUNK = 50_000
"""Texts read at once."""


class Telling:
    """The words that tell kinds and tags, ready to be found in folded texts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        spoken: dict[str, tuple[list[int], int]] = {}
        for row, kind in enumerate(taxonomy.kinds, start=1):
            for word in kind.words:
                spoken.setdefault(word, ([], 0))[0].append(row)
        for at, tag in enumerate(TAGS):
            for word in taxonomy.tags.get(tag, ()):
                kinds, bits = spoken.setdefault(word, ([], 0))
                spoken[word] = kinds, bits | 1 << at
        spoken.pop("", None)
        self.words = trie(list(spoken))
        self.bits = np.array([bits for _, bits in spoken.values()], dtype=np.uint8)
        self.length = np.array([len(word) for word in spoken], dtype=np.int64)
        counts = np.array([len(kinds) for kinds, _ in spoken.values()], dtype=np.int64)
        self.ptr = np.concatenate([[0], counts.cumsum()])
        self.told = np.array([row for kinds, _ in spoken.values() for row in kinds], dtype=np.int64)
        self.kinds = len(taxonomy.kinds) + 1

    def tags_of(self, lines: Sequence[str]) -> NDArray[np.uint8]:
        """Bits of `TAGS` that each line's words name."""
        bits = np.zeros(len(lines), dtype=np.uint8)
        for start in range(0, len(lines), CHUNK):
            line, word = self._spot(lines[start : start + CHUNK])
            for at in range(len(TAGS)):
                bits[start + line[self.bits[word] >> at & 1 > 0]] |= 1 << at
        return bits

    def kinds_of(self, titles: Sequence[str], details: Sequence[str]) -> NDArray[np.int16]:
        """The likeliest kind of each item (its row + 1, 0 for none); titles weigh twice."""
        found = [
            self._kinds(titles[start : start + CHUNK], details[start : start + CHUNK])
            for start in range(0, len(titles), CHUNK)
        ]
        return np.concatenate([np.zeros(0, dtype=np.int16), *found])

    def _kinds(self, titles: Sequence[str], details: Sequence[str]) -> NDArray[np.int16]:
        line, word = self._spot([*titles, *details])
        said = np.unique(line * len(self.bits) + word)
        line, word = said // max(1, len(self.bits)), said % max(1, len(self.bits))
        told = np.diff(self.ptr)[word]
        within = np.arange(told.sum()) - np.repeat(told.cumsum() - told, told)
        kind = self.told[np.repeat(self.ptr[word], told) + within]
        line, word = np.repeat(line, told), np.repeat(word, told)
        weight = np.where(line < len(titles), 2.0, 1.0) * self.length[word]
        cell = line % len(titles) * self.kinds + kind if len(titles) else line
        score = np.bincount(cell, weights=weight, minlength=len(titles) * self.kinds)
        return score.reshape(-1, self.kinds).argmax(axis=1).astype(np.int16)

    def _spot(self, lines: Sequence[str]) -> tuple[Ints, Ints]:
        codes = code_points("\n".join(lines))
        at, word = spot(codes, self.words)
        return lines_of(codes)[at], word


@lru_cache(maxsize=4)
def telling_of(taxonomy: Taxonomy) -> Telling:
    """The words of a taxonomy, made ready once: a small problem is read at every question."""
    return Telling(taxonomy)
