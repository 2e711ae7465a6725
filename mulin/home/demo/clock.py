"""Letting the example's past happen: actions ask `timezone` for the time, so it is set back."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def days_ago(days: int, *, hour: int = 10) -> Iterator[None]:
    """Run the block as if it were that many days ago. Only for a process that does nothing else."""
    real = timezone.now
    start = timezone.localtime(real()).replace(hour=hour, minute=0) - datetime.timedelta(days=days)
    begun = real()
    timezone.now = lambda: start + (real() - begun)  # type: ignore[assignment]
    try:
        yield
    finally:
        timezone.now = real  # type: ignore[assignment]
