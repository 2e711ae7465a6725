"""Folds width, case and script so that texts can be compared, and cuts them into bigrams."""

import unicodedata
from functools import cache

# The blocks that hold characters with a simplified form: Extension A, the main block,
# the compatibility ideographs.
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


@cache
def _simplified() -> dict[int, str]:
    import opencc  # noqa: PLC0415 - heavy, and ASCII text never needs it

    characters = [chr(code) for start, end in _BLOCKS for code in range(start, end)]
    # One character a line, so that no phrase rule can make a character depend on its neighbours.
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(old): new
        for old, new in zip(characters, converted, strict=True)
        if old != new and len(new) == 1
    }


def fold(text: str) -> str:
    """Return `text` for comparing: NFKC, case folded, traditional characters simplified.

    Lossy (several traditional characters share a simplified one): compare with it, never store it
    in place of what was written.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isascii() else folded.translate(_simplified())


def bigrams(folded: str) -> list[str]:
    """Cut folded text into overlapping pairs; spaces and punctuation separate, and are dropped.

    A run of one character stays as that character: "a 路灯" gives ["a", "路灯"].
    """
    runs = "".join(c if c.isalnum() else " " for c in folded).split()
    pairs: list[str] = []
    for run in runs:
        pairs += [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]
    return pairs
