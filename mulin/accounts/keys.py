"""Keys of rows that stand in an address or leave the system: UUIDv7, which sort by time."""

import uuid

from uuid_utils.compat import uuid7


def new_key() -> uuid.UUID:
    return uuid7()
