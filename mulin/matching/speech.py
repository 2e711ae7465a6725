"""How alike the texts of needs and of resources are: cosines of what they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.features import BUCKETS, Features

Ints = NDArray[np.integer[Any]]
Reals = NDArray[np.float32]


@dataclass(frozen=True)
class Speech:
    """Features of needs and of resources, numbered from 0; rarer features weigh more.

    `rarity` is log(1 + texts / texts that have it) of each feature, `dense` the number of each
    feature of `BUCKETS` (-1: unknown); `need_scale` and `scale` are one over the lengths of rows.
    """

    needs: Features
    resources: Features
    rarity: Reals
    dense: NDArray[np.int32]
    need_scale: Reals
    scale: Reals

    @classmethod
    def of(cls, needs: Features, resources: Features) -> Speech:
        """Rarities from these texts alone."""
        numbers = np.concatenate([needs.number, resources.number])
        said, counts = _told(numbers)
        dense = np.full(BUCKETS, -1, dtype=np.int32)
        dense[said] = np.arange(len(said))
        texts = len(needs.ptr) + len(resources.ptr) - 2
        rarity = np.log(1.0 + texts / counts).astype(np.float32)
        needs, resources = numbered(needs, dense), numbered(resources, dense)
        scales = scale_of(needs, rarity), scale_of(resources, rarity)
        return cls(needs, resources, rarity, dense, *scales)

    @cached_property
    def _found(self) -> tuple[NDArray[np.int64], Ints, Reals]:
        """Resources by feature: where each feature's begin, which they are, their weights."""
        order = np.argsort(self.resources.number, kind="stable")
        ptr = np.searchsorted(self.resources.number[order], np.arange(len(self.rarity) + 1))
        weights = self.resources.weight[order].astype(np.float32)
        return ptr, self.resources.row[order], weights

    def told(self, row: int) -> tuple[Ints, Reals]:
        """A need's features and what a whole one of a resource adds to the cosine's sum."""
        own = slice(*self.needs.ptr[row : row + 2].tolist())
        number = self.needs.number[own]
        rare = self.rarity[number]
        weight = self.needs.weight[own].astype(np.float32) * (rare * rare)
        return number, weight * self.need_scale[row]

    def alike(self, rows: Ints) -> Reals:
        """How alike these needs are to every resource (rows × resources), from 0 to 1."""
        ptr, columns, weights = self._found
        alike = np.zeros((len(rows), len(self.scale)), dtype=np.float32)
        for at, row in enumerate(rows.tolist()):
            for feature, weight in zip(*self.told(row), strict=True):
                span = slice(ptr[feature], ptr[feature + 1])
                alike[at, columns[span]] += weight * weights[span]
        return np.minimum(alike * self.scale, np.float32(1))

    def alike_pairs(self, rows: Ints, columns: Ints) -> Reals:
        """How alike each need is to the resource beside it."""
        alike = np.zeros(len(rows), dtype=np.float32)
        weighed = np.zeros(len(self.rarity), dtype=np.float32)
        order = np.argsort(rows, kind="stable")
        starts = np.flatnonzero(np.diff(rows[order], prepend=-1))
        ends = [*starts[1:].tolist(), len(rows)][: len(starts)]
        for first, last in zip(starts.tolist(), ends, strict=True):
            number, weight = self.told(int(rows[order[first]]))
            weighed[number] = weight
            for pair in order[first:last].tolist():
                own = slice(*self.resources.ptr[columns[pair] : columns[pair] + 2].tolist())
                told = weighed[self.resources.number[own]] * self.resources.weight[own]
                alike[pair] = np.add.accumulate(told, dtype=np.float32)[-1] if len(told) else 0
            weighed[number] = 0
        return np.minimum(alike * self.scale[columns], np.float32(1))


def _told(numbers: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Which features there are, in order, and how often; by bucket where there are many."""
    if len(numbers) < BUCKETS:
        return np.unique(numbers, return_counts=True)
    counts = np.bincount(numbers, minlength=BUCKETS)
    said = np.flatnonzero(counts)
    return said, counts[said]


def numbered(features: Features, dense: NDArray[np.int32]) -> Features:
    """The same rows with features numbered from 0; unknown ones are left out."""
    number = dense[features.number]
    if len(number) == 0 or number.min() >= 0:
        return Features(features.ptr, number, features.weight)
    known = number >= 0
    ptr = np.concatenate([[0], known.cumsum()])[features.ptr]
    return Features(ptr, number[known], features.weight[known])


def scale_of(features: Features, rarity: Reals) -> Reals:
    """One over the length of each row's features, 0 for a row without any."""
    weighed = features.weight * rarity[features.number].astype(np.float64)
    squares = np.bincount(features.row, weights=weighed**2, minlength=len(features.ptr) - 1)
    with np.errstate(divide="ignore"):
        scale = np.where(squares > 0, 1.0 / np.sqrt(squares), 0.0)
    return scale.astype(np.float32)
