"""Ends the server's worker together with the process that started it."""

import os
import signal
import threading
import time

STARTED_BY = "MULIN_STARTED_BY"


def name_parent() -> None:
    """Tell the processes that this one starts whose end is theirs."""
    os.environ[STARTED_BY] = str(os.getpid())


def follow_parent() -> None:
    """Watch the named parent, if any: killed, it can't tell its worker, which would stay for ever.

    The clock runs in the parent, and a worker left alone holds the port of the next server.
    """
    if parent := os.environ.get(STARTED_BY):
        threading.Thread(target=end_with, args=[int(parent)], name="parent", daemon=True).start()


def end_with(parent: int, *, every: float = 1.0) -> None:
    """Ask this process to stop, finishing what it answers, once `parent` is gone.

    parent: number of the process. every: seconds between two looks.
    """
    while os.getppid() == parent:
        time.sleep(every)
    os.kill(os.getpid(), signal.SIGTERM)
