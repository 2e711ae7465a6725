"""Searching among whole plans: the state of one, serving parts, and neighbourhoods tried anew."""

from mulin.matching.searching.neighbourhoods import crowd_of, mend, regrets, search
from mulin.matching.searching.serving import (
    clear,
    give,
    give_again,
    offers,
    round_off,
    serve_all,
)
from mulin.matching.searching.state import (
    CROWD,
    ENTRY,
    PRICE,
    ROOM,
    Desk,
    State,
    desk,
    join,
    nobody_served,
    split,
)

__all__ = [
    "CROWD",
    "ENTRY",
    "PRICE",
    "ROOM",
    "Desk",
    "State",
    "clear",
    "crowd_of",
    "desk",
    "give",
    "give_again",
    "join",
    "mend",
    "nobody_served",
    "offers",
    "regrets",
    "round_off",
    "search",
    "serve_all",
    "split",
]
