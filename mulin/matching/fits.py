"""What makes a fit: how much topic, time, amount and place count, and how near kinds are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mulin.matching.items import TAGS
from mulin.matching.weeks import Bitmaps

Fits = NDArray[np.float32]

TIME, AMOUNT, PLACE = np.float32(0.10), np.float32(0.05), np.float32(0.10)
"""What these add: a quarter of a fit, nothing where the topic differs."""

TOPIC = np.float32(0.75)
"""The rest of a fit."""

ALIKE = np.float32(0.35)
"""Text this alike shows a fit that neither kinds nor tags could show."""

TELLING = np.float32(0.6)
"""From this on, texts (the root of their cosine) are about the same, however differently said."""

OTHER_KIND = np.float32(0.55)
"""What like words count between kinds that have nothing in common, beside 1 within a kind."""

UNASKED = np.float32(0.5)
"""How far the name of a unit tells of work that nobody asked for as work: never to the floor."""

BESIDES = np.float32(0.1)
"""What words that tell less add to that."""

HALF = np.float32(0.5)
"""Kinds at least this near may meet where no supply is insisted on: the same, or unknown."""

ALL_TIME, SIDE, HOME, AWAY, UNKNOWN = (np.float32(one) for one in (0.7, 0.8, 1.0, 0.6, 0.7))
"""Fits of time (both always open) and of place (same side, same community, others, not known)."""

PERMISSION = TAGS.index("permission")
ANYBODY = -1
"""The body of a part that any unit may serve."""

EARTH_KM = 6371.0
FADING_KM = 5.0
"""Kilometres over which the fit of a place falls to 1/e."""


class Tables(NamedTuple):
    """What kinds, purposes and weeks are to each other.

    `related` (kinds × kinds) is how near two kinds are. `purpose` (purposes × kinds of need) is
    the topic of offers that name no purpose: row 0 of those that do, row 1 of rooms and sums,
    the others of work. `weeks` are bitmaps and `hours` their half hours.
    """

    related: Fits
    purpose: Fits
    weeks: Bitmaps
    hours: NDArray[np.int32]
