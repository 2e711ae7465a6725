"""Reading items: their kinds, supply tags, texts and all columns, from the words they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulin.hanzi import fold
from mulin.matching import columns as made
from mulin.matching.asking import parted
from mulin.matching.columns import ALWAYS, Names, NeedColumns, SupplyColumns
from mulin.matching.features import Features, read_all
from mulin.matching.fits import EARTH_KM, PERMISSION, Tables
from mulin.matching.functions import Who, purposes_of, who
from mulin.matching.items import TAGS, Need, Resource
from mulin.matching.listed import LONGEST, folded
from mulin.matching.shelves import taken
from mulin.matching.taxonomy import ANY_USE, SHARED, Taxonomy
from mulin.matching.telling import Telling, telling_of
from mulin.matching.weeks import Weeks

Purpose = tuple[frozenset[str], bool] | None
"""What an offer without a purpose is for: kinds of work, and whether of a public body; None for
rooms and sums."""

LABOUR = 1 << TAGS.index("labour")

ANY_PURPOSE = 0.7
"""The topic of a room, a sum or unnamed work, for whoever asks for such: it serves any purpose."""

OWN_WORK, UNSURE, OTHER_WORK, OFF_DUTY = 0.8, 0.6, 0.45, 0.65
"""The topic of a unit's work where its name goes with the kind, where the kind isn't known, and
elsewhere: not proposed unless words speak for it, or members of public bodies lend a hand."""


@dataclass
class Reader:
    """What readings share, so that numbers of names, weeks and purposes mean the same in all."""

    taxonomy: Taxonomy
    telling: Telling
    groups: dict[str, int]
    owners: Names
    homes: Names
    sides: Names
    weeks: Weeks
    purposes: dict[Purpose, int]

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> Reader:
        """A reader that has read nothing yet."""
        names = Names(), Names(), Names()
        return cls(
            taxonomy,
            telling_of(taxonomy),
            {"": -1},
            *names,
            Weeks(),
            {None: 1, (frozenset(), True): 2},
        )

    def needs(self, needs: Sequence[Need]) -> tuple[NeedColumns, Features]:
        """The columns of these needs, and what they speak of: what they ask for counts whole."""
        titles, details = folded([n.title for n in needs]), folded([n.detail for n in needs])
        asked = [parted(title) for title in titles]
        kind = self._kinds([n.category for n in needs], titles, details)
        given = made.tag_bits([need.wants for need in needs])
        wants, asks = self._wants(given, titles, details, [one for one, _ in asked], kind)
        measure, amounts = made.measures(needs)
        first = made.days_of([n.starts_on for n in needs], ALWAYS[0])
        ends, due = ([n.ends_on for n in needs], [n.due_on for n in needs])
        last = np.minimum(made.days_of(ends, ALWAYS[1]), made.days_of(due, ALWAYS[1]))
        alone = np.array([n.indivisible and n.max_suppliers == 1 for n in needs], dtype=np.bool_)
        serving = folded([n.serving for n in needs])
        rests = [
            f"{before} {detail} {whom}"
            for (_, before), detail, whom in zip(asked, details, serving, strict=True)
        ]
        return NeedColumns(
            kind=kind,
            wants=wants,
            asks=asks,
            owner=self.owners.rows([n.unit for n in needs]),
            home=self.homes.rows([n.community for n in needs]),
            side=self.sides.rows([n.side for n in needs]),
            first=first,
            last=np.maximum(first, last),
            week=made.week_rows(needs, self.weeks),
            spot=made.spots([n.point for n in needs]),
            audience=made.audiences(needs),
            demand=made.demands(amounts),
            measure=measure,
            counted=~np.isnan(amounts),
            whole=alone,
            helpers=made.helpers_in(needs, measure),
            given=given,
            group=self._groups([n.community for n in needs]),
            weight=np.array([n.weight for n in needs], dtype=np.float64),
            indivisible=np.array([n.indivisible for n in needs], dtype=np.bool_),
            most=np.array([n.max_suppliers for n in needs], dtype=np.int32),
        ), spoken([one for one, _ in asked], rests)

    def resources(self, resources: Sequence[Resource]) -> tuple[SupplyColumns, Features]:
        """The columns of these resources, and what they speak of."""
        titles = folded([r.title for r in resources])
        details = folded([r.detail for r in resources])
        kind = self._kinds([r.category for r in resources], titles, details)
        gives = self._gives(resources, titles, details, kind)
        purpose, usual = self._purposes(resources, titles, kind, gives)
        measure, amounts = made.measures(resources)
        room = (gives >> TAGS.index("space") & 1 > 0) & (measure == made.PEOPLE)
        served_ptr, served, since, until = made.served(resources, self.homes)
        serving = folded([r.serving for r in resources])
        rests = [
            f"{one} {whom} {work}" for one, whom, work in zip(details, serving, usual, strict=True)
        ]
        return SupplyColumns(
            kind=kind,
            purpose=purpose,
            gives=gives,
            owner=self.owners.rows([r.unit for r in resources]),
            home=self.homes.rows([r.community for r in resources]),
            side=self.sides.rows([r.side for r in resources]),
            first=made.days_of([r.starts_on for r in resources], ALWAYS[0]),
            last=made.days_of([r.ends_on for r in resources], ALWAYS[1]),
            week=made.week_rows(resources, self.weeks),
            spot=made.spots([r.point for r in resources]),
            reach=_chords([r.radius_km for r in resources]),
            audience=made.audiences(resources),
            capacity=made.capacities(resources, amounts, room),
            amount=amounts,
            seats=np.where(room, amounts, np.nan),
            least=np.array([r.min_lot for r in resources], dtype=np.float64),
            measure=measure,
            helpers=made.helpers_in(resources, measure),
            windows=np.array([len(r.windows) for r in resources], dtype=np.int64),
            cap=np.array(
                [np.inf if r.provider_cap is None else r.provider_cap for r in resources],
                dtype=np.float64,
            ),
            exclusive=np.array([r.exclusive for r in resources], dtype=np.bool_),
            served_ptr=served_ptr,
            served=served,
            since=since,
            until=until,
        ), spoken(titles, rests)

    def tables(self) -> Tables:
        """What the kinds, purposes and weeks read so far are to each other."""
        related = _related(self.taxonomy)
        purpose = np.zeros((len(self.purposes) + 1, len(related)), dtype=np.float32)
        for key, row in self.purposes.items():
            purpose[row] = _topics(self.taxonomy, key)
        weeks = self.weeks.bitmaps.copy()
        hours = np.bitwise_count(weeks).sum(axis=1).astype(np.int32)
        return Tables(related, purpose, weeks, hours)

    def _groups(self, communities: Sequence[str]) -> NDArray[np.int32]:
        for name in communities:
            self.groups.setdefault(name, len(self.groups) - 1)
        return np.array([self.groups[name] for name in communities], dtype=np.int32)

    def _kinds(
        self, categories: Sequence[str], titles: Sequence[str], details: Sequence[str]
    ) -> NDArray[np.int16]:
        """The kind of each item (its row + 1, 0 for none): as written, else from its words."""
        rows = {"": 0} | {kind.code: row for row, kind in enumerate(self.taxonomy.kinds, start=1)}
        known = {one: rows[self.taxonomy.code_of(one[:LONGEST])] for one in set(categories)}
        kinds = np.array([known[one] for one in categories], dtype=np.int16)
        bare = np.flatnonzero(kinds == 0)
        texts = ([texts[row] for row in bare.tolist()] for texts in (titles, details))
        kinds[bare] = self.telling.kinds_of(*texts)
        return kinds

    def _shared(self, kind: NDArray[np.int16]) -> NDArray[np.uint8]:
        """The tag that each kind gives where it names what is shared."""
        codes = ["", *(one.code for one in self.taxonomy.kinds)]
        tags = [made.bits({SHARED[code]}) if code in SHARED else 0 for code in codes]
        return np.array(tags, dtype=np.uint8)[kind]

    def _wants(
        self,
        given: NDArray[np.uint8],
        titles: Sequence[str],
        details: Sequence[str],
        asked: Sequence[str],
        kind: NDArray[np.int16],
    ) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Tags wanted, as given or read, and tags asked for in words of asking."""
        asks = self.telling.tags_of(
            [one if one != title else "" for one, title in zip(asked, titles, strict=True)]
        )
        told = [row for row, detail in enumerate(details) if detail]
        tails = [(parted(details[row])[0], details[row]) for row in told]
        asks[told] |= self.telling.tags_of([tail if tail != all_ else "" for tail, all_ in tails])
        bare = np.flatnonzero((given == 0) & (asks == 0))
        named = self.telling.tags_of([titles[row] for row in bare.tolist()])
        named |= self.telling.tags_of([details[row] for row in bare.tolist()])
        read = asks.copy()
        read[bare] = named
        read |= self._shared(kind)
        several = (read & (read - 1)) > 0
        read = np.where(several, read & ~np.uint8(1 << PERMISSION), read).astype(np.uint8)
        return np.where(given > 0, given, read).astype(np.uint8), asks

    def _gives(
        self,
        resources: Sequence[Resource],
        titles: Sequence[str],
        details: Sequence[str],
        kind: NDArray[np.int16],
    ) -> NDArray[np.uint8]:
        """Tags given, or read from the words; words that name none mean labour."""
        given = made.tag_bits([one.gives for one in resources])
        bare = np.flatnonzero(given == 0)
        named = self.telling.tags_of([titles[row] for row in bare.tolist()])
        named |= self.telling.tags_of([details[row] for row in bare.tolist()])
        named |= self._shared(kind)[bare]
        given[bare] = np.where(named > 0, named, LABOUR)
        return given

    def _purposes(
        self,
        resources: Sequence[Resource],
        titles: Sequence[str],
        kind: NDArray[np.int16],
        gives: NDArray[np.uint8],
    ) -> tuple[NDArray[np.int16], list[str]]:
        """Rows of `Tables.purpose`, and the usual work of those who say only who they are."""
        codes = ["", *(one.code for one in self.taxonomy.kinds)]
        any_use = np.array([code in ANY_USE for code in codes], dtype=np.bool_)[kind]
        purpose, usual = any_use.astype(np.int16), [""] * len(resources)
        for row in np.flatnonzero(~any_use & (gives & LABOUR > 0)).tolist():
            name: Who | None = who(titles[row], fold(resources[row].unit[:LONGEST]).strip())
            if name is not None:
                key = (name.kinds & set(codes), name.is_public)
                key = key if key[0] else (frozenset(), True)
                purpose[row] = self.purposes.setdefault(key, len(self.purposes) + 1)
                usual[row] = name.labour
        return purpose, usual


def spoken(mains: Sequence[str], rests: Sequence[str]) -> Features:
    """Features of texts, each different one read once."""
    rows: dict[tuple[str, str], int] = {}
    which = [rows.setdefault(one, len(rows)) for one in zip(mains, rests, strict=True)]
    texts = read_all([main for main, _ in rows], [rest for _, rest in rows])
    if len(rows) == len(which):
        return texts
    return Features(*taken(texts, np.array(which, dtype=np.int64)))


def _topics(taxonomy: Taxonomy, purpose: Purpose) -> NDArray[np.float32]:
    """The topic of an offer without a purpose, for each kind of need (0: unknown)."""
    kinds, is_public = purpose or (frozenset(), True)
    fits = purposes_of(taxonomy, kinds)
    if not kinds:
        return np.full(len(fits), ANY_PURPOSE, dtype=np.float32)
    topics = np.where(fits, OWN_WORK, OFF_DUTY if is_public else OTHER_WORK)
    topics[0] = max(topics[1:].min(), UNSURE)
    return topics.astype(np.float32)


def _related(taxonomy: Taxonomy) -> NDArray[np.float32]:
    """How near two kinds are: same 1, unknown 0.5, same public-service area 0.35, else 0.15."""
    areas = np.array(["", *(kind.area for kind in taxonomy.kinds)])
    same = (areas[:, None] == areas[None, :]) & (areas != "")[:, None]
    table = np.where(same, 0.35, 0.15).astype(np.float32)
    np.fill_diagonal(table, 1.0)
    table[0, :] = table[:, 0] = 0.5
    return table


def _chords(radius: Sequence[float | None]) -> NDArray[np.float64]:
    """Squared chords of the unit sphere for radiuses in kilometres, inf for none."""
    km = np.array(radius, dtype=np.float64)
    angle = np.minimum(np.nan_to_num(km, nan=0.0) / EARTH_KM, np.pi)
    return np.where(np.isnan(km), np.inf, 4.0 * np.sin(angle / 2.0) ** 2)
