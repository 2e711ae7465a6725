"""Showing where the asked words stand, in whichever script or width they are written."""

from collections.abc import Iterable

from mulin.hanzi import fold

Part = tuple[str, bool]
"""A piece of a text, and whether it was asked for."""

AROUND = 24


def words_of(text: str) -> list[str]:
    """The asked words, folded; punctuation separates them."""
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def holds(text: str, words: Iterable[str]) -> bool:
    """Whether every (folded) word stands in the text."""
    folded = fold(text)
    return all(word in folded for word in words)


def marked(text: str, words: Iterable[str]) -> list[Part]:
    """The text in pieces, the (folded) words among them marked."""
    hits = _hits(text, words)
    parts: list[Part] = []
    for at, character in enumerate(text):
        if parts and parts[-1][1] == hits[at]:
            parts[-1] = (parts[-1][0] + character, hits[at])
        else:
            parts.append((character, hits[at]))
    return parts


def excerpt(text: str, words: Iterable[str]) -> list[Part]:
    """Where the first word stands, with what is around it; nothing where none does."""
    words = list(words)
    hits = _hits(text, words)
    if True not in hits:
        return []
    first = hits.index(True)
    start, end = max(0, first - AROUND), first + 2 * AROUND
    shown = ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
    return marked(shown, words)


def _hits(text: str, words: Iterable[str]) -> list[bool]:
    """For each character whether it belongs to a word; folding may lengthen or drop characters."""
    folded, origin = "", []
    for at, character in enumerate(text):
        piece = fold(character)
        folded += piece
        origin += [at] * len(piece)
    hits = [False] * len(text)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            for place in origin[at : at + len(word)]:
                hits[place] = True
            at = folded.find(word, at + len(word))
    return hits
