"""From items to a problem: parts, lots, and the best edges between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mulin.matching.checking import check, check_links
from mulin.matching.columns import bits
from mulin.matching.compiled import FAST
from mulin.matching.completed import Completed
from mulin.matching.edges import Pairs, Terms, joined, pieces_of, spans
from mulin.matching.fits import ANYBODY
from mulin.matching.items import Need, Resource
from mulin.matching.parts import PERMITS, lots_of, parts_of, providers_of
from mulin.matching.problem import Edges, Ints, Link, Lots, Parts, Problem
from mulin.matching.reading import Reader
from mulin.matching.scanning import Best, scan
from mulin.matching.screening import Screen
from mulin.matching.settling import hundredths, refused_keys, settled_pairs, with_settled
from mulin.matching.shelves import Shelves, shelves
from mulin.matching.speech import Speech
from mulin.matching.taxonomy import Taxonomy, standard

PARTS = 65_536
"""Parts whose edges are made at once: some hundred megabytes of passing arrays."""

CELLS = 400_000
"""Pairs screened at once: keeps memory at some tens of megabytes."""


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

    Each part has edges to the `k` best-fitting resources that pass every filter. `fixed` links
    are confirmed and stay whatever happens; `agreed` ones are kept unless forced; `refused` pairs
    (need id, resource id) are never proposed. Raises `BadItem` naming the row,
    and `ValueError` for a `k` below 1.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    check(needs, resources)
    taxonomy = taxonomy or standard()
    need_row = {need.id: row for row, need in enumerate(needs)}
    resource_row = {resource.id: row for row, resource in enumerate(resources)}
    fixed, agreed, no = tuple(fixed), tuple(agreed), frozenset(refused)
    check_links(fixed, agreed, need_row, resource_row)
    reader = Reader.of(taxonomy)
    supply, offered = reader.resources(resources)
    wanted, asked = reader.needs(needs)
    speech = Speech.of(asked, offered)
    screen = Screen(wanted, supply, reader.tables(), speech, reader)
    parts, lots = parts_of(needs, wanted), lots_of(supply)
    settled = settled_pairs(screen, parts, (fixed, agreed), need_row, resource_row)
    terms = Terms(wanted, supply, parts, lots, spans(needs), spans(resources))
    refused = refused_keys(no, need_row, resource_row)
    return assembled(
        screen,
        (needs, resources),
        (parts, lots, candidates(screen, terms, settled, k, refused)),
        taxonomy=taxonomy,
        refused=no,
        fixed=fixed,
        agreed=agreed,
        k=k,
        need_row=need_row,
        resource_row=resource_row,
    )


def assembled(
    screen: Screen,
    sources: tuple[Sequence[Need], Sequence[Resource]],
    numbers: tuple[Parts, Lots, Edges],
    **rest: Any,
) -> Problem:
    """The problem of these items; `rest` are fields that need no counting."""
    wanted, supply = screen.needs, screen.supply
    provider, cap = providers_of(supply)
    codes = ["", *(kind.code for kind in rest["taxonomy"].kinds)]
    parts, lots, edges = numbers
    return Problem(
        parts=parts,
        lots=lots,
        edges=edges,
        provider=provider,
        cap=cap,
        exclusive=supply.exclusive,
        groups=tuple(screen.reader.groups)[1:] if screen.reader else (),
        needs=Completed(sources[0], "wants", wanted.wants),
        resources=Completed(sources[1], "gives", supply.gives),
        need_kind=tuple(codes[kind] for kind in wanted.kind.tolist()),
        resource_kind=tuple(codes[kind] for kind in supply.kind.tolist()),
        screen=screen,
        sources=sources,
        **rest,
    )


def candidates(screen: Screen, terms: Terms, settled: Pairs, k: int, refused: Ints) -> Edges:
    """The edges of every part, found and made some ten thousand parts at a time."""
    parts = terms.parts
    laid = shelves(screen.supply, screen.speech) if FAST else None
    pieces = []
    for start in range(0, max(1, len(parts.need)), PARTS):
        rows = np.arange(start, min(len(parts.need), start + PARTS))
        best = best_of(screen, parts, rows, k, refused, laid=laid)
        first, last = np.searchsorted(settled.part, [start, start + PARTS]).tolist()
        own = Pairs(*(getattr(settled, one.name)[first:last] for one in fields(Pairs)))
        pieces += pieces_of(with_settled(best, start, own), terms)
    return joined(pieces, len(parts.need))


def best_of(
    screen: Screen,
    parts: Parts,
    rows: Ints,
    k: int,
    refused: Ints,
    columns: Ints | None = None,
    least: NDArray[np.float32] | None = None,
    laid: Shelves | None = None,
) -> Best:
    """The k best resources of these parts: by a compiled scan, or all pairs where that is missing.

    Of `columns` alone where given, and with fits of at least `least` (one for each of `rows`).
    Parts that a named body must serve have few resources, which are screened one by one.
    """
    named = np.full(len(rows), ANYBODY, dtype=np.int64)
    for at, row in enumerate(rows.tolist()):
        if parts.body[row]:
            named[at] = screen.body(parts.body[row])
    least = np.zeros(len(rows), dtype=np.float32) if least is None else least
    free = np.flatnonzero(named == ANYBODY)
    own, limit = rows[free], least[free]
    if FAST:
        laid = laid or shelves(screen.supply, screen.speech, columns)
        known = {tag: bits({tag}) for tag in set(parts.tag)}
        tag = np.array([known[parts.tag[row]] for row in own.tolist()], dtype=np.int32)
        found = scan(screen, laid, parts.need[own], tag, k=k, refused=refused, least=limit)
    else:
        found = best_by_rows(screen, parts, own, k, refused, columns, limit)
    if len(free) == len(named):
        return found
    bound = np.flatnonzero(named != ANYBODY)
    need = parts.need[rows[bound]]
    return _merged(found, free, _by_body(screen, need, named[bound], k, refused, columns), bound)


def best_by_rows(
    screen: Screen,
    parts: Parts,
    rows: Ints,
    k: int,
    refused: Ints,
    columns: Ints | None = None,
    least: NDArray[np.float32] | None = None,
) -> Best:
    """The k best resources of these parts, every pair looked at; as `best_of`."""
    count = len(screen.supply.kind)
    among = np.arange(count) if columns is None else np.sort(columns)
    step = max(1, CELLS // max(1, len(among)))
    fits, resources, shares, counts = [], [], [], [np.zeros(1, dtype=np.int64)]
    for start in range(0, len(rows), step):
        block = rows[start : start + step]
        need, tags = parts.need[block], [parts.tag[part] for part in block.tolist()]
        screened = screen.rows(need, tags, columns if columns is None else among)
        limit = np.zeros(len(block)) if least is None else least[start : start + step]
        passed = screened.passed & (screened.fit > 0) & (screened.fit >= limit[:, None])
        keys = need[:, None] * np.int64(count) + among[None, :]
        fit = np.where(passed & ~np.isin(keys, refused), screened.fit, 0)
        order = np.argsort(-fit, axis=1, kind="stable")[:, :k]
        chosen = np.take_along_axis(fit, order, axis=1)
        at, place = np.nonzero(chosen > 0)
        fits.append(chosen[at, place])
        resources.append(among[order[at, place]])
        shares.append(screened.fits[at, order[at, place]])
        counts.append((chosen > 0).sum(axis=1))
    return Best(
        ptr=np.concatenate(counts).cumsum().astype(np.int64),
        resource=np.concatenate([np.zeros(0, dtype=np.int32), *resources]).astype(np.int32),
        fit=np.concatenate([np.zeros(0, dtype=np.float32), *fits]),
        parts=hundredths(np.concatenate([np.zeros((0, 5), dtype=np.float32), *shares])),
    )


def _by_body(
    screen: Screen, need: Ints, body: Ints, k: int, refused: Ints, columns: Ints | None
) -> Best:
    """The k best permissions of one unit each."""
    order = np.argsort(screen.supply.owner, kind="stable")
    owners = screen.supply.owner[order]
    first, last = (np.searchsorted(owners, body, side=side) for side in ("left", "right"))
    counts = last - first
    row = np.repeat(np.arange(len(need)), counts)
    at = np.arange(counts.sum()) - np.repeat(counts.cumsum() - counts - first, counts)
    column = order[at]
    tag = np.full(len(row), PERMITS, dtype=np.int32)
    screened = screen.pairs(need[row], column, tag, body[row])
    keys = need[row] * np.int64(len(owners)) + column
    fine = screened.passed & (screened.fit > 0) & ~np.isin(keys, refused)
    fine &= True if columns is None else np.isin(column, columns)
    row, column, fit = row[fine], column[fine], screened.fit[fine]
    shares = hundredths(screened.fits[fine])
    order = np.lexsort((column, -fit, row))
    row = row[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    order = order[rank < k]
    counts = np.bincount(row[rank < k], minlength=len(need))
    ptr = np.concatenate([[0], counts.cumsum()]).astype(np.int64)
    return Best(ptr, column[order].astype(np.int32), fit[order], shares[order])


def _merged(one: Best, own: Ints, other: Best, others: Ints) -> Best:
    """Two lists of parts as one, by part."""
    part = np.concatenate([np.repeat(own, np.diff(one.ptr)), np.repeat(others, np.diff(other.ptr))])
    order = np.argsort(part, kind="stable")
    counts = np.bincount(part, minlength=len(own) + len(others))
    return Best(
        ptr=np.concatenate([[0], counts.cumsum()]).astype(np.int64),
        resource=np.concatenate([one.resource, other.resource])[order],
        fit=np.concatenate([one.fit, other.fit])[order],
        parts=np.concatenate([one.parts, other.parts])[order],
    )
