"""From items to a problem: parts, lots, and the best edges between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mulin.hanzi import fold
from mulin.matching.amounts import Terms, capacity_of, demand_of, terms
from mulin.matching.items import BadItem, Need, Resource, check
from mulin.matching.problem import Edges, Link, Lots, Parts, Problem
from mulin.matching.screening import (
    Screen,
    complete_need,
    complete_resource,
    on_days,
    overlaps,
    slots,
)
from mulin.matching.taxonomy import Taxonomy, standard

CHUNK = 256
"""Rows screened at once: keeps memory at some tens of megabytes for 10,000 resources."""


def problem(
    resources: Sequence[Resource],
    needs: Sequence[Need],
    *,
    taxonomy: Taxonomy | None = None,
    k: int = 32,
    fixed: Iterable[Link] = (),
    agreed: Iterable[Link] = (),
    refused: Iterable[tuple[str, str]] = (),
) -> Problem:
    """Everything the solver needs to know of these items.

    `fixed` links are confirmed and stay whatever happens; `agreed` ones are kept unless forced;
    `refused` pairs (need id, resource id) are never proposed. Raises `BadItem` naming the row.
    """
    check(needs, resources)
    taxonomy = taxonomy or standard()
    read_needs = [complete_need(need, taxonomy) for need in needs]
    read_resources = [complete_resource(resource, taxonomy) for resource in resources]
    all_needs = tuple(need for need, _, _ in read_needs)
    all_resources = tuple(resource for resource, _ in read_resources)
    kinds = tuple(kind for _, kind, _ in read_needs), tuple(kind for _, kind in read_resources)
    screen = Screen(all_needs, all_resources, kinds, taxonomy)
    parts, groups = _parts(all_needs, [given for _, _, given in read_needs])
    draft = _Draft(
        screen=screen,
        parts=parts,
        lots=_lots(all_resources),
        need_row={need.id: row for row, need in enumerate(all_needs)},
        resource_row={resource.id: row for row, resource in enumerate(all_resources)},
        refused=frozenset(refused),
        fixed=tuple(fixed),
        agreed=tuple(agreed),
    )
    provider, cap = _providers(all_resources)
    return Problem(
        needs=all_needs,
        resources=all_resources,
        taxonomy=taxonomy,
        parts=parts,
        lots=draft.lots,
        edges=candidates(draft, k=k),
        provider=provider,
        cap=cap,
        exclusive=np.array([resource.exclusive for resource in all_resources], dtype=bool),
        need_kind=kinds[0],
        resource_kind=kinds[1],
        screen=screen,
        groups=groups,
        sources=(tuple(needs), tuple(resources)),
        refused=draft.refused,
        fixed=draft.fixed,
        agreed=draft.agreed,
        k=k,
        need_row=draft.need_row,
        resource_row=draft.resource_row,
    )


@dataclass(frozen=True)
class _Draft:
    """Items on their way to a problem."""

    screen: Screen
    parts: Parts
    lots: Lots
    need_row: dict[str, int]
    resource_row: dict[str, int]
    refused: frozenset[tuple[str, str]]
    fixed: tuple[Link, ...]
    agreed: tuple[Link, ...]


def candidates(draft: _Draft, *, k: int = 32) -> Edges:
    """The k best-fitting resources of each part that pass every hard filter, plus settled pairs."""
    settled = _settled(draft)
    lots_of: dict[int, list[int]] = {}
    for lot, resource in enumerate(draft.lots.resource.tolist()):
        lots_of.setdefault(resource, []).append(lot)
    rows: list[tuple[int, int, float, np.ndarray, Terms, int, bool]] = []
    for start in range(0, len(draft.parts.need), CHUNK):
        block = np.arange(start, min(start + CHUNK, len(draft.parts.need)))
        screened = draft.screen.rows(
            draft.parts.need[block], [draft.parts.tag[part] for part in block.tolist()]
        )
        passed = screened.passed
        for need, resource in draft.refused:
            if need in draft.need_row and resource in draft.resource_row:
                passed[
                    draft.parts.need[block] == draft.need_row[need], draft.resource_row[resource]
                ] = False
        for at, part in enumerate(block.tolist()):
            chosen = dict.fromkeys(_best(screened.fit[at], passed[at], k))
            chosen |= dict.fromkeys(settled.get(part, {}))
            for column in chosen:
                link = settled.get(part, {}).get(column)
                for lot in lots_of[column] if link is None else lots_of[column][:1]:
                    found = _terms(draft, part, lot, link is not None)
                    if found is not None:
                        rows.append(
                            (
                                part,
                                lot,
                                float(screened.fit[at, column]),
                                screened.fits[at, column],
                                found,
                                link[1] if link else 0,
                                link is not None and link[0] == "agreed",
                            )
                        )
    return _edges(rows, len(draft.parts.need))


def _best(fit: np.ndarray, passed: np.ndarray, k: int) -> list[int]:
    found = np.flatnonzero(passed)
    order = np.lexsort((found, -fit[found]))
    return [int(column) for column in found[order[:k]]]


def _terms(draft: _Draft, part: int, lot: int, settled: bool) -> Terms | None:
    need = draft.screen.needs[int(draft.parts.need[part])]
    resource = draft.screen.resources[int(draft.lots.resource[lot])]
    demand, capacity = int(draft.parts.demand[part]), float(draft.lots.capacity[lot])
    if settled:
        return terms(need, resource, demand, capacity) or Terms(1, demand, 1.0 / demand)
    if not _meet(need, resource, int(draft.lots.window[lot])):
        return None
    return terms(need, resource, demand, capacity)


def _meet(need: Need, resource: Resource, window: int) -> bool:
    if window >= 0 and need.windows:
        open_at = resource.windows[window]
        if not any(overlaps(open_at, asked) for asked in need.windows):
            return False
    return _few_days(need, resource)


def _few_days(need: Need, resource: Resource) -> bool:
    """Where both run together for under a week, the shared weekdays must be open on both sides."""
    if not (need.windows or resource.windows):
        return True
    starts = [day for day in (need.starts_on, resource.starts_on) if day]
    ends = [day for day in (need.ends_on, need.due_on, resource.ends_on) if day]
    if not starts or not ends or (min(ends) - max(starts)).days >= 6 or max(starts) > min(ends):
        return True
    week = slots(need) * slots(resource) * on_days(max(starts), min(ends))
    return bool(week.sum() >= 1)


def _settled(draft: _Draft) -> dict[int, dict[int, tuple[str, int]]]:
    """By part and resource: whether the pair is fixed or agreed, and its confirmed units."""
    settled: dict[int, dict[int, tuple[str, int]]] = {}
    for how, links in (("agreed", draft.agreed), ("fixed", draft.fixed)):
        for link in links:
            if link.need not in draft.need_row:
                raise BadItem(link.need, how, "a pair of known items")
            if link.resource not in draft.resource_row:
                raise BadItem(link.resource, how, "a pair of known items")
            row, column = draft.need_row[link.need], draft.resource_row[link.resource]
            own = np.flatnonzero(draft.parts.need == row).tolist()
            gives = draft.screen.resources[column].gives
            part = next((p for p in own if draft.parts.tag[p] in gives), own[0])
            demand = int(draft.parts.demand[part])
            units = 0 if how == "agreed" else min(demand, link.units or demand)
            settled.setdefault(part, {})[column] = (how, units)
    return settled


def _parts(needs: Sequence[Need], given: Sequence[bool]) -> tuple[Parts, tuple[str, ...]]:
    rows: list[tuple[int, str, int, float, bool, int, int]] = []
    groups: dict[str, int] = {}
    for row, need in enumerate(needs):
        tags = sorted(need.wants) if given[row] else [""]
        rows += [
            (
                row,
                tag,
                demand_of(need),
                need.weight / len(tags),
                need.indivisible,
                need.max_suppliers,
                groups.setdefault(need.community, len(groups)) if need.community else -1,
            )
            for tag in tags
        ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 7
    parts = Parts(
        need=np.array(columns[0], dtype=np.int32),
        tag=tuple(columns[1]),
        body=("",) * len(rows),
        demand=np.array(columns[2], dtype=np.int32),
        weight=np.array(columns[3], dtype=np.float64),
        whole=np.array(columns[4], dtype=bool),
        max_suppliers=np.array(columns[5], dtype=np.int32),
        group=np.array(columns[6], dtype=np.int32),
    )
    return parts, tuple(groups)


def _lots(resources: Sequence[Resource]) -> Lots:
    rows = [
        (row, capacity_of(resource), window)
        for row, resource in enumerate(resources)
        for window in (
            range(len(resource.windows)) if "space" in resource.gives and resource.windows else [-1]
        )
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 3
    return Lots(
        resource=np.array(columns[0], dtype=np.int32),
        capacity=np.array(columns[1], dtype=np.float64),
        window=np.array(columns[2], dtype=np.int32),
    )


def _providers(resources: Sequence[Resource]) -> tuple[np.ndarray, np.ndarray]:
    numbers: dict[str, int] = {}
    caps: dict[int, float] = {}
    provider = []
    for row, resource in enumerate(resources):
        name = fold(resource.unit).strip() or f"\0{row}"
        number = numbers.setdefault(name, len(numbers))
        cap = float("inf") if resource.provider_cap is None else float(resource.provider_cap)
        caps[number] = min(caps.get(number, float("inf")), cap)
        provider.append(number)
    return np.array(provider, dtype=np.int32), np.array(list(caps.values()), dtype=np.float64)


def _edges(rows: list[tuple[int, int, float, np.ndarray, Terms, int, bool]], parts: int) -> Edges:
    part = np.array([row[0] for row in rows], dtype=np.int32)
    return Edges(
        ptr=np.searchsorted(part, np.arange(parts + 1)).astype(np.int64),
        part=part,
        lot=np.array([row[1] for row in rows], dtype=np.int32),
        fit=np.array([row[2] for row in rows], dtype=np.float32),
        fit_parts=np.rint(
            100 * np.array([row[3] for row in rows], dtype=np.float32).reshape(-1, 5)
        ).astype(np.uint8),
        low=np.array([row[4].low for row in rows], dtype=np.int32),
        high=np.array([row[4].high for row in rows], dtype=np.int32),
        use=np.array([row[4].use for row in rows], dtype=np.float32),
        fixed=np.array([row[5] for row in rows], dtype=np.int32),
        agreed=np.array([row[6] for row in rows], dtype=bool),
    )
