"""Weekly windows as bitmaps: the half hours of a week in six words of 64 bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.items import Window

Ints = NDArray[np.integer[Any]]
Bitmaps = NDArray[np.uint64]

SLOTS = 336
"""Half hours of a week."""

WORDS = 6
"""Words of 64 bits that hold a week."""

DAY = (1 << 48) - 1
"""The half hours of a day."""

SHORT = 6
"""Items that last fewer days than this and one more are open only on the weekdays they span."""


def bitmap(windows: Sequence[Window]) -> int:
    """The half hours these windows touch, as the bits of a number; all of them for no window."""
    week = 0
    for window in windows:
        first, last = window.start // 30, -(-window.end // 30)
        week |= ((1 << last) - (1 << first)) << window.day * 48
    return week if windows else (1 << SLOTS) - 1


def weekdays(first: int, days: int) -> int:
    """The half hours of `days` (up to 7) days from the one with ordinal `first` on."""
    week = 0
    for step in range(days):
        week |= DAY << (first + step - 1) % 7 * 48
    return week


SPANS: Bitmaps = np.frombuffer(
    b"".join(
        weekdays(first, days).to_bytes(8 * WORDS, "little")
        for first in range(7)
        for days in range(SHORT + 1)
    ),
    dtype="<u8",
).reshape(7, SHORT + 1, WORDS)
"""By ordinal of the first day modulo 7 and number of days: the half hours of those weekdays."""


class Weeks:
    """Distinct weeks, each once: `rows` gives those of items, `bitmaps` all of them in the end."""

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {bitmap(()): 0}
        self.known: dict[tuple[Window, ...], int] = {(): 0}

    def rows(
        self, windows: Sequence[tuple[Window, ...]], first: Ints, days: Ints
    ) -> NDArray[np.int32]:
        """Rows of `bitmaps` for items open in these windows, from ordinal `first` on for `days`
        days (0 where that is `SHORT` or longer, or unknown)."""
        known = self.known
        for written in {one for one in windows if one and one not in known}:
            known[written] = self._number(bitmap(written))
        rows = np.array([known[one] for one in windows], dtype=np.int64)
        brief = np.flatnonzero(days)
        keys = (rows[brief] * 7 + first[brief] % 7) * 8 + days[brief]
        bits = list(self.numbers)
        distinct, which = np.unique(keys, return_inverse=True)
        cut = [
            self._number(bits[key // 56] & weekdays(key // 8 % 7, key % 8))
            for key in distinct.tolist()
        ]
        rows[brief] = np.array(cut, dtype=np.int64)[which]
        return rows.astype(np.int32)

    @property
    def bitmaps(self) -> Bitmaps:
        """All distinct weeks: one row of `WORDS` words each."""
        packed = b"".join(week.to_bytes(8 * WORDS, "little") for week in self.numbers)
        return np.frombuffer(packed, dtype="<u8").reshape(-1, WORDS)

    def _number(self, week: int) -> int:
        return self.numbers.setdefault(week, len(self.numbers))
