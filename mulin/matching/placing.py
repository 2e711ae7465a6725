"""Making room for one pair in a plan, by moving only what stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from mulin.matching.given import ROUNDING, Given

EPS = ROUNDING


@dataclass(frozen=True)
class Pair:
    """A part and a lot as the model has them (`edge`), or as they would be (`edge` -1).

    `apart` supply is set aside for this pair: it asks no lot, no provider and no exclusive
    resource. `suppliers` is how many more than now the part may have, `gone` which used edges
    are withdrawn.
    """

    part: int
    lot: int
    fit: float
    low: int
    high: int
    use: float
    edge: int = -1
    apart: bool = False
    suppliers: int = 0
    gone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way to have the pair: its units, and what the plan gains (or loses) by it in all.

    `kind` ways take nothing from anybody.
    """

    units: int
    gain: float
    kind: bool


def pair_of(given: Given, edge: int) -> Pair:
    """An edge of the model as a pair."""
    known = given.pairs.get(edge)
    if known is None:
        edges = given.problem.edges
        known = given.pairs[edge] = Pair(
            part=int(edges.part[edge]),
            lot=int(edges.lot[edge]),
            fit=float(edges.fit[edge]),
            low=int(edges.low[edge]),
            high=int(edges.high[edge]),
            use=float(edges.use[edge]),
            edge=edge,
        )
    return known


def rate_of(given: Given, pair: Pair) -> float:
    """What a unit of the pair adds to the objective."""
    return _per_fit(given, pair.part) * pair.fit


def ways(given: Given, pair: Pair) -> list[Way]:
    """Ways to have the pair, each a whole plan that holds every constraint.

    Drops some of the part's own suppliers, gives less to holders of the lot, or lets go the
    least valued engagement of the provider; whoever loses is served from elsewhere if there is
    room. Not every way there is, but each of these can be had.
    """
    found = []
    for dropped in _own(given, pair):
        for much in (False, True):
            trial = Trial(given, pair)
            for edge in (*pair.gone, *dropped):
                trial.drop(edge)
            way = trial.place(much)
            if way:
                found.append(way)
    return found


def _per_fit(given: Given, part: int) -> float:
    parts = given.problem.parts
    return float(parts.weight[part]) / int(parts.demand[part])


def _own(given: Given, pair: Pair) -> Iterator[tuple[int, ...]]:
    """Which of the part's own suppliers to drop: none, each, all, and all but each."""
    fixed = given.problem.edges.fixed
    held = [edge for edge in given.of_part(pair.part) if not fixed[edge] and edge not in pair.gone]
    held = sorted(held, key=lambda edge: given.worth[edge])[:4]
    sizes = sorted({0, 1, len(held) - 1, len(held)} & set(range(len(held) + 1)))
    return (chosen for size in sizes for chosen in combinations(held, size))


class Trial:
    """A plan with some of its edges changed; what is left is looked up in the plan's index."""

    def __init__(self, given: Given, pair: Pair) -> None:
        self.given, self.pair, self.problem = given, pair, given.problem
        self.units: dict[int, int] = {}
        self.left: dict[tuple[str, int], float] = {}
        self.gain, self.kind = 0.0, True
        self.hurt: list[int] = []
        self.left["suppliers", pair.part] = self._left("suppliers", pair.part) + pair.suppliers

    def place(self, much: bool) -> Way | None:
        """The pair put into this trial, others mended; None where it cannot be had this way."""
        pair = self.pair
        if self._left("suppliers", pair.part) < 1:
            return None
        most = min(pair.high, int(self._left("part", pair.part)))
        if most < pair.low:
            return None
        units = most if pair.apart else self._make_room(most, much)
        if units < pair.low:
            return None
        self._move(pair.part, pair.lot, pair.use, units, 1, apart=pair.apart)
        self.gain += rate_of(self.given, pair) * units
        for part in dict.fromkeys([pair.part, *self.hurt]):
            self._mend(part)
        if self.problem.parts.whole[pair.part] and self._left("part", pair.part) > 0:
            return None
        return Way(units, self.gain, self.kind)

    def reach(self) -> int:
        """Units the part could have of what is free, the pair's among them; 0 without any."""
        pair = self.pair
        units = min(pair.high, int(self._left("part", pair.part)), self._room(pair.lot))
        if units < pair.low or not self._open(pair.lot) or self._left("suppliers", pair.part) < 1:
            return 0
        self._move(pair.part, pair.lot, pair.use, units, 1)
        self._serve(pair.part)
        return int(self.given.part_left[pair.part] - self._left("part", pair.part))

    def drop(self, edge: int) -> None:
        """Take all of an edge's units back, whether the plan gave them or this trial."""
        units = self._held(edge)
        part, lot, use = self._ends(edge)
        ours = edge in self.units
        self.gain -= units * self._rate(edge) if ours else self.given.worth[edge]
        self._move(part, lot, use, -units, -1)
        self.units[edge] = 0
        self.kind = self.kind and edge in self.pair.gone
        self.hurt.append(part)

    def _rate(self, edge: int) -> float:
        return rate_of(self.given, pair_of(self.given, edge))

    def _ends(self, edge: int) -> tuple[int, int, float]:
        pair = pair_of(self.given, edge)
        return pair.part, pair.lot, pair.use

    def _held(self, edge: int) -> int:
        known = self.units.get(edge)
        return self.given.units.get(edge, 0) if known is None else known

    def _left(self, what: str, row: int) -> float:
        known = self.left.get((what, row))
        return float(getattr(self.given, what + "_left")[row]) if known is None else known

    def _move(
        self, part: int, lot: int, use: float, units: int, engaged: int, *, apart: bool = False
    ) -> None:
        resource = int(self.problem.lots.resource[lot])
        amounts = {("part", part): float(units), ("suppliers", part): float(engaged)}
        if not apart:
            amounts["lot", lot] = units * use
            amounts["alone", resource] = engaged
            amounts["cap", int(self.problem.provider[resource])] = engaged
        for key, amount in amounts.items():
            self.left[key] = self._left(*key) - amount

    def _make_room(self, most: int, much: bool) -> int:
        """Let others go until the pair can have its least (or, if `much`, its most) units."""
        lot = self.pair.lot
        resource = int(self.problem.lots.resource[lot])
        provider = int(self.problem.provider[resource])
        if self._left("alone", resource) < 1:
            self._let_go(self.given.cheapest_of_resource(resource))
        wanted = most if much else self.pair.low
        for edge in self.given.cheapest_of_lot(lot):
            if self._room(lot) >= wanted:
                break
            if self._held(edge):
                self._give_less(edge, self.pair.use * wanted - self._left("lot", lot))
        if self._left("cap", provider) < 1:
            self._let_go(self.given.cheapest_of_provider(provider))
        return min(most, self._room(lot)) if self._open(lot) else 0

    def _open(self, lot: int) -> bool:
        """Whether its resource and its provider can take on one more."""
        resource = int(self.problem.lots.resource[lot])
        provider = int(self.problem.provider[resource])
        return self._left("alone", resource) >= 1 and self._left("cap", provider) >= 1

    def _room(self, lot: int) -> int:
        return int((self._left("lot", lot) + EPS) / self.pair.use)

    def _let_go(self, holders: list[int]) -> None:
        """Drop the first of these that the trial still holds."""
        edge = next((edge for edge in holders if self._held(edge)), None)
        if edge is not None:
            self.drop(edge)

    def _give_less(self, edge: int, short: float) -> None:
        """Take as many units as are short, or all where the rest would be too few to be used."""
        part, lot, use = self._ends(edge)
        edges, held = self.problem.edges, self._held(edge)
        fewer = -int(-(short - EPS) // use)
        stays = held - fewer
        if stays < int(edges.low[edge]) or self.problem.parts.whole[part] or edges.agreed[edge]:
            self.drop(edge)
            return
        self._move(part, lot, use, -fewer, 0)
        self.units[edge] = stays
        self.gain -= self._rate(edge) * fewer
        self.kind = False
        self.hurt.append(part)

    def _mend(self, part: int) -> None:
        """Serve a part from elsewhere; where only the whole will do, all or none."""
        self._serve(part)
        if self.problem.parts.whole[part] and self._left("part", part) > 0 and part in self.hurt:
            self._dissolve(part)

    def _serve(self, part: int) -> None:
        """Serve a part from its other edges with room."""
        for edge, free in self.given.best_first(part):
            if self._left("part", part) <= 0 or self._left("suppliers", part) < 1:
                break
            if self._held(edge) or edge == self.pair.edge or edge in self.pair.gone:
                continue
            units = self._units(edge) if free or self._freed(edge) else 0
            if units:
                at, lot, use = self._ends(edge)
                self._move(at, lot, use, units, 1)
                self.units[edge] = units
                self.gain += self._rate(edge) * units

    def _freed(self, edge: int) -> bool:
        """Whether anything that this edge takes of was moved in this trial."""
        lot = self._ends(edge)[1]
        resource = int(self.problem.lots.resource[lot])
        rows = ("lot", lot), ("alone", resource), ("cap", int(self.problem.provider[resource]))
        return any(row in self.left for row in rows)

    def _units(self, edge: int) -> int:
        """Units an unused edge could give now."""
        part, lot, use = self._ends(edge)
        if not self._open(lot):
            return 0
        edges = self.problem.edges
        most = min(self._left("part", part), int(edges.high[edge]))
        units = int(min(most, (self._left("lot", lot) + EPS) // use))
        return units if units >= int(edges.low[edge]) else 0

    def _dissolve(self, part: int) -> None:
        fixed = self.problem.edges.fixed
        first, last = self.problem.edges.ptr[part : part + 2].tolist()
        for edge in range(first, last):
            if self._held(edge) and not fixed[edge]:
                self.drop(edge)


def gain_at(given: Given, pair: Pair, way: Way, fit: float) -> float:
    """What the plan would gain by a way were the fit of its pair this: the same moves would do."""
    return way.gain + _per_fit(given, pair.part) * way.units * (fit - pair.fit)


def better_fit(given: Given, pair: Pair, found: list[Way]) -> float | None:
    """The least fit, by these ways, at which the plan with the pair is worth more; None above 1."""
    per = _per_fit(given, pair.part)
    if per <= 0:
        return None
    least = min((pair.fit - (way.gain - 2 * EPS) / (per * way.units) for way in found), default=2.0)
    return least if least <= 1.0 else None
