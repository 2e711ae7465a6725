"""Clustering by average alikeness, with pairs that may never meet."""

from __future__ import annotations

import numpy as np


def average_linkage(likeness: np.ndarray, counts: np.ndarray, least: float) -> list[list[int]]:
    """Clusters whose mutual average alikeness is at least `least`; conflicts (0) never meet.

    A float32 `likeness` is used up, to hold one table of all pairs and no more.
    Nearest-neighbour chains (Benzécri 1982, Juan 1982): n² steps for n rows.
    """
    size = counts.astype(np.float64).copy()
    mean = likeness.astype(np.float32, copy=False)
    mean[mean <= 0] = -1.0
    np.fill_diagonal(mean, -1.0)
    members: list[list[int]] = [[at] for at in range(len(mean))]
    alive = np.ones(len(mean), dtype=bool)
    chain: list[int] = []
    done = np.zeros(len(mean), dtype=bool)
    while True:
        if not chain:
            left = np.flatnonzero(alive & ~done)
            if not len(left):
                break
            chain.append(int(left[0]))
        top = chain[-1]
        row = np.where(alive, mean[top], -1.0)
        nearest = int(row.argmax())
        if len(chain) > 1 and row[chain[-2]] >= row[nearest]:
            nearest = chain[-2]
        if row[nearest] < least:
            done[top] = True
            chain.pop()
            continue
        if len(chain) > 1 and nearest == chain[-2]:
            _join(mean, size, nearest, top, alive)
            members[nearest] += members[top]
            done[nearest] = False
            chain = chain[:-2]
            continue
        if nearest in chain:
            chain = chain[: chain.index(nearest) + 1]
            continue
        chain.append(nearest)
    return [sorted(members[at]) for at in np.flatnonzero(alive).tolist()]


def _join(mean: np.ndarray, size: np.ndarray, kept: int, gone: int, alive: np.ndarray) -> None:
    both = (mean[kept] * size[kept] + mean[gone] * size[gone]) / (size[kept] + size[gone])
    both = np.where((mean[kept] < 0) | (mean[gone] < 0), -1.0, both)
    mean[kept], mean[:, kept] = both, both
    mean[kept, kept] = -1.0
    mean[gone], mean[:, gone] = -1.0, -1.0
    size[kept] += size[gone]
    alive[gone] = False
