"""The numbers the solver sees, what it returns, and the options in between."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.items import Need, Resource
from mulin.matching.screening import Screen
from mulin.matching.taxonomy import Taxonomy, standard

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Reals = NDArray[np.float32]

FIT_PARTS = ("kind", "text", "time", "amount", "place")


@dataclass(frozen=True)
class Link:
    """A pair people already settled: `units` of the need's measure, or all it can take."""

    need: str
    resource: str
    units: int | None = None


@dataclass(frozen=True)
class Parts:
    """Needs as the solver sees them: one row for each supply tag a need wants.

    `need` indexes the needs; `tag` is "" where any supply answers, `body` the one unit that can
    give it ("" for any). `demand` is in units of the need's measure; `weight` is the need's weight
    divided by its number of parts; `group` indexes `Problem.groups`, whose shares are kept fair,
    -1 for none. All arrays have one row a part.
    """

    need: Ints
    tag: Sequence[str]
    body: Sequence[str]
    demand: Ints
    weight: Floats
    whole: NDArray[np.bool_]
    max_suppliers: Ints
    group: Ints


@dataclass(frozen=True)
class Lots:
    """Supply as the solver sees it: a resource, or one of its weekly windows where it has rooms.

    `capacity` is in units of the resource's measure; `window` indexes the resource's windows,
    -1 where the lot is the whole resource.
    """

    resource: Ints
    capacity: Floats
    window: Ints


@dataclass(frozen=True)
class Edges:
    """Every pair that passed the hard filters, in rows by part (CSR: `ptr` has parts + 1 rows).

    An edge given x units (`low` ≤ x ≤ `high`) takes `use`·x of its lot. `fit` is in 0..1; the
    columns of `fit_parts` are `FIT_PARTS`, in hundredths. `fixed` units are confirmed and never
    change. `ptr` is int64; of a part's edges the lots differ.
    """

    ptr: NDArray[np.int64]
    part: Ints
    lot: Ints
    fit: Reals
    fit_parts: NDArray[np.uint8]
    low: Ints
    high: Ints
    use: Reals
    fixed: Ints
    agreed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.lot)


@dataclass(frozen=True)
class Problem:
    """Needs, supply and the edges between them; made by `problem()`, solved by `solve()`.

    The first six fields are numbers, and all that a solver sees; what follows says what they
    stand for, and is empty where a model was made without items. `cap` is the most engagements of
    each provider (`provider` maps resources to providers), inf for no limit; an `exclusive`
    resource serves one part. `sources` are the items as given, before their kinds and tags were
    read from their words. `groups` names the communities that `parts.group` indexes.
    """

    parts: Parts
    lots: Lots
    edges: Edges
    provider: Ints
    cap: Floats
    exclusive: NDArray[np.bool_]
    groups: Sequence[str] = ()
    needs: Sequence[Need] = ()
    resources: Sequence[Resource] = ()
    taxonomy: Taxonomy = field(default_factory=standard)
    need_kind: Sequence[str] = ()
    resource_kind: Sequence[str] = ()
    screen: Screen = field(default_factory=Screen.empty)
    sources: tuple[Sequence[Need], Sequence[Resource]] = ((), ())
    refused: frozenset[tuple[str, str]] = frozenset()
    fixed: tuple[Link, ...] = ()
    agreed: tuple[Link, ...] = ()
    k: int = 32
    need_row: Mapping[str, int] = field(default_factory=dict)
    resource_row: Mapping[str, int] = field(default_factory=dict)


FAIRNESS = ("none", "maxmin", "leximin")
OVER = ("community", "side")


@dataclass(frozen=True)
class Options:
    """How to solve.

    `fairness` lifts the least share first: of `over` communities or sides ("maxmin"), then the
    next least and so on ("leximin"), each to within `tau` of what could be reached. `keep_bonus` is
    the share by which an agreed edge counts more. `seconds` is the time to spend, `gap` (a
    fraction) where to stop early, `floor` the least fit worth proposing. The same seed gives the
    same plan, as long as the machine does the work of `seconds` in that time.
    """

    fairness: str = "none"
    over: str = "community"
    tau: float = 0.01
    keep_bonus: float = 0.1
    seconds: float = 1.0
    gap: float = 0.005
    seed: int = 0
    floor: float = 0.45

    def __post_init__(self) -> None:
        for name, value, known in (
            ("fairness", self.fairness, FAIRNESS),
            ("over", self.over, OVER),
        ):
            if value not in known:
                raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")
        for name in ("tau", "keep_bonus", "seconds", "gap", "floor"):
            if not (math.isfinite(getattr(self, name)) and getattr(self, name) >= 0):
                raise ValueError(f"{name} must be a finite number, 0 or more")


@dataclass(frozen=True)
class Progress:
    """How far a solve is: its stage, the share of its time spent (0..1), the best plan's
    objective so far, and the bound on any plan (inf before there is one)."""

    stage: str
    done: float
    objective: float
    bound: float


@dataclass(frozen=True)
class Proposals:
    """The edges of a plan: `units` each gives, its `value` in the objective, its fit parts, and
    its value above the prices of what it takes."""

    edge: Ints
    units: Ints
    value: Floats
    parts: NDArray[np.uint8]
    reduced_profit: Floats


@dataclass(frozen=True)
class Prices:
    """Dual prices ≥ 0: of a unit of each lot, of an engagement of each provider, of each exclusive
    resource, of each supplier of a part. `demand` is what the whole demand of a part is worth
    to it, `group` what the whole share of each group counts more for fairness (0 without); these
    two are no part of the bound."""

    lot: Floats
    provider: Floats
    exclusive: Floats
    supplier: Floats
    demand: Floats
    group: Floats


@dataclass(frozen=True)
class Plan:
    """A checked allocation.

    `bound` ≥ any plan's objective, as `prices` show; `gap` = (bound - objective)/bound. `shares`
    say how much of what each group weighs is served, 0..1, `min_share` the least of those that
    could be served at all. `cost` is the objective given up for fairness, as a fraction of what
    was found without. `seconds` is the time it took. `fraction` is what the relaxation behind the
    prices gives each edge of the problem, 0..1 of its most units: where `resolve` begins.
    """

    problem: Problem
    options: Options
    proposals: Proposals
    objective: float
    bound: float
    gap: float
    prices: Prices
    shares: Mapping[str, float]
    seconds: float
    min_share: float = 1.0
    cost: float = 0.0
    fraction: Reals = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


@dataclass(frozen=True)
class Reason:
    """Why something is so: a code and what its sentence needs; `wording` of an app says it."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Unmet:
    """A need (or the part of it wanting `tag`) still short of `missing` units, and why."""

    need: str
    tag: str
    missing: int
    demand: int
    cause: Reason


def edge_values(problem: Problem, edge: Ints | slice = slice(None)) -> Floats:
    """Objective per unit of these edges: weight × fit ÷ demand of their part."""
    edges, parts = problem.edges, problem.parts
    part = edges.part[edge]
    return np.asarray((parts.weight / parts.demand)[part] * edges.fit[edge].astype(np.float64))


def edge_bonus(problem: Problem, options: Options, edge: Ints | slice = slice(None)) -> Floats:
    """What each of these edges is worth once, however many units: `keep_bonus` of its most where
    people agreed on it, else nothing."""
    edges = problem.edges
    agreed = edges.agreed[edge]
    if not agreed.any():
        return np.zeros(len(agreed), dtype=np.float64)
    most = edge_values(problem, edge) * edges.high[edge]
    return np.asarray(np.where(agreed, options.keep_bonus * most, 0.0))


def usable(problem: Problem, options: Options) -> NDArray[np.bool_]:
    """Edges worth proposing: at least the floor's fit, or settled by people already."""
    edges = problem.edges
    return (edges.fit >= options.floor) | edges.agreed | (edges.fixed > 0)
