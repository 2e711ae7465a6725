"""What the apps hand over to be found: an `Entry` for each thing."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One thing's words; a match early in the text (its title) is listed before a late one.

    kind: short stored word to filter by (e.g. "need"). scope: the alliance.
    """

    subject: uuid.UUID
    scope: uuid.UUID
    kind: str
    text: str
