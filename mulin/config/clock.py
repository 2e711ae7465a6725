"""What happens by itself: every minute, and once a day. Each app's `tasks` says what."""

import logging
import threading
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from mulin.history.actions import seal_events
from mulin.notifications.actions import deliver_outbox

logger = logging.getLogger(__name__)
# Apps with work of their own say it as every_minute() or every_day() in their `tasks`.
APPS = ("mulin.alliance", "mulin.lists", "mulin.projects")


def tick() -> list[str]:
    """One pass over everything that is due; returns the names of what failed, logged in full."""
    failed = _run([*_tasks("every_minute"), deliver_outbox, seal_events])
    today = timezone.localdate().isoformat()
    done = settings.VAR_DIR / "last_day"
    if not done.exists() or done.read_text() != today:
        failed_today = _run(_tasks("every_day"))
        if not failed_today:
            done.parent.mkdir(parents=True, exist_ok=True)
            done.write_text(today)
        failed += failed_today
    return failed


def _tasks(name: str) -> list[Callable[[], object]]:
    modules = [import_module(f"{app}.tasks") for app in APPS if find_spec(f"{app}.tasks")]
    return [getattr(module, name) for module in modules if hasattr(module, name)]


def _run(works: list[Callable[[], object]]) -> list[str]:
    failed = []
    for work in works:
        try:
            work()
        except Exception:  # one app's failure must not stop the others' work
            logger.exception("%s.%s failed", work.__module__, work.__name__)
            failed.append(f"{work.__module__}.{work.__name__}")
    return failed


def start(seconds: float = 60) -> threading.Event:
    """Tick in a thread of this process until the returned event is set."""
    stop = threading.Event()

    def keep_ticking() -> None:
        while not stop.wait(seconds):
            tick()
            close_old_connections()

    threading.Thread(target=keep_ticking, name="clock", daemon=True).start()
    return stop
