"""The linear relaxation of a problem, scaled so that steps of one length suit all of it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.matching.arrays import Arrays
from mulin.matching.problem import Floats, Reals


class Rows(NamedTuple):
    """A number for each row: of demands, numbers of suppliers, lots, providers, exclusive
    resources, and the fair shares of groups. Rows are scaled so that each has one to give."""

    demand: Floats
    suppliers: Floats
    lot: Floats
    provider: Floats
    alone: Floats
    group: Floats


class Relaxation(NamedTuple):
    """The scaled program. Given all it can take, an edge is worth `worth`, fills `share` of its
    part and `load` of its lot; it takes `few` of the part's suppliers and `hire` of the
    provider. `weigh` is what a served part adds to the share of its group, whose shares are to
    reach `floor`, and where `joined` is 1 the common level besides, worth `level` each unit."""

    worth: Reals
    share: Reals
    load: Reals
    few: Floats
    hire: Floats
    weigh: Floats
    floor: Floats
    joined: Floats
    level: float
    most: float
    scale: float


class Point(NamedTuple):
    """Where the steps stand: edges' fractions, the common level, and the prices of rows."""

    fraction: Reals
    level: Floats
    price: Rows


def relaxed(arrays: Arrays) -> Relaxation:
    """Scale a problem so that all coefficients are at most one, as the steps need it."""
    part, lot, high = arrays.part, arrays.lot, arrays.high.astype(np.float64)
    worth = (arrays.rate[part] * arrays.fit + arrays.lift[part]) * high + arrays.bonus
    scale = float(worth.mean()) if len(worth) and worth.any() else 1.0
    share = high / np.maximum(arrays.demand, 1)[part]
    load = high * arrays.use / np.where(arrays.capacity > 0, arrays.capacity, 1.0)[lot]
    hire = np.append(1.0 / np.maximum(arrays.cap, 1), 0.0)[arrays.place[:, 0]]
    return Relaxation(
        worth=(worth / scale).astype(np.float32),
        share=share.astype(np.float32),
        load=load.astype(np.float32),
        few=1.0 / np.maximum(arrays.suppliers, 1),
        hire=hire,
        weigh=np.zeros(len(arrays.demand)),
        floor=np.zeros(0),
        joined=np.zeros(0),
        level=0.0,
        most=1.0,
        scale=scale,
    )


def steps_of(arrays: Arrays, program: Relaxation) -> Rows:
    """Diagonal step sizes of rows: one over the sum of a row's coefficients."""
    part, lot = arrays.part, arrays.lot
    count = np.bincount(lot, minlength=len(arrays.capacity)).astype(np.float64)
    provider, alone = arrays.place[:, 0], arrays.place[:, 1]
    mine, single, owned = provider >= 0, alone >= 0, arrays.group >= 0
    filled = np.bincount(part, program.share, minlength=len(arrays.demand))
    groups = len(program.floor)
    fair = (filled * program.weigh)[owned] if groups else np.zeros(0)
    return Rows(
        demand=_inverse(filled),
        suppliers=_inverse(np.bincount(part, minlength=len(arrays.demand)) * program.few),
        lot=_inverse(np.bincount(lot, program.load, minlength=len(arrays.capacity))),
        provider=_inverse(
            np.bincount(provider[mine], (count * program.hire)[mine], minlength=len(arrays.cap))
        ),
        alone=_inverse(np.bincount(alone[single], count[single], minlength=len(arrays.free))),
        group=_inverse(
            np.bincount(arrays.group[owned] if groups else [], fair, minlength=groups)
            + program.joined
        ),
    )


def _inverse(sums: NDArray[Any]) -> Floats:
    return np.where(sums > 0, 1.0 / np.where(sums > 0, sums, 1.0), 0.0)


def origin_of(arrays: Arrays, program: Relaxation) -> Point:
    """Where steps begin without anything known: nothing given, nothing priced."""
    return Point(
        fraction=np.zeros(len(arrays.lot), dtype=np.float32),
        level=np.zeros(1),
        price=Rows(
            np.zeros(len(arrays.demand)),
            np.zeros(len(arrays.demand)),
            np.zeros(len(arrays.capacity)),
            np.zeros(len(arrays.cap)),
            np.zeros(len(arrays.free)),
            np.zeros(len(program.floor)),
        ),
    )


def known_point(
    arrays: Arrays, program: Relaxation, fraction: Reals, prices: tuple[Floats, ...]
) -> Point:
    """Where steps begin when something is known: edges' fractions and, in the problem's value,
    prices of parts' whole demand, of suppliers, lots' units, engagements, exclusive resources."""
    demand, supplier, lot, provider, alone = prices
    start = origin_of(arrays, program)
    start.fraction[:] = fraction
    start.price.demand[:] = demand / program.scale
    start.price.suppliers[:] = supplier * arrays.suppliers / program.scale
    start.price.lot[:] = lot * arrays.capacity / program.scale
    start.price.provider[:] = provider * arrays.cap / program.scale
    start.price.alone[:] = alone / program.scale
    return start
