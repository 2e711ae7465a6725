"""A problem's numbers in a folder, so that each method meets the same ones in its own process."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mulin.matching.problem import Edges, Lots, Parts, Problem

PARTS = ("need", "demand", "weight", "whole", "max_suppliers", "group")
LOTS = ("resource", "capacity", "window")
EDGES = ("part", "lot", "fit", "fit_parts", "low", "high", "use", "fixed", "agreed")
REST = ("provider", "cap", "exclusive")


def usable(problem: Problem, floor: float) -> np.ndarray:
    """Rows of the edges worth proposing: what the engine leaves aside, the others don't get."""
    edges = problem.edges
    return np.flatnonzero((edges.fit >= floor) | edges.agreed | (edges.fixed > 0))


def keep(problem: Problem, floor: float, folder: Path) -> None:
    """Write the problem's numbers, of its edges only the usable ones."""
    rows = usable(problem, floor)
    for name in PARTS:
        np.save(folder / f"parts.{name}", getattr(problem.parts, name))
    for name in LOTS:
        np.save(folder / f"lots.{name}", getattr(problem.lots, name))
    for name in EDGES:
        np.save(folder / f"edges.{name}", getattr(problem.edges, name)[rows])
    for name in REST:
        np.save(folder / name, getattr(problem, name))


def kept(folder: Path) -> Problem:
    """The problem of that folder, without items."""
    parts, lots, edges, rest = (
        {name: np.load(folder / f"{prefix}{name}.npy") for name in names}
        for prefix, names in (("parts.", PARTS), ("lots.", LOTS), ("edges.", EDGES), ("", REST))
    )
    count = len(parts["need"])
    ptr = np.concatenate([[0], np.cumsum(np.bincount(edges["part"], minlength=count))])
    return Problem(
        parts=Parts(tag=("",) * count, body=("",) * count, **parts),
        lots=Lots(**lots),
        edges=Edges(ptr=ptr.astype(np.int64), **edges),
        groups=tuple(str(row) for row in range(int(parts["group"].max(initial=-1)) + 1)),
        **rest,
    )
