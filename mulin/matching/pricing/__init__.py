"""Prices of everything scarce, from the linear relaxation of a problem."""

from mulin.matching.pricing.program import (
    Point,
    Relaxation,
    Rows,
    known_point,
    origin_of,
    relaxed,
    steps_of,
)
from mulin.matching.pricing.steps import Steps

__all__ = [
    "Point",
    "Relaxation",
    "Rows",
    "Steps",
    "known_point",
    "origin_of",
    "relaxed",
    "steps_of",
]
