"""What texts speak of, how alike two of them are, and the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold
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


class Speech:
    """Cosines between the texts of needs and of resources; rarer features weigh more."""

    def __init__(
        self, needs: Sequence[tuple[str, str]], resources: Sequence[tuple[str, str]]
    ) -> None:
        told = [spoken_of(*text) for text in (*needs, *resources)]
        spread = Counter(feature for features in told for feature in features)
        rarity = {one: float(np.log(1.0 + len(told) / count)) for one, count in spread.items()}
        weighed = [_weighed(features, rarity) for features in told]
        self.needs, self.width = weighed[: len(needs)], len(resources)
        found: dict[str, tuple[list[int], list[float]]] = {}
        for row, features in enumerate(weighed[len(needs) :]):
            for feature, weight in features.items():
                rows, weights = found.setdefault(feature, ([], []))
                rows.append(row)
                weights.append(weight)
        self.found = {
            feature: (np.array(rows), np.array(weights, dtype=np.float32))
            for feature, (rows, weights) in found.items()
        }

    def alike(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """How alike these needs are to every resource (rows × resources), from 0 to 1."""
        alike = np.zeros((len(rows), self.width), dtype=np.float32)
        for at, row in enumerate(rows):
            for feature, weight in self.needs[row].items():
                if feature in self.found:
                    columns, weights = self.found[feature]
                    alike[at, columns] += weight * weights
        return np.clip(alike, 0, 1, out=alike)


def _weighed(features: Told, rarity: Mapping[str, float]) -> Told:
    """Features by weight and rarity, of length one together."""
    weighed = {feature: weight * rarity[feature] for feature, weight in features.items()}
    length = sum(weight**2 for weight in weighed.values()) ** 0.5
    return {feature: weight / length for feature, weight in weighed.items()}


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
