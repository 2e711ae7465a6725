"""What one text speaks of, and the words that two of them share."""

from __future__ import annotations

from collections.abc import Mapping

from mulin.hanzi import fold
from mulin.matching.listed import LONGEST
from mulin.matching.phrases import read

Told = Mapping[str, float]
"""Features of a text and how much each tells."""

FILLER = frozenset("=的了和与及等在为对有个请我们希望建议社区居民提供开展进行组织需要服务活动")
"""What stands in every list; `=` marks a word that `synonyms.csv` knows."""

THING = 0.9
"""From this weight on a known word names a thing; below, what is done to it, its state, or who."""

BESIDE = 0.5
"""What such words tell beside the thing itself."""


def spoken_of(title: str, detail: str = "") -> Told:
    """What a wording speaks of and how much each part tells; buildings and filling words don't."""
    return {
        feature: weight * (BESIDE if feature.startswith("=") and weight < THING else 1.0)
        for feature, weight in read(title, detail).features.items()
        if not feature.startswith("@") and not set(feature) <= FILLER
    }


def shared_words(left: str, right: str) -> tuple[str, ...]:
    """Up to three longest runs of two or more characters that both texts hold."""
    one, two = fold(left[:LONGEST]), fold(right[:LONGEST])
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
