"""What many texts speak of, as rows of numbers: the bulk reading of `phrases.read`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.compiled import compiled
from mulin.matching.listed import Trie, code_points, lines_of, spot, trie, written
from mulin.matching.phrases import (
    AMOUNT,
    BACKOFF,
    LISTED,
    PAIR,
    PLACES,
    SINGLE,
    WRAPPERS,
    spread,
    variants,
)
from mulin.matching.words import BESIDE, FILLER, THING

Ints = NDArray[np.integer[Any]]

BUCKETS = 1_048_573
"""Features are numbered by a hash: of two that differ, one pair in a million shares a number."""

WHOLE = 240
"""The weight of 1 as an integer: halves, thirds and tenths of it are integers too."""

CHUNK = 40_000
"""Texts read at once: some tens of megabytes."""

WORD, PAIRED, ALONE = 2, 1, 0


@dataclass(frozen=True)
class Features:
    """Rows of features (CSR): `number` ascends within a row, `weight` is in `WHOLE`ths."""

    ptr: NDArray[np.int64]
    number: NDArray[np.int32]
    weight: NDArray[np.uint8]

    @property
    def row(self) -> NDArray[np.int32]:
        """The row of each feature."""
        return np.repeat(np.arange(len(self.ptr) - 1, dtype=np.int32), np.diff(self.ptr))


@dataclass(frozen=True)
class _Known:
    """Listed variants, longest first: what each stands for, weighs, and is spelt with."""

    words: Trie
    length: Ints
    number: Ints
    weight: Ints
    spelt: Ints
    spelling: Ints


def read_all(mains: Sequence[str], rests: Sequence[str]) -> Features:
    """Features of folded texts, one row a pair; what `rests` adds tells a third as much."""
    pieces = [
        _read(mains[start : start + CHUNK], rests[start : start + CHUNK])
        for start in range(0, len(mains), CHUNK)
    ]
    counts = [np.diff(piece.ptr) for piece in pieces]
    return Features(
        ptr=np.concatenate([[0], *counts]).cumsum().astype(np.int64),
        number=np.concatenate([np.zeros(0, np.int32), *(piece.number for piece in pieces)]),
        weight=np.concatenate([np.zeros(0, np.uint8), *(piece.weight for piece in pieces)]),
    )


def _read(mains: Sequence[str], rests: Sequence[str]) -> Features:
    told = [row for row, rest in enumerate(rests) if rest.strip()]
    owner = np.concatenate([np.arange(len(mains)), np.array(told, dtype=np.int64)])
    line, number, weight = _entries([*mains, *(rests[row] for row in told)])
    weight = np.where(line < len(mains), weight, weight // np.where(weight >= THING * WHOLE, 6, 3))
    keys = np.sort(owner[line] << 28 | number << 8 | weight)
    last = np.flatnonzero(np.append(keys[1:] >> 8 != keys[:-1] >> 8, True)) if len(keys) else keys
    keys = keys[last]
    return Features(
        ptr=np.searchsorted(keys >> 28, np.arange(len(mains) + 1)).astype(np.int64),
        number=(keys >> 8 & 0xFFFFF).astype(np.int32),
        weight=(keys & 0xFF).astype(np.uint8),
    )


def _entries(lines: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Line, number and weight of all that is told: known words, their characters, leftovers."""
    text = _without_places("\n".join(lines))
    codes = code_points(text).copy()
    known = _known()
    at, which = _longest(codes, known)
    line = lines_of(codes)[at]
    spelling = known.spelt[which + 1] - known.spelt[which]
    within = np.arange(spelling.sum()) - np.repeat(spelling.cumsum() - spelling, spelling)
    chars = known.spelling[np.repeat(known.spelt[which], spelling) + within]
    left = code_points(WRAPPERS.sub("", written(codes)))
    rest, pairs = _leftovers(left)
    telling = known.weight[which] > 0
    rows = lines_of(left)
    return (
        np.concatenate([line[telling], np.repeat(line, spelling), rows[rest], rows[pairs]]),
        np.concatenate(
            [
                known.number[which[telling]],
                _number(chars, 0, ALONE),
                _number(left[rest], 0, ALONE),
                _number(left[pairs], left[pairs + 1], PAIRED),
            ]
        ),
        np.concatenate(
            [
                known.weight[which[telling]],
                np.full(len(chars), round(BACKOFF * WHOLE)),
                np.full(len(rest), round(SINGLE * WHOLE)),
                np.full(len(pairs), round(PAIR * WHOLE)),
            ]
        ),
    )


def _without_places(text: str) -> str:
    text = LISTED.sub(spread, text)
    for _, pattern in PLACES:
        text = pattern.sub("", text)
    return AMOUNT.sub("", text)


def _longest(codes: Ints, known: _Known) -> tuple[Ints, Ints]:
    """Known words of each line, longer ones before shorter; blanks them in `codes`."""
    at, which = spot(codes, known.words)
    line = lines_of(codes)[at]
    order = np.lexsort((at, which, line))
    at, which = at[order], which[order]
    kept = np.zeros(len(at), dtype=np.bool_)
    _blank(codes, at, which, known.length, kept)
    return at[kept], which[kept]


@compiled
def _blank(codes: Any, at: Any, which: Any, length: Any, kept: Any) -> None:
    """Keep the words whose characters none before took, and take theirs."""
    for found in range(len(at)):
        start, end = at[found], at[found] + length[which[found]]
        free = True
        for place in range(start, end):
            free = free and codes[place] != 32
        if free:
            kept[found] = True
            for place in range(start, end):
                codes[place] = 32


def _leftovers(codes: Ints) -> tuple[Ints, Ints]:
    """Where single characters and pairs of what is left begin, filling words apart."""
    plain = (codes >= 0x4E00) & (codes <= 0x9FFF) | (codes >= 0x3400) & (codes <= 0x4DBF)
    plain |= (codes >= 48) & (codes <= 57) | (codes >= 97) & (codes <= 122)
    filler = np.isin(codes, [ord(char) for char in FILLER])
    pairs = plain[:-1] & plain[1:] & ~(filler[:-1] & filler[1:])
    return np.flatnonzero(plain & ~filler), np.flatnonzero(pairs)


def _number(first: Any, second: Any, sort: int) -> Ints:
    """The number of a feature, the same in every process."""
    one, two = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    return np.asarray((one * 1_000_003 + two * 10_007 + sort * 7_919) % BUCKETS)


@lru_cache(maxsize=1)
def _known() -> _Known:
    listed, _ = variants()
    names = sorted(listed, key=lambda name: (-len(name), name))
    means = {word: row for row, word in enumerate(sorted({listed[name][0] for name in names}))}
    weights, spellings = [], []
    for name in names:
        word, weight = listed[name]
        tells = weight * (BESIDE if weight < THING else 1.0)
        weights.append(0 if set(word) <= FILLER else round(tells * WHOLE))
        spelt = sorted(set(name + word) - FILLER) if weight >= 0.8 else []
        spellings.append([ord(char) for char in spelt])
    ends = np.concatenate([[0], np.cumsum([len(one) for one in spellings])]).astype(np.int64)
    return _Known(
        words=trie(names),
        length=np.array([len(name) for name in names]),
        number=_number([means[listed[name][0]] for name in names], 0, WORD),
        weight=np.array(weights),
        spelt=ends,
        spelling=np.array([char for one in spellings for char in one], dtype=np.int64),
    )
