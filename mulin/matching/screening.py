"""Which supply could answer which need at all, and how well, as whole rows of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold
from mulin.matching.amounts import amount_of, clash, demand_of, family, is_room
from mulin.matching.asking import asked_of
from mulin.matching.items import TAGS, Need, Resource, Window
from mulin.matching.taxonomy import ANY_USE, SHARED, Taxonomy, standard
from mulin.matching.words import Speech

Mask = NDArray[np.bool_]
Fits = NDArray[np.float32]

CIRCUMSTANCES = np.array([0.10, 0.05, 0.10], dtype=np.float32)
"""What time, amount and place add: a quarter of a fit, nothing where the topic differs."""

ALIKE = 0.35
"""Text this alike shows a fit that neither kinds nor tags could show."""

TELLING = 0.6
"""From this on, texts (the root of their cosine) are about the same, however differently said."""

SAME_KIND, OTHER_KIND = 1.0, 0.55
"""What like words count within a kind, and between kinds that have nothing in common."""

ANY_PURPOSE = 0.7
"""The topic of a room or a sum, for whoever asks for a room or a sum: it serves any purpose."""

SLOTS = 336
"""Half hours of a week."""

FOREVER = (1, 4_000_000)


def complete_need(need: Need, taxonomy: Taxonomy) -> tuple[Need, str, bool]:
    """The need with its tags read from its words where it names none, its kind, and whether
    its tags were given (then each is needed) rather than read (then any of them will do)."""
    kind = taxonomy.code_of(need.category) or taxonomy.infer(need.title, need.detail)
    if need.wants:
        return need, kind, True
    words = need.title, need.detail
    tags = taxonomy.asked_in(*words) or taxonomy.tags_in(*words)
    if kind in SHARED:
        tags |= {SHARED[kind]}
    if len(tags) > 1:
        tags -= {"permission"}
    return replace(need, wants=tags), kind, False


def complete_resource(resource: Resource, taxonomy: Taxonomy) -> tuple[Resource, str]:
    """The resource with its kind, and tags from its words; words that name none mean labour."""
    kind = taxonomy.code_of(resource.category) or taxonomy.infer(resource.title, resource.detail)
    if resource.gives:
        return resource, kind
    tags = taxonomy.tags_in(resource.title, resource.detail)
    if kind in SHARED:
        tags |= {SHARED[kind]}
    return replace(resource, gives=tags or frozenset({"labour"})), kind


def slots(item: Need | Resource) -> Fits:
    """The half hours of a week an item is open for: all of them where it names none."""
    week = np.zeros(SLOTS, dtype=np.float32)
    for window in item.windows:
        week[window.day * 48 + window.start // 30 : window.day * 48 + -(-window.end // 30)] = 1
    if not item.windows:
        week[:] = 1
    if item.starts_on and item.ends_on and (item.ends_on - item.starts_on).days < 6:
        week *= on_days(item.starts_on, item.ends_on)
    return week


def on_days(first: date, last: date) -> Fits:
    """The half hours of the weekdays from `first` to `last`."""
    days = {(first.toordinal() + step - 1) % 7 for step in range((last - first).days + 1)}
    return np.repeat([float(day in days) for day in range(7)], 48).astype(np.float32)


def overlaps(one: Window, other: Window) -> bool:
    """Whether two windows share an hour, or the whole of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return one.day == other.day and shared >= min(60, one.end - one.start, other.end - other.start)


@dataclass(frozen=True)
class Screened:
    """Rows of parts against all resources: fits and, for each hard filter, who passes it."""

    fits: NDArray[np.float32]
    """rows × resources × 5, columns as `FIT_PARTS`."""
    fit: Fits
    other: Mask
    suits: Mask
    dates: Mask
    time: Mask
    payable: Mask
    roomy: Mask
    near: Mask

    @property
    def passed(self) -> Mask:
        """Pairs that pass every hard filter."""
        return (
            self.other & self.suits & self.dates & self.time & self.payable & self.roomy & self.near
        )


class Screen:
    """Items as arrays, made once, and screened a few hundred rows at a time."""

    def __init__(
        self,
        needs: Sequence[Need],
        resources: Sequence[Resource],
        kinds: tuple[Sequence[str], Sequence[str]],
        taxonomy: Taxonomy,
    ) -> None:
        self.needs, self.resources = needs, resources
        self.speech = Speech(
            [_asked(need) for need in needs],
            [(one.title, f"{one.detail} {one.serving}") for one in resources],
        )
        self.need_week = _stack([slots(need) for need in needs])
        self.resource_week = _stack([slots(resource) for resource in resources])
        self.need_span = np.array([_span(n.starts_on, _earlier(n)) for n in needs]).reshape(-1, 2)
        self.span = np.array([_span(r.starts_on, r.ends_on) for r in resources]).reshape(-1, 2)
        codes = ["", *(kind.code for kind in taxonomy.kinds)]
        self.need_kind = np.array([codes.index(code) for code in kinds[0]], dtype=np.int64)
        self.kind = np.array([codes.index(code) for code in kinds[1]], dtype=np.int64)
        self.related = _related(taxonomy, codes)
        self.any_purpose = np.array([code in ANY_USE for code in kinds[1]], dtype=bool)
        self.asks = np.array(
            [_bits(taxonomy.asked_in(n.title, n.detail)) for n in needs], dtype=np.int64
        )
        self.gives = np.array([_bits(r.gives) for r in resources], dtype=np.int64)
        self.seats = np.array([_seats(r) for r in resources], dtype=np.float64)
        self.amounts = np.array([_amount(r) for r in resources], dtype=np.float64)
        self.owner = _numbered([need.unit for need in needs], [r.unit for r in resources])
        self.homes = _numbered([n.community for n in needs], [r.community for r in resources])
        self.sides = _numbered([n.side for n in needs], [r.side for r in resources])
        self.payments = _payments(needs, resources)

    @classmethod
    def empty(cls) -> Screen:
        """The screen of no items, for a model that was made without any."""
        return cls((), (), ((), ()), standard())

    def rows(self, rows: NDArray[np.integer[Any]], tags: Sequence[str]) -> Screened:
        """Screen needs by index against all resources; `tags` is the supply each row insists on,
        "" where any tag the need names will do."""
        words = self.speech.alike(rows.tolist())
        week = self.need_week[rows]
        shared = week @ self.resource_week.T
        least = np.minimum(week.sum(1)[:, None], self.resource_week.sum(1)[None, :])
        wanted = np.array(
            [
                _bits({tag}) if tag else _bits(self.needs[row].wants) or 15
                for row, tag in zip(rows, tags, strict=True)
            ],
            dtype=np.int64,
        )
        meets = (wanted[:, None] & self.gives[None, :]) > 0
        kind = self.related[self.need_kind[rows]][:, self.kind]
        insists = np.array([bool(tag) for tag in tags], dtype=bool)[:, None]
        suits = meets | (~insists & ((kind >= 0.5) | (words >= ALIKE)))
        near, place = self._place(rows)
        roomy, amount = self._amount(rows)
        timely = np.where(least >= SLOTS, 0.7, shared / np.maximum(least, 1)).astype(np.float32)
        fits = np.stack([kind, np.sqrt(words), timely, amount, place], axis=2)
        topic = self._topic(rows, kind, fits[:, :, 1], meets, insists)
        around = 1.0 - CIRCUMSTANCES.sum() + fits[:, :, 2:] @ CIRCUMSTANCES
        return Screened(
            fits=fits,
            fit=np.asarray(topic * around, dtype=np.float32),
            other=~_same(self.owner, rows),
            suits=suits,
            dates=self._dates(rows),
            time=shared >= np.clip(least, 1, 2),
            payable=self.payments[0][rows][:, self.payments[1]],
            roomy=roomy,
            near=near,
        )

    def _topic(
        self, rows: NDArray[np.integer[Any]], kind: Fits, words: Fits, meets: Mask, insists: Mask
    ) -> Fits:
        """Whether both are about the same: their words say so, or a room or a sum is asked for.

        A kind alone says little (fitness gear and a show are both culture and sports), and work
        or things serve only the purpose that their words name.
        """
        within = OTHER_KIND + (SAME_KIND - OTHER_KIND) * kind
        topic = np.minimum(1.0, words / TELLING) * within
        asked = (self.asks[rows][:, None] & self.gives[None, :]) > 0
        lent = self.any_purpose[None, :] & meets & (insists | asked | (kind == 1.0))
        return np.where(lent, ANY_PURPOSE + (1.0 - ANY_PURPOSE) * topic, topic)

    def _dates(self, rows: NDArray[np.integer[Any]]) -> Mask:
        span = self.need_span[rows]
        return (span[:, :1] <= self.span[None, :, 1]) & (span[:, 1:] >= self.span[None, :, 0])

    def _amount(self, rows: NDArray[np.integer[Any]]) -> tuple[Mask, Fits]:
        demand = np.array([demand_of(self.needs[row]) for row in rows], dtype=np.float64)[:, None]
        people = np.array([is_people(self.needs[row]) for row in rows], dtype=bool)[:, None]
        seats = self.seats[None, :]
        cover = np.minimum(1.0, np.nan_to_num(self.amounts, nan=1.0)[None, :] / demand)
        return ~people | np.isnan(seats) | (seats >= demand), cover.astype(np.float32)

    def _place(self, rows: NDArray[np.integer[Any]]) -> tuple[Mask, Fits]:
        known = (self.homes[0][rows] >= 0)[:, None] & (self.homes[1] >= 0)[None, :]
        score = np.where(known, 0.6, 0.7)
        score = np.where(_same(self.sides, rows), 0.8, score)
        score = np.where(_same(self.homes, rows), 1.0, score).astype(np.float32)
        near = np.ones(score.shape, dtype=bool)
        for column, resource in enumerate(self.resources):
            if resource.point is None:
                continue
            for at, row in enumerate(rows):
                km = kilometres(self.needs[row], resource)
                if km is not None:
                    score[at, column] = np.exp(-km / 5)
                    near[at, column] = resource.radius_km is None or km <= resource.radius_km
        return near, score


def kilometres(need: Need, resource: Resource) -> float | None:
    """Great-circle distance (haversine, radius 6,371 km), None where a point is unknown."""
    if need.point is None or resource.point is None:
        return None
    (lat1, lon1), (lat2, lon2) = np.radians(need.point), np.radians(resource.point)
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(2 * 6371 * np.arcsin(np.sqrt(min(1.0, half))))


def is_people(need: Need) -> bool:
    """Whether the need's amount counts people."""
    return family(need.measure) == "people"


def _stack(rows: list[Fits]) -> Fits:
    return np.stack(rows) if rows else np.zeros((0, SLOTS), dtype=np.float32)


def _asked(need: Need) -> tuple[str, str]:
    """What the need asks for, and around it what it tells besides."""
    asked, before = asked_of(need.title)
    return asked, f"{before} {need.detail} {need.serving}"


def _earlier(need: Need) -> date | None:
    ends = [day for day in (need.ends_on, need.due_on) if day]
    return min(ends) if ends else None


def _span(first: date | None, last: date | None) -> tuple[int, int]:
    return (
        first.toordinal() if first else FOREVER[0],
        last.toordinal() if last else FOREVER[1],
    )


def _bits(tags: frozenset[str] | set[str]) -> int:
    return sum(1 << at for at, tag in enumerate(TAGS) if tag in tags)


def _seats(resource: Resource) -> float:
    amount = amount_of(resource)
    return amount if is_room(resource) and amount is not None else float("nan")


def _amount(resource: Resource) -> float:
    amount = amount_of(resource)
    return float("nan") if amount is None else amount


def _numbered(left: list[str], right: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Both lists as numbers, equal where the folded names are; -1 for an empty name."""
    numbers: dict[str, int] = {"": -1}
    folded = [[fold(name).strip() for name in names] for names in (left, right)]
    for name in folded[0] + folded[1]:
        numbers.setdefault(name, len(numbers))
    one, two = ([numbers[name] for name in names] for names in folded)
    return np.array(one, dtype=np.int64), np.array(two, dtype=np.int64)


def _same(
    pair: tuple[NDArray[np.int64], NDArray[np.int64]], rows: NDArray[np.integer[Any]]
) -> Mask:
    left = pair[0][rows][:, None]
    return np.asarray((left == pair[1][None, :]) & (left >= 0))


def _related(taxonomy: Taxonomy, codes: list[str]) -> Fits:
    """How near two kinds are: same 1, unknown 0.5, same public-service area 0.35, else 0.15."""
    areas = ["", *(kind.area for kind in taxonomy.kinds)]
    table = np.full((len(codes), len(codes)), 0.15, dtype=np.float32)
    for row, area in enumerate(areas):
        for column, other in enumerate(areas):
            if area and area == other:
                table[row, column] = 0.35
    table[0, :] = table[:, 0] = 0.5
    np.fill_diagonal(table[1:, 1:], 1.0)
    return table


def _payments(
    needs: Sequence[Need], resources: Sequence[Resource]
) -> tuple[Mask, NDArray[np.int64]]:
    """Whether amounts can be paid with each other, by need × kind of measure offered."""
    sorts: dict[bool, Resource] = {}
    column = []
    for resource in resources:
        is_money = resource.measure.strip() in ("元", "万元", "块", "块钱", "千元")
        sorts.setdefault(is_money, resource)
        column.append(is_money)
    order = list(sorts)
    table = [[not clash(need, sorts[sort]) for sort in order] for need in needs]
    return (
        np.array(table, dtype=bool).reshape(len(needs), len(order)),
        np.array([order.index(sort) for sort in column], dtype=np.int64),
    )
