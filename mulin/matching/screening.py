"""Which supply could answer which need at all, and how well, as whole arrays of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold
from mulin.matching import filters
from mulin.matching.columns import NeedColumns, SupplyColumns, bits
from mulin.matching.features import Features
from mulin.matching.fits import (
    ALIKE,
    AMOUNT,
    ANYBODY,
    BESIDES,
    EARTH_KM,
    HALF,
    OTHER_KIND,
    PLACE,
    TELLING,
    TIME,
    TOPIC,
    UNASKED,
    Tables,
)
from mulin.matching.items import Need, Resource, Window
from mulin.matching.reading import Reader
from mulin.matching.speech import Speech
from mulin.matching.weeks import WORDS

Ints = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
Fits = NDArray[np.float32]


@dataclass(frozen=True)
class Screened:
    """Pairs of needs and resources: fits and, for each hard filter, who passes it.

    Rows of needs × resources, or single pairs: `fits` has one more axis, as `FIT_PARTS`.
    """

    fits: NDArray[np.float32]
    fit: Fits
    other: Mask
    suits: Mask
    jurisdiction: Mask
    audience: Mask
    dates: Mask
    time: Mask
    payable: Mask
    roomy: Mask
    sized: Mask
    near: Mask

    @property
    def passed(self) -> Mask:
        """Pairs that pass every hard filter."""
        who = self.other & self.suits & self.jurisdiction & self.audience
        return who & self.dates & self.time & self.payable & self.roomy & self.sized & self.near


class Screen:
    """Items as arrays, made once; `rows` screens a few hundred needs, `pairs` chosen pairs."""

    def __init__(
        self,
        needs: NeedColumns,
        supply: SupplyColumns,
        tables: Tables,
        speech: Speech,
        reader: Reader | None,
    ) -> None:
        self.needs, self.supply, self.tables = needs, supply, tables
        self.speech, self.reader = speech, reader

    @classmethod
    def empty(cls) -> Screen:
        """The screen of no items, for a model that was made without any."""
        none: Any = np.zeros(0, dtype=np.int32)
        needs = NeedColumns(*(none for _ in NeedColumns._fields))
        supply = SupplyColumns(*(none for _ in SupplyColumns._fields))
        texts = Features(np.zeros(1, np.int64), none, np.zeros(0, np.uint8))
        table = np.zeros((1, 1), dtype=np.float32)
        tables = Tables(table, table, np.zeros((1, WORDS), dtype=np.uint64), np.zeros(1, np.int32))
        return cls(needs, supply, tables, Speech.of(texts, texts), None)

    def rows(
        self,
        rows: Ints,
        tags: Sequence[str],
        columns: Ints | None = None,
        bodies: Sequence[str] = (),
    ) -> Screened:
        """Screen needs by index against all resources, or those of `columns`.

        `tags` is the supply each row insists on, "" where any tag the need names will do;
        `bodies` the unit whose permission it is, "" for any.
        """
        bodies = bodies or [""] * len(rows)
        asked = [bits({tag}) for tag in tags], [self.body(name) for name in bodies]
        tag, body = (np.array(one, dtype=np.int32)[:, None] for one in asked)
        if columns is None:
            words = self.speech.alike(rows)
            columns = np.arange(len(self.supply.kind))
        else:
            wide = np.repeat(rows, len(columns)), np.tile(columns, len(rows))
            words = self.speech.alike_pairs(*wide).reshape(len(rows), -1)
        return self._look(rows[:, None], columns[None, :], words, tag, body)

    def pairs(self, rows: Ints, columns: Ints, tag: Ints, body: Ints) -> Screened:
        """Screen each need with the resource beside it; `tag` are bits, `body` numbers of units."""
        return self._look(rows, columns, self.speech.alike_pairs(rows, columns), tag, body)

    def body(self, name: str) -> int:
        """The number of a unit, `ANYBODY` for "", a number nobody has for an unknown one."""
        if not name:
            return ANYBODY
        known = self.reader.owners.numbers if self.reader else {}
        return known.get(fold(name).strip(), ANYBODY - 1)

    def _look(self, n: Ints, r: Ints, words: Fits, tag: Ints, body: Ints) -> Screened:
        needs, supply = self.needs, self.supply
        insists = tag > 0
        wanted = np.where(insists, tag, np.where(needs.wants[n] > 0, needs.wants[n], 15))
        meets = (wanted & supply.gives[r]) > 0
        kind = self.tables.related[needs.kind[n], supply.kind[r]]
        suits = meets | (~insists & ((kind >= HALF) | (words >= ALIKE)))
        named = body != ANYBODY
        suits &= ~named | (body == supply.owner[r])
        near, place = filters.place(needs, supply, n, r)
        time, timely = filters.in_time(needs, supply, self.tables, n, r)
        roomy, sized, amount = filters.amounts(needs, supply, n, r, named)
        root = np.sqrt(words)
        topic = self._topic(n, r, kind, root, meets, insists)
        topic = np.where(named & suits, np.float32(1), topic)
        around = TOPIC + TIME * timely + AMOUNT * amount + PLACE * place
        parts = np.broadcast_arrays(kind, root, timely, amount, place)
        owner = supply.owner[r]
        masks = {
            "other": (needs.owner[n] != owner) | (owner < 0),
            "suits": suits,
            "jurisdiction": filters.jurisdiction(needs, supply, n, r),
            "audience": filters.audience(needs, supply, n, r),
            "dates": (needs.first[n] <= supply.last[r]) & (needs.last[n] >= supply.first[r]),
            "time": time,
            "payable": filters.payable(needs, supply, n, r, named),
            "roomy": roomy,
            "sized": sized,
            "near": near,
        }
        whole = {name: np.broadcast_to(mask, words.shape) for name, mask in masks.items()}
        return Screened(np.stack(parts, axis=-1), topic * around, **whole)

    def _topic(self, n: Ints, r: Ints, kind: Fits, root: Fits, meets: Mask, insists: Mask) -> Fits:
        """Whether both are about the same: their words say so, or what serves any purpose is
        asked for.

        A kind alone says little (fitness gear and a show are both culture and sports). A room or
        a sum serves whoever asks for a room or a sum, and the work of those who don't say what
        they do whoever wants work, as far as the name of the unit goes with it.
        """
        needs, supply = self.needs, self.supply
        within = OTHER_KIND + (np.float32(1) - OTHER_KIND) * kind
        topic = np.minimum(np.float32(1), root / TELLING) * within
        purpose, gives = supply.purpose[r], supply.gives[r]
        any_topic = self.tables.purpose[purpose, needs.kind[n]]
        is_work = purpose > 1
        asks = np.where(is_work, needs.asks[n] | needs.wants[n], needs.asks[n])
        called = meets & (insists | ((asks & gives) > 0) | (kind == 1))
        lent = any_topic + (np.float32(1) - any_topic) * topic
        hint = np.maximum(topic, UNASKED * any_topic + BESIDES * topic)
        hinted = np.where(is_work & ~insists, hint, topic)
        return np.asarray(np.where(called & (purpose > 0), lent, hinted))


def kilometres(need: Need, resource: Resource) -> float | None:
    """Great-circle distance (haversine, radius 6,371 km), None where a point is unknown."""
    if need.point is None or resource.point is None:
        return None
    (lat1, lon1), (lat2, lon2) = np.radians(need.point), np.radians(resource.point)
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(min(1.0, half))))


def overlaps(one: Window, other: Window) -> bool:
    """Whether two windows share an hour, or the whole of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return one.day == other.day and shared >= min(60, one.end - one.start, other.end - other.start)
