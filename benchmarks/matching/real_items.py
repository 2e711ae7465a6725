"""Real items that name who took what: how high the engine's fit ranks the true taker.

`takers.csv` holds an item's id, its source's id, what it is, and the units that took it. Left out
are takers without a name of their own (党员, 居民, 物业) and whole districts.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from math import comb, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin import matching
from mulin.hanzi import fold

Scores = NDArray[np.float64]


def takers() -> list[dict[str, str]]:
    """The rows of the file."""
    path = Path(__file__).with_name("takers.csv")
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def real_lines() -> Iterator[dict[str, Any]]:
    """Mean reciprocal rank of the first true taker among all named units, by three rankings."""
    rows = takers()
    units = sorted({unit for row in rows for unit in row["takers"].split("|")})
    true = [[units.index(unit) for unit in row["takers"].split("|")] for row in rows]
    items = [row["item"] for row in rows]
    rankings = {
        "mulin": by_fit(items, units),
        "text_only": np.array([[cosine(item, unit) for unit in units] for item in items]),
        "random": np.zeros((len(items), len(units))),
    }
    for method, scores in rankings.items():
        ranks = [reciprocal_rank(row, own) for row, own in zip(scores, true, strict=True)]
        yield {
            "method": method, "size": "real", "items": len(items), "units": len(units),
            "mean_reciprocal_rank": round(float(np.mean(ranks)), 4),
            "first": round(float(np.mean([rank > 0.99 for rank in ranks])), 4),
        }  # fmt: skip


def by_fit(items: list[str], units: list[str]) -> Scores:
    """The engine's fit of every pair, -1 where a hard filter keeps them apart."""
    needs = [matching.Need(id=f"n{row}", title=item) for row, item in enumerate(items)]
    supply = [
        matching.Resource(id=f"r{row}", title=unit, unit=unit, gives=frozenset({"labour"}))
        for row, unit in enumerate(units)
    ]
    problem = matching.problem(supply, needs, k=len(units))
    scores = np.full((len(items), len(units)), -1.0)
    edges = problem.edges
    need = problem.parts.need[edges.part]
    np.maximum.at(scores, (need, problem.lots.resource[edges.lot]), edges.fit.astype(float))
    return scores


def cosine(left: str, right: str) -> float:
    """Likeness of two texts by their characters and pairs of characters."""
    one, two = (Counter(_grams(fold(text))) for text in (left, right))
    shared = sum(count * two[gram] for gram, count in one.items())
    lengths = (sqrt(sum(count**2 for count in grams.values())) for grams in (one, two))
    return shared / max(1e-9, float(np.prod(list(lengths))))


def _grams(text: str) -> list[str]:
    return [*text, *(text[at : at + 2] for at in range(len(text) - 1))]


def reciprocal_rank(scores: Scores, true: list[int]) -> float:
    """Expected 1 ÷ rank of the first of the true ones, equal scores in any order."""
    best = scores[true].max()
    above = int(np.count_nonzero(scores > best))
    tied = int(np.count_nonzero(scores == best))
    own = int(np.count_nonzero(scores[true] == best))
    ways = comb(tied, own)
    return sum(
        comb(tied - place, own - 1) / ways / (above + place) for place in range(1, tied - own + 2)
    )
