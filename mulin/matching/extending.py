"""A problem after a change: only what changed is read and screened, the rest is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mulin.matching.candidates import assembled, best_of
from mulin.matching.checking import check, check_links
from mulin.matching.edges import Pairs, Terms, edges_of, spans
from mulin.matching.items import Need, Resource
from mulin.matching.parts import lots_of, parts_of
from mulin.matching.problem import Ints, Link, Lots, Parts, Problem
from mulin.matching.reading import Reader
from mulin.matching.scanning import Best
from mulin.matching.screening import Screen
from mulin.matching.settling import refused_keys, settled_pairs
from mulin.matching.splicing import Splice, spliced_needs, spliced_speech, spliced_supply
from mulin.matching.weaving import Kept, merged, pair_starts, woven

ENOUGH = 0.75
"""The share of its candidates that a part must keep not to be screened again."""


def extend(
    problem: Problem,
    *,
    needs: Sequence[Need] = (),
    resources: Sequence[Resource] = (),
    gone: Iterable[str] = (),
    refused: Iterable[tuple[str, str]] = (),
    fixed: Iterable[Link] = (),
    agreed: Iterable[Link] = (),
) -> tuple[Problem, NDArray[np.int64]]:
    """The problem after items came, changed (same id) or went, and for each edge the edge it was
    (-1: none).

    Changed needs are screened anew; changed resources enter the rows of needs where they beat the
    k-th; a part that lost a quarter of its candidates is screened again. How rare a word is stays
    as it was, so that fits of what didn't change stay too. Links of items that went are dropped,
    and agreed ones that were refused. Raises `BadItem`.
    """
    check(needs, resources)
    left = frozenset(gone)
    wanted = Splice.of(problem.sources[0], needs, left, problem.need_row)
    offers = Splice.of(problem.sources[1], resources, left, problem.resource_row)
    need_row = {need.id: row for row, need in enumerate(wanted.items)}
    resource_row = {one.id: row for row, one in enumerate(offers.items)}
    newly, fresh_links = frozenset(refused), (tuple(fixed), tuple(agreed))
    check_links(*fresh_links, need_row, resource_row)
    no = problem.refused | newly
    links = _links(problem, fresh_links, no, (need_row, resource_row))
    screen = _screen(problem, needs, resources, (wanted.source, offers.source))
    parts, lots = parts_of(wanted.items, screen.needs), lots_of(screen.supply)
    rows = (need_row, resource_row)
    anew = _anew(links, fresh_links, (needs, resources))
    settled = settled_pairs(screen, parts, anew, need_row, resource_row)
    kept = _kept(problem, parts, lots, wanted, offers)
    fixed_now = problem.edges.fixed[kept.edge] > 0
    kept = _without(kept, fixed_now, parts, newly, rows, settled)
    best = _found(problem, kept, screen, parts, (wanted, offers), refused_keys(no, *rows))
    pairs, kept = merged(best, kept, settled, parts, problem.k)
    near = (np.unique(parts.need[pairs.part]), np.unique(pairs.resource))
    own = spans(wanted.items, near[0]), spans(offers.items, near[1])
    made = edges_of(pairs, Terms(screen.needs, screen.supply, parts, lots, *own))
    edges, origin = woven(problem.edges, kept, made, len(parts.need))
    extended = assembled(
        screen,
        (wanted.items, offers.items),
        (parts, lots, edges),
        taxonomy=problem.taxonomy,
        refused=no,
        fixed=links[0],
        agreed=links[1],
        k=problem.k,
        need_row=need_row,
        resource_row=resource_row,
    )
    return extended, origin


def _links(
    problem: Problem,
    fresh: tuple[tuple[Link, ...], tuple[Link, ...]],
    refused: frozenset[tuple[str, str]],
    rows: tuple[dict[str, int], dict[str, int]],
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """All fixed and agreed links of items that are there, agreed ones unless refused."""
    fixed = [one for one in (*problem.fixed, *fresh[0]) if _lives(one, rows)]
    agreed = [
        one
        for one in (*problem.agreed, *fresh[1])
        if _lives(one, rows) and (one.need, one.resource) not in refused
    ]
    return tuple(fixed), tuple(agreed)


def _anew(
    links: tuple[tuple[Link, ...], tuple[Link, ...]],
    fresh: tuple[tuple[Link, ...], tuple[Link, ...]],
    items: tuple[Sequence[Need], Sequence[Resource]],
) -> tuple[list[Link], list[Link]]:
    """Links that are new, or whose need or resource is read anew."""
    needs, resources = ({one.id for one in side} for side in items)
    fixed, agreed = (
        [one for one in all_of if one in new or one.need in needs or one.resource in resources]
        for all_of, new in zip(links, map(frozenset, fresh), strict=True)
    )
    return fixed, agreed


def _lives(link: Link, rows: tuple[dict[str, int], dict[str, int]]) -> bool:
    return link.need in rows[0] and link.resource in rows[1]


def _screen(
    problem: Problem,
    needs: Sequence[Need],
    resources: Sequence[Resource],
    sources: tuple[Ints, Ints],
) -> Screen:
    """The old screen with new rows read in."""
    old = problem.screen
    reader = old.reader or Reader.of(problem.taxonomy)
    supply, offered = reader.resources(resources)
    wanted, asked = reader.needs(needs)
    return Screen(
        spliced_needs(old.needs, wanted, sources[0]),
        spliced_supply(old.supply, supply, sources[1]),
        reader.tables(),
        spliced_speech(old.speech, asked, offered, sources),
        reader,
    )


def _now(old: Ints, new: Ints, count: int, now: Ints) -> Ints:
    """The row that each part (or lot) has now, from the rows of its need (or resource)."""
    starts = np.searchsorted(old, np.arange(len(now)))
    begins = np.searchsorted(new, np.arange(count))
    at = now[old]
    rows = begins[np.maximum(at, 0)] if count else at
    return np.where(at >= 0, rows + np.arange(len(old)) - starts[old], -1).astype(np.int32)


def _kept(
    problem: Problem,
    parts: Parts,
    lots: Lots,
    wanted: Splice[Need],
    offers: Splice[Resource],
) -> Kept:
    edges, k = problem.edges, problem.k
    part_now = _now(problem.parts.need, parts.need, len(wanted.items), wanted.now)
    lot_now = _now(problem.lots.resource, lots.resource, len(offers.items), offers.now)
    settled = edges.agreed | (edges.fixed > 0)
    resource = problem.lots.resource[edges.lot]
    pair = pair_starts(edges.part, resource)
    worst = np.full(len(part_now), np.inf, dtype=np.float32)
    first = np.flatnonzero(pair & ~settled)
    if len(first):
        begins = np.flatnonzero(np.diff(edges.part[first], prepend=-1))
        worst[edges.part[first[begins]]] = np.minimum.reduceat(edges.fit[first], begins)
    pair &= ~settled | (edges.fit >= worst[edges.part])
    part, lot = part_now[edges.part], lot_now[edges.lot]
    stays = (part >= 0) & (lot >= 0)
    had, has = _counted(pair, edges.ptr), _counted(pair & stays, edges.ptr)
    here = part_now >= 0
    least = np.zeros(len(parts.need), dtype=np.float32)
    least[part_now[here]] = np.where(had >= k, worst, 0.0)[here]
    again = np.ones(len(parts.need), dtype=np.bool_)
    again[part_now[here]] = ((had >= k) & (has < ENOUGH * k))[here]
    edge = np.flatnonzero(stays)
    return Kept(
        edge=edge,
        part=part[edge],
        lot=lot[edge],
        resource=offers.now[resource[edge]],
        settled=settled[edge],
        fit=edges.fit[edge],
        least=np.where(again, 0, least).astype(np.float32),
        again=again,
    )


def _counted(told: NDArray[np.bool_], ptr: Ints) -> Ints:
    """How many of each row of a CSR are told."""
    upto = np.concatenate([np.zeros(1, dtype=np.int32), np.cumsum(told, dtype=np.int32)])
    return np.asarray(upto[ptr[1:]] - upto[ptr[:-1]])


def _without(
    kept: Kept,
    is_fixed: NDArray[np.bool_],
    parts: Parts,
    refused: frozenset[tuple[str, str]],
    rows: tuple[dict[str, int], dict[str, int]],
    settled: Pairs,
) -> Kept:
    """Without the pairs that are refused now (unless fixed), and those that are settled anew."""
    drop = np.zeros(len(kept.part), dtype=np.bool_)
    starts = np.searchsorted(parts.need, np.arange(len(rows[0]) + 1))
    cells = [
        (part, rows[1][resource])
        for need, resource in refused
        if need in rows[0] and resource in rows[1]
        for part in range(*starts[rows[0][need] : rows[0][need] + 2].tolist())
    ]
    anew = list(zip(settled.part.tolist(), settled.resource.tolist(), strict=True))
    for part, resource in (*cells, *anew):
        own = slice(*np.searchsorted(kept.part, [part, part + 1]).tolist())
        drop[own] |= kept.resource[own] == resource
        if (part, resource) not in anew:
            drop[own] &= ~is_fixed[own]
    return kept.where(~drop)


def _found(
    problem: Problem,
    kept: Kept,
    screen: Screen,
    parts: Parts,
    splices: tuple[Splice[Need], Splice[Resource]],
    refused: Ints,
) -> tuple[Ints, Best]:
    """New candidates: of parts to be screened whole, and of the others among new resources."""
    again = np.flatnonzero(kept.again)
    others = np.flatnonzero(~kept.again)
    fresh, k = splices[1].fresh, problem.k
    whole = best_of(screen, parts, again, k, refused)
    if not len(fresh) or not len(others):
        return again, whole
    new = best_of(screen, parts, others, k, refused, columns=fresh, least=kept.least[others])
    both = {
        name: np.concatenate([getattr(whole, name), getattr(new, name)])
        for name in ("resource", "fit", "parts")
    }
    ptr = np.concatenate([whole.ptr, new.ptr[1:] + whole.ptr[-1]])
    return np.concatenate([again, others]), Best(ptr=ptr, **both)
