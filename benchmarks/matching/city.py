"""The city of an instance: crowded quarters at a constant density, and a curve through it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.matching.families import DENSITY

Array = NDArray[Any]


def city(size: int, random: np.random.Generator) -> tuple[Array, Array, float]:
    """Centres of quarters and `2·size` spots in km (needs, then resources), and the side."""
    side = float(np.sqrt(size / DENSITY))
    centres = random.uniform(0, side, (max(5, size // 1500), 2))
    crowded = random.random(2 * size) < 0.65
    near = centres[random.integers(0, len(centres), 2 * size)]
    near = near + random.normal(0, 1.2, near.shape)
    spots = np.where(crowded[:, None], near, random.uniform(0, side, near.shape))
    return centres, np.abs(side - np.abs(side - np.abs(spots))), side


def curve(spots: Array, side: float) -> Array:
    """Place along a Hilbert curve through the square: near on the curve is near in the city."""
    bits = 12
    x, y = (np.clip(spots / side * (1 << bits), 0, (1 << bits) - 1)).astype(np.int64).T
    at = np.zeros(len(spots), dtype=np.int64)
    for bit in reversed(range(bits)):
        right, up = (x >> bit) & 1, (y >> bit) & 1
        at = (at << 2) | ((3 * right) ^ up)
        turned = up == 0
        flipped = turned & (right == 1)
        low = (1 << bit) - 1
        x, y = (
            np.where(flipped, low - (x & low), x & low),
            np.where(flipped, low - (y & low), y & low),
        )
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return at
