"""Words as numbers: folded texts, character n-gram vectors, and their cosine."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold

WIDTH = 2048
"""Hashed columns of a text vector; wide enough that short texts seldom collide."""

FILLER = frozenset("的了和与及等在为对有个请我们希望建议社区居民提供开展进行组织需要服务活动")


def grams(text: str) -> list[str]:
    """Overlapping character pairs of the folded text, and its single telling characters."""
    kept = "".join(char if char.isalnum() else " " for char in fold(text))
    pairs: list[str] = []
    for run in kept.split():
        pairs += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        pairs += [char for char in run if char not in FILLER]
    return pairs


@lru_cache(maxsize=200_000)
def _column(gram: str) -> int:
    return zlib.crc32(gram.encode()) % WIDTH


def vectors(texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Rows of unit length (texts × `WIDTH`): tf–idf of each text's n-grams, fields in order.

    The first field of a text (its title) counts twice. Texts without words get a zero row.
    """
    counted = [_counted(fields) for fields in texts]
    spread = Counter(gram for counts in counted for gram in counts)
    rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
    for row, counts in enumerate(counted):
        for gram, count in counts.items():
            rarity = np.log(1.0 + len(texts) / spread[gram])
            rows[row, _column(gram)] += count**0.5 * rarity * (0.3 if len(gram) == 1 else 1.0)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1.0), dtype=np.float32)


def _counted(fields: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for at, text in enumerate(fields):
        for gram in grams(text):
            counts[gram] += 2 if at == 0 else 1
    return counts


def shared_words(left: str, right: str) -> tuple[str, ...]:
    """Up to three longest runs of two or more characters that both texts hold."""
    one, two = fold(left), fold(right)
    runs: list[str] = []
    start = 0
    while start < len(one) - 1:
        end = start
        while end < len(one) and one[start : end + 1] in two and one[end].isalnum():
            end += 1
        if end - start >= 2:
            runs.append(one[start:end])
        start = max(end, start + 1)
    telling = [run for run in dict.fromkeys(runs) if not set(run) <= FILLER]
    return tuple(sorted(telling, key=len, reverse=True)[:3])
