"""Questions about rights, asked of the database once for each page that only reads."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Things = ParamSpec("Things")
Answer = TypeVar("Answer")

_known: ContextVar[dict[tuple, Any] | None] = ContextVar("known", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Remember answers until the end: only for what changes nothing meanwhile."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def asked_once(question: Callable[Things, Answer]) -> Callable[Things, Answer]:
    """While `reading`, ask this about the same rows once; everywhere else, ask each time."""

    @wraps(question)
    def ask(*things: Things.args, **more: Things.kwargs) -> Answer:
        known = _known.get()
        if known is None or more:
            return question(*things, **more)
        key = (question, *((thing.__class__, thing.pk) for thing in things))  # type: ignore[attr-defined]
        if key not in known:
            known[key] = question(*things, **more)
        return known[key]

    return ask
