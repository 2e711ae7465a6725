"""Items together with the tags that were read from their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from mulin.matching.items import TAGS, Need, Resource

Item = TypeVar("Item", Need, Resource)


class Completed(Sequence[Item], Generic[Item]):
    """Items with the tags that were read from their words, made when they are looked at."""

    def __init__(self, items: Sequence[Item], field: str, tags: NDArray[np.uint8]) -> None:
        self.items: Sequence[Item] = items
        self.field, self.tags = field, tags

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice):
            return tuple(self[row] for row in range(*at.indices(len(self))))
        item, bits = self.items[at], int(self.tags[at])
        if getattr(item, self.field) or not bits:
            return item
        tags = frozenset(tag for place, tag in enumerate(TAGS) if bits >> place & 1)
        changes: dict[str, Any] = {self.field: tags}
        return replace(item, **changes)

    def __iter__(self) -> Iterator[Item]:
        return (self[row] for row in range(len(self)))
