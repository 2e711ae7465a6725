"""Listed words found in many texts at once: a trie over code points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold
from mulin.matching.compiled import FAST, compiled

Ints = NDArray[np.integer[Any]]

LONGEST = 400
"""Characters of a text that are read: what a list says in more is seldom about the thing."""

FIRST = 65_536
"""Code points that a listed word can begin with."""

SHIFT = 21
"""Bits of a code point."""

MIXED = 40_503
"""Spreads the steps over their table."""


class Trie(NamedTuple):
    """Words as paths: the node after a first code point, then hashed steps from node to node."""

    root: Any
    step: Any
    node: Any
    word: Any


def folded(texts: Sequence[str]) -> list[str]:
    """Each text as `hanzi.fold` gives it, cut to `LONGEST` characters, on one line."""
    if not texts:
        return []
    return fold("\n".join([text[:LONGEST].replace("\n", " ") for text in texts])).split("\n")


def code_points(text: str) -> NDArray[np.int32]:
    """A text as numbers, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.int32)


def written(codes: Ints) -> str:
    """The text of these code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def lines_of(codes: Ints) -> NDArray[np.int64]:
    """The line that each code point stands on, from 0."""
    return np.cumsum(codes == ord("\n"), dtype=np.int64)


def trie(words: Sequence[str]) -> Trie:
    """The trie of these words (none empty); the number of a word is its row."""
    steps: dict[tuple[int, str], int] = {}
    ends = [-1]
    for row, word in enumerate(words):
        at = 0
        for char in word:
            at = steps.setdefault((at, char), len(ends))
            if at == len(ends):
                ends.append(-1)
        ends[at] = row
    size = 1 << max(4, (2 * len(steps)).bit_length())
    root = np.zeros(FIRST, dtype=np.int32)
    step, node = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int32)
    for (at, char), reached in steps.items():
        if at == 0:
            root[ord(char)] = reached
            continue
        key = at << SHIFT | ord(char)
        slot = key * MIXED >> 16 & size - 1
        while step[slot] >= 0:
            slot = slot + 1 & size - 1
        step[slot], node[slot] = key, reached
    made = Trie(root, step, node, np.array(ends, dtype=np.int32))
    return made if FAST else Trie(*(part.tolist() for part in made))


def spot(codes: Ints, words: Trie) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Where listed words begin, and which: every occurrence, overlapping ones too."""
    read, room = codes if FAST else codes.tolist(), len(codes) + 16
    while True:
        at, which = np.zeros(room, dtype=np.int64), np.zeros(room, dtype=np.int32)
        count = _spot(read, words.root, words.step, words.node, words.word, at, which)
        if count <= room:
            return at[:count], which[:count]
        room = count


@compiled
def _spot(codes: Any, root: Any, step: Any, node: Any, word: Any, at: Any, which: Any) -> int:
    """Count the words found, and write them down where there is room."""
    count, last = 0, len(step) - 1
    for start in range(len(codes)):
        first = codes[start]
        here = root[first] if first < FIRST else 0
        end = start + 1
        while here > 0:
            if word[here] >= 0:
                if count < len(at):
                    at[count], which[count] = start, word[here]
                count += 1
            if end >= len(codes):
                break
            key = here << SHIFT | codes[end]
            slot = key * MIXED >> 16 & last
            while step[slot] >= 0 and step[slot] != key:
                slot = slot + 1 & last
            here = node[slot] if step[slot] == key else 0
            end += 1
    return count
