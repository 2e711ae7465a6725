"""Runs worked out in the background: one after the other, each in a child process with limits."""

import datetime
import logging
import sys
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone

from mulin import matching
from mulin.lists.actions.proposing import work_out
from mulin.lists.actions.runs import claim_run, take_up_dead
from mulin.lists.models import MatchRun
from mulin.matching.child import Answer, Child, Limits, Question, Step, Unanswerable

logger = logging.getLogger(__name__)
LIMITS = Limits(megabytes=6144, seconds=300)
MOST_SECONDS = 600
LOOK_EVERY = 0.2
"""Seconds after which a cancelled run's child is ended."""
IDLE_SECONDS = 300
LEFT_WAITING = datetime.timedelta(seconds=20)


class Children:
    """The children of this process: one kept ready for who is likely to ask, and none for long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spare: Child | None = None
        self._end: threading.Timer | None = None
        self._maker: Child | None = None
        self.serves = False

    def make_code(self) -> None:
        """Have the machine code made, once and at the lowest priority; nobody waits for it."""
        self.serves = True
        if code_is_made():
            return
        limits = Limits(LIMITS.megabytes, LIMITS.seconds, nice=19)
        try:
            self._maker = Child(limits, cache=code_folder(), only=True)
        except OSError:  # pages are served all the same, and runs do without
            logger.exception("no machine code is made")
            return
        threading.Thread(target=_mark_made, args=[self._maker], name="maker", daemon=True).start()

    def keep_one_ready(self) -> None:
        """Start a child, so that whoever asks next needn't wait for it; only where people ask."""
        if not self.serves:
            return
        with self._lock:
            if self._spare is None or not self._spare.lives:
                try:
                    self._spare = self._new()
                except OSError:  # the page is shown all the same
                    logger.exception("no child is kept ready")
                    return
            if self._end:
                self._end.cancel()
            self._end = threading.Timer(IDLE_SECONDS, self._end_spare)
            self._end.daemon = True
            self._end.start()

    def take(self) -> Child:
        """The one that is ready, else a new one."""
        with self._lock:
            spare, self._spare = self._spare, None
        return spare if spare and spare.lives else self._new()

    def _new(self) -> Child:
        # Nobody waits for a compiler: as long as the code isn't made, it goes without.
        return Child(LIMITS, compiled=code_is_made(), cache=code_folder())

    def _end_spare(self) -> None:
        with self._lock:
            spare, self._spare = self._spare, None
        if spare:
            spare.end()


def code_folder() -> Path:
    """Where machine code is kept: the folder of the program may belong to somebody else."""
    return Path(settings.VAR_DIR) / "machine-code"


def code_is_made() -> bool:
    """Whether the folder holds the code of this very version."""
    mark = code_folder() / "made-for"
    return mark.exists() and mark.read_text() == _version()


def _version() -> str:
    """What machine code depends on: the sources, Python, and the compiler."""
    sources = sorted(Path(matching.__file__).parent.glob("*.py"))
    stamps = [f"{source} {source.stat().st_mtime_ns}" for source in sources]
    compiler = version("numba") if find_spec("numba") else "none"
    return "\n".join([sys.version, compiler, *stamps])


def _mark_made(maker: Child) -> None:
    if maker.process.wait() == 0:
        code_folder().mkdir(parents=True, exist_ok=True)
        (code_folder() / "made-for").write_text(_version())


children = Children()
_turn = threading.Lock()


def start_working() -> None:
    """Work out what waits, in a thread of this process."""
    threading.Thread(target=_work_and_leave, name="matching", daemon=True).start()


def _work_and_leave() -> None:
    try:
        work_waiting()
    finally:
        connections.close_all()


def work_waiting() -> None:
    """Work out every run that waits, one after the other."""
    with _turn:
        while run := claim_run():
            work_out(run, ask_child)


def work_left_over() -> None:
    """What no other process saw to: runs whose worker died, and those nobody took up."""
    take_up_dead()
    since = timezone.now() - LEFT_WAITING
    if MatchRun.objects.filter(state=MatchRun.State.WAITING, made_at__lt=since).exists():
        work_waiting()


def ask_child(question: Question, tell: Callable[[Step | None], None]) -> Answer:
    """The answer of a child, which ends with it, with the time it may take, or with an error."""
    child = children.take()
    try:
        child.ask(question)
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until:
            said = child.hear(LOOK_EVERY)
            if isinstance(said, Answer):
                return said
            tell(said)
        raise Unanswerable("too_slow")
    finally:
        child.end()
