"""Exact repair: small neighbourhoods served in the best way there is, by branch and bound.

Where a search got stuck, a few parts that want the same are emptied and all their answers tried in
depth, each part's answers from the best on; a branch ends where what the rest could do at most
can't beat the best so far (Land and Doig 1960).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mulin.matching.answers import TINY
from mulin.matching.arrays import Arrays
from mulin.matching.compiled import compiled
from mulin.matching.filling import clash, fill
from mulin.matching.problem import Floats, Ints
from mulin.matching.searching import Desk, State, clear, crowd_of, give, offers

FEW = 6
"""The most parts of one neighbourhood."""

WIDE = 8
"""How many edges of a part are combined with each other."""

ANSWERS = 40
"""How many answers of a part are tried, the best first."""

NODES = 4_000
"""Answers tried in one neighbourhood before it is left as it is."""


class Tree(NamedTuple):
    """Room for the branches: for each depth its answers (up to three edges, their units, what they
    are worth), how many there are, which is tried, and the best path so far."""

    edge: Ints
    units: Ints
    worth: Floats
    many: Ints
    at: Ints
    best_edge: Ints
    best_units: Ints
    parts: Ints
    rest: Floats


def tree() -> Tree:
    """An empty tree."""
    return Tree(
        edge=np.zeros((FEW, ANSWERS, 3), dtype=np.int32),
        units=np.zeros((FEW, ANSWERS, 3), dtype=np.int32),
        worth=np.zeros((FEW, ANSWERS)),
        many=np.zeros(FEW, dtype=np.int32),
        at=np.zeros(FEW, dtype=np.int32),
        best_edge=np.zeros((FEW, 3), dtype=np.int32),
        best_units=np.zeros((FEW, 3), dtype=np.int32),
        parts=np.zeros(FEW, dtype=np.int32),
        rest=np.zeros(FEW + 1),
    )


@compiled
def _widest(desk: Desk, count: int, demand: int) -> int:
    """The `WIDE` edges on the desk that are worth most alone, best first, into `desk.order`."""
    scratch, order, kept = desk.scratch, desk.order, 0
    for e in range(count):
        most = min(desk.high[e], demand)
        worth = desk.gain[e] * most + desk.once[e]
        if most < desk.low[e] or (kept == WIDE and worth <= scratch[WIDE - 1]):
            continue
        at = min(kept, WIDE - 1)
        while at > 0 and scratch[at - 1] < worth:
            scratch[at] = scratch[at - 1]
            order[at] = order[at - 1]
            at -= 1
        scratch[at] = worth
        order[at] = e
        kept = min(kept + 1, WIDE)
    return kept


@compiled
def _grow(arrays: Arrays, state: State, desk: Desk, tree: Tree, depth: int) -> None:
    """List the answers that the part at this depth has now, best first, none at all the last."""
    part = tree.parts[depth]
    count = offers(arrays, state, desk, part, 0.0)
    kept = _widest(desk, count, state.left[part])
    tree.many[depth] = 0
    tree.at[depth] = -1
    order = desk.order
    for i in range(kept):
        for j in range(i, kept):
            # (i, i, i) is one edge alone, (i, j, j) a pair.
            for k in range(j, kept if j > i else j + 1):
                a, b, c = order[i], order[j] if j > i else -1, order[k] if k > j else -1
                _list(arrays, state, desk, tree, depth, a, b, c)
    last = min(tree.many[depth], ANSWERS - 1)
    tree.worth[depth, last] = 0.0
    tree.edge[depth, last, 0] = -1
    tree.many[depth] = last + 1


@compiled
def _list(
    arrays: Arrays, state: State, desk: Desk, tree: Tree, depth: int, a: int, b: int, c: int
) -> None:
    """Put an answer among those of a depth where it belongs by its worth, if it is possible."""
    part, once = tree.parts[depth], desk.once
    if 1 + (b >= 0) + (c >= 0) > state.heads[part]:
        return
    if clash(a, b, c, desk.provider, desk.engaged, desk.alone):
        return
    worth = fill(
        a, b, c, desk.gain, desk.low, desk.high, state.left[part], arrays.whole[part], desk.filled
    )
    worth += once[a] + (once[b] if b >= 0 else 0.0) + (once[c] if c >= 0 else 0.0)
    count = tree.many[depth]
    full = count == ANSWERS - 1
    if worth <= TINY or (full and worth <= tree.worth[depth, count - 1]):
        return
    at = count - 1 if full else count
    while at > 0 and tree.worth[depth, at - 1] < worth:
        tree.worth[depth, at] = tree.worth[depth, at - 1]
        tree.edge[depth, at] = tree.edge[depth, at - 1]
        tree.units[depth, at] = tree.units[depth, at - 1]
        at -= 1
    tree.worth[depth, at] = worth
    tree.many[depth] = count if full else count + 1
    for slot in range(3):
        e = a if slot == 0 else (b if slot == 1 else c)
        tree.edge[depth, at, slot] = desk.at[e] if e >= 0 else -1
        tree.units[depth, at, slot] = desk.filled[slot] if e >= 0 else 0


@compiled
def _take(arrays: Arrays, state: State, tree: Tree, depth: int, sign: int) -> None:
    """Give the answer tried at this depth, or take it back."""
    at = tree.at[depth]
    if at < 0:
        return
    for slot in range(3):
        edge = tree.edge[depth, at, slot]
        if edge < 0:
            break
        if tree.units[depth, at, slot] > 0:
            give(arrays, state, edge, sign * tree.units[depth, at, slot])


@compiled
def _search_tree(
    arrays: Arrays, state: State, desk: Desk, tree: Tree, size: int, best: float
) -> float:
    """The best value above `best` that the emptied parts can reach together, its path kept."""
    depth, value, nodes = 0, 0.0, 0
    _grow(arrays, state, desk, tree, 0)
    while depth >= 0 and nodes < NODES:
        _take(arrays, state, tree, depth, -1)
        value -= tree.worth[depth, tree.at[depth]] if tree.at[depth] >= 0 else 0.0
        tree.at[depth] += 1
        at = tree.at[depth]
        if at >= tree.many[depth] or (
            value + tree.worth[depth, at] + tree.rest[depth + 1] <= best + TINY
        ):
            tree.at[depth] = -1
            depth -= 1
            continue
        _take(arrays, state, tree, depth, 1)
        value += tree.worth[depth, at]
        nodes += 1
        if depth < size - 1:
            depth += 1
            _grow(arrays, state, desk, tree, depth)
        elif value > best + TINY:
            best = value
            for level in range(size):
                tree.best_edge[level] = tree.edge[level, tree.at[level]]
                tree.best_units[level] = tree.units[level, tree.at[level]]
    while depth >= 0:
        _take(arrays, state, tree, depth, -1)
        depth -= 1
    return best


@compiled
def repair(arrays: Arrays, state: State, desk: Desk, tree: Tree, parts: Ints) -> float:
    """Serve the neighbourhood of each of these parts in the best way; returns what was gained."""
    gained = 0.0
    for i in range(len(parts)):
        if arrays.ptr[parts[i] + 1] == arrays.ptr[parts[i]]:
            continue
        crowd = crowd_of(arrays, state, desk, parts[i])
        for member in range(crowd):
            desk.mark[desk.crowd[member]] = 0
        size = min(crowd, FEW)
        before, kept = _emptied(arrays, state, desk, tree, size)
        tree.rest[size] = 0.0
        for member in range(size - 1, -1, -1):
            _grow(arrays, state, desk, tree, member)
            tree.rest[member] = tree.rest[member + 1] + tree.worth[member, 0]
            tree.at[member] = -1
        best = _search_tree(arrays, state, desk, tree, size, before)
        for member in range(size):
            state.worth[tree.parts[member]] = 0.0
        if best > before + TINY:
            gained += best - before
            _walk_best(arrays, state, tree, size)
        else:
            for at in range(kept):
                give(arrays, state, desk.old_edge[at], desk.old_units[at])
    return gained


@compiled
def _emptied(arrays: Arrays, state: State, desk: Desk, tree: Tree, size: int) -> tuple[float, int]:
    """Take everything from the crowd's first parts; what it was worth, and how many edges."""
    before, kept = 0.0, 0
    for member in range(size):
        one = desk.crowd[member]
        tree.parts[member] = one
        before += state.worth[one]
        for e in range(arrays.ptr[one], arrays.ptr[one + 1]):
            if state.units[e] > 0:
                desk.old_edge[kept] = e
                desk.old_units[kept] = state.units[e]
                kept += 1
        clear(arrays, state, one)
        state.worth[one] = 0.0
    return before, kept


@compiled
def _walk_best(arrays: Arrays, state: State, tree: Tree, size: int) -> None:
    """Give what the best path gives."""
    for member in range(size):
        for slot in range(3):
            if tree.best_edge[member, slot] < 0:
                break
            if tree.best_units[member, slot] > 0:
                give(arrays, state, tree.best_edge[member, slot], tree.best_units[member, slot])
