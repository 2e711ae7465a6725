"""Small random models, as numbers alone and as items, for hypothesis."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import strategies as st

from mulin.matching import Need, Problem, Resource, Taxonomy, Window
from mulin.matching.problem import Edges, Lots, Parts

HUNDREDTHS = st.integers(30, 100).filter(lambda n: n != 45).map(lambda n: n / 100)


@st.composite
def models(draw, most=8, settled=True):
    """A model of up to `most` parts and lots: every constraint, unlike uses, pairs settled before.

    Items only name the rows; every part is a need of its own.
    """
    lots = _lots(draw, most)
    resources = int(lots.resource.max()) + 1
    providers = draw(st.integers(1, resources))
    parts = _parts(draw, draw(st.integers(1, most)))
    edges = _edges(draw, parts, lots, settled)
    caps = st.sampled_from([float("inf"), float("inf"), 1.0, 2.0, 0.0])
    return Problem(
        parts=parts,
        lots=lots,
        edges=edges,
        provider=np.array([draw(st.integers(0, providers - 1)) for _ in range(resources)]),
        cap=np.array([draw(caps) for _ in range(providers)]),
        exclusive=np.array([draw(st.integers(0, 4)) == 0 for _ in range(resources)]),
        groups=("东", "西"),
        taxonomy=Taxonomy((), {}),
        needs=tuple(Need(f"n{at}", "示例", community="东西"[at % 2]) for at in parts.need),
        resources=tuple(Resource(f"r{at}", "示例") for at in range(resources)),
        need_row={f"n{at}": at for at in range(len(parts.need))},
        resource_row={f"r{at}": at for at in range(resources)},
    )


def model_of(parts, capacity, edges):
    """A model written out: parts as (demand, weight, whole, suppliers), a capacity for each lot,
    edges as (part, lot, fit, low, high), in order of part; every lot a resource and a provider."""
    demand, weight, whole, suppliers = (np.array(column) for column in zip(*parts, strict=True))
    part, lot, fit, low, high = (np.array(column) for column in zip(*edges, strict=True))
    count, lots, rows = len(parts), len(capacity), len(edges)
    names = ("",) * count
    return Problem(
        parts=Parts(np.arange(count), names, names, demand, weight.astype(np.float64), whole,
            suppliers, np.full(count, -1)),
        lots=Lots(np.arange(lots), np.array(capacity, dtype=np.float64), np.full(lots, -1)),
        edges=Edges(np.searchsorted(part, np.arange(count + 1)).astype(np.int64), part, lot,
            fit.astype(np.float32), np.zeros((rows, 5), dtype=np.uint8), low, high,
            np.ones(rows, dtype=np.float32), np.zeros(rows, dtype=np.int32),
            np.zeros(rows, dtype=bool)),
        provider=np.arange(lots),
        cap=np.full(lots, np.inf),
        exclusive=np.zeros(lots, dtype=bool),
        needs=tuple(Need(f"n{at}", "示例") for at in range(count)),
        resources=tuple(Resource(f"r{at}", "示例") for at in range(lots)),
    )  # fmt: skip


def _parts(draw, count):
    column = [
        (draw(st.sampled_from([1, 1, 2, 3, 5, 9])), draw(st.integers(1, 4)) / 2,
         draw(st.integers(0, 3)) == 0, draw(st.sampled_from([1, 2, 2, 3, 5])))
        for _ in range(count)
    ]  # fmt: skip
    demand, weight, whole, suppliers = zip(*column, strict=True)
    return Parts(
        need=np.arange(count),
        tag=("",) * count,
        body=("",) * count,
        demand=np.array(demand),
        weight=np.array(weight, dtype=np.float64),
        whole=np.array(whole, dtype=bool),
        max_suppliers=np.array(suppliers),
        group=np.arange(count) % 2,
    )


def _lots(draw, most):
    """Up to `most` lots; a resource has one or two of them."""
    count = draw(st.integers(1, most))
    resource = np.cumsum([0, *(draw(st.integers(0, 3)) > 0 for _ in range(count - 1))])
    capacity = [draw(st.sampled_from([1.0, 1.0, 2.0, 3.0, 6.0, 10.0])) for _ in range(count)]
    return Lots(resource, np.array(capacity), np.full(count, -1))


def _edges(draw, parts, lots, settled):
    rows = [
        (part, lot, *_terms(draw, int(demand), settled))
        for part, demand in enumerate(parts.demand)
        for lot in sorted(draw(st.sets(st.integers(0, len(lots.capacity) - 1), max_size=5)))
    ]
    part, lot, fit, low, high, use, fixed, agreed = (
        zip(*rows, strict=True) if rows else [()] * 8
    )  # fmt: skip
    return Edges(
        ptr=np.searchsorted(np.array(part), np.arange(len(parts.need) + 1)).astype(np.int64),
        part=np.array(part, dtype=np.int32),
        lot=np.array(lot, dtype=np.int32),
        fit=np.array(fit, dtype=np.float32),
        fit_parts=np.zeros((len(rows), 5), dtype=np.uint8),
        low=np.array(low, dtype=np.int32),
        high=np.array(high, dtype=np.int32),
        use=np.array(use, dtype=np.float32),
        fixed=np.array(fixed, dtype=np.int32),
        agreed=np.array(agreed, dtype=bool),
    )


def _terms(draw, demand, settled):
    """Fit, least and most units, use of the lot, confirmed units, whether agreed."""
    sort = draw(st.integers(0, 2))
    low = demand if sort == 0 else draw(st.integers(1, demand))
    high = demand if sort == 0 else draw(st.integers(low, demand))
    use = draw(st.sampled_from([1.0, 2.0, 3.0])) / demand if sort == 0 else 1.0
    use = draw(st.sampled_from([0.5, 2.0])) if sort == 2 else use
    told = draw(st.integers(0, 11)) if settled else 9
    return draw(HUNDREDTHS), low, high, use, high if told == 0 else 0, told in (1, 2)


WORDS = st.sampled_from(["雨伞", "会议室", "法律讲座", "扶手安装", "义诊"])
AMOUNTS = st.one_of(st.none(), st.integers(0, 9).map(float))
MEASURES = st.sampled_from(["", "人", "把", "场", "元"])
WINDOWS = st.sampled_from([(), (Window(1, 540, 720),), (Window(2, 540, 720), Window(3, 0, 1440))])
DAYS = st.sampled_from([None, None, date(2026, 3, 1), date(2026, 5, 1)])
POINTS = st.sampled_from([None, (30.0, 120.0), (30.0, 120.1)])
NEEDS = st.builds(
    Need,
    id=st.just(""),
    title=WORDS,
    amount=AMOUNTS,
    measure=MEASURES,
    indivisible=st.booleans(),
    windows=WINDOWS,
    due_on=DAYS,
    point=POINTS,
    max_suppliers=st.integers(1, 2),
    wants=st.sampled_from([frozenset(), frozenset(), frozenset({"space"}), frozenset({"money"})]),
)
OFFERS = st.builds(
    Resource,
    id=st.just(""),
    title=WORDS,
    amount=AMOUNTS,
    measure=MEASURES,
    exclusive=st.booleans(),
    min_lot=st.integers(0, 4).map(float),
    provider_cap=st.one_of(st.none(), st.integers(0, 2)),
    windows=WINDOWS,
    starts_on=DAYS,
    point=POINTS,
    radius_km=st.sampled_from([None, 3.0]),
)
