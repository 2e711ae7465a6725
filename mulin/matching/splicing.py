"""Rows of what was read before and of what is new, put together after a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from mulin.matching.columns import NeedColumns, SupplyColumns
from mulin.matching.features import Features
from mulin.matching.items import Need, Resource
from mulin.matching.shelves import taken
from mulin.matching.speech import Speech, numbered, scale_of

Ints = NDArray[np.integer[Any]]
Item = TypeVar("Item", Need, Resource)


@dataclass(frozen=True)
class Splice(Generic[Item]):
    """The items after a change. `source` is the old row of each, or the number of old items plus
    its place among the new ones; `now` is the row of each old item, -1 where it went or changed."""

    items: list[Item]
    source: NDArray[np.int64]
    now: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        old: Sequence[Item],
        fresh: Sequence[Item],
        gone: frozenset[str],
        row_of: Mapping[str, int],
    ) -> Splice[Item]:
        """Changed items in the place of their old ones, new ones at the end."""
        source, stays = np.arange(len(old)), np.ones(len(old), dtype=np.bool_)
        stays[[row_of[name] for name in gone if name in row_of]] = False
        added = []
        for at, item in enumerate(fresh):
            row = row_of.get(item.id, -1)
            if row >= 0 and stays[row]:
                source[row] = len(old) + at
            else:
                added.append(len(old) + at)
        source = np.concatenate([source[stays], np.array(added, dtype=np.int64)])
        now = np.full(len(old), -1, dtype=np.int64)
        kept = np.flatnonzero(source < len(old))
        now[source[kept]] = kept
        both: list[Any] = [*old, *fresh]
        return cls([both[row] for row in source.tolist()], source, now)

    @property
    def fresh(self) -> NDArray[np.int64]:
        """Rows that are new or changed."""
        return np.flatnonzero(self.source >= len(self.now))


def spliced_needs(old: NeedColumns, fresh: NeedColumns, source: Ints) -> NeedColumns:
    """The columns of needs after a change."""
    pairs: Any = zip(old, fresh, strict=True)
    return NeedColumns(*(np.concatenate(pair)[source] for pair in pairs))


def spliced_supply(old: SupplyColumns, fresh: SupplyColumns, source: Ints) -> SupplyColumns:
    """The columns of resources after a change."""
    listed = ("served_ptr", "served", "since", "until")
    plain = {
        name: np.concatenate([getattr(old, name), getattr(fresh, name)])[source]
        for name in SupplyColumns._fields
        if name not in listed
    }
    ptr = np.concatenate([old.served_ptr, fresh.served_ptr[1:] + old.served_ptr[-1]])
    counts = np.diff(ptr)[source]
    ends = counts.cumsum()
    at = np.arange(counts.sum()) - np.repeat(ends - counts - ptr[source], counts)
    areas = {
        name: np.concatenate([getattr(old, name), getattr(fresh, name)])[at] for name in listed[1:]
    }
    served_ptr = np.concatenate([[0], ends]).astype(np.int64)
    return SupplyColumns(**plain, served_ptr=served_ptr, **areas)


def spliced_speech(
    old: Speech, needs: Features, resources: Features, sources: tuple[Ints, Ints]
) -> Speech:
    """The texts after a change: words keep their rarity, new ones are as rare as can be."""
    dense, rarity = old.dense.copy(), old.rarity
    number = np.concatenate([needs.number, resources.number])
    unheard = np.unique(number[dense[number] < 0])
    dense[unheard] = len(rarity) + np.arange(len(unheard))
    texts = len(old.needs.ptr) + len(old.resources.ptr) - 2
    rarest = np.full(len(unheard), np.log(1.0 + max(1, texts)), dtype=np.float32)
    rarity = np.concatenate([rarity, rarest])
    told = numbered(needs, dense), numbered(resources, dense)
    need_scale, scale = (
        np.concatenate([kept, scale_of(new, rarity)])[source]
        for kept, new, source in zip((old.need_scale, old.scale), told, sources, strict=True)
    )
    spoken, offered = (
        _rows(kept, new, source)
        for kept, new, source in zip((old.needs, old.resources), told, sources, strict=True)
    )
    return Speech(spoken, offered, rarity, dense, need_scale, scale)


def _rows(old: Features, fresh: Features, source: Ints) -> Features:
    both = Features(
        np.concatenate([old.ptr, fresh.ptr[1:] + old.ptr[-1]]),
        np.concatenate([old.number, fresh.number]),
        np.concatenate([old.weight, fresh.weight]),
    )
    return Features(*taken(both, source))
