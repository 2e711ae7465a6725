"""Things to be found."""

import uuid
from collections.abc import Callable

import pytest

from mulin.search.actions import index
from mulin.search.entries import Entry

HERE = uuid.UUID(int=1)


@pytest.fixture
def put(db) -> Callable[..., uuid.UUID]:
    """Indexes a text and gives its key."""

    def put(text: str, *, scope: uuid.UUID = HERE, kind: str = "need") -> uuid.UUID:
        subject = uuid.uuid4()
        index([Entry(subject, scope, kind, text)])
        return subject

    return put
