"""The child process of `child.Child`: limits itself, makes ready, answers one question in JSON."""

import json
import os
import pickle
import resource
import signal
import sys
import threading
import time
from contextlib import suppress

from mulin.matching.child import Answer, Question, Step, Unanswerable, answer, as_line
from mulin.matching.items import Need, Resource
from mulin.matching.problem import Options

SUBJECTS = ("健康讲座", "会议室", "法律咨询", "老人理发", "消防器材", "手机课")
TIMES_OVER = 4
"""A time limit that compiling used up leaves loops uncompiled: the next time over has them."""


def example(options: Options) -> Question:
    """Sample items that compete for less than they ask for, so that every loop has work."""
    return Question(
        resources=tuple(
            Resource(
                f"r{n}", SUBJECTS[n % 6], unit=f"示例{n % 7}", amount=n % 5 + 2, measure="次"
            )
            for n in range(24)
        ),
        needs=tuple(
            Need(
                f"n{n}", f"想要{SUBJECTS[n % 6]}", community=f"示例{n % 5}", unit=f"示例{n % 5}",
                amount=n % 4 + 1, measure="次", indivisible=n % 3 == 0,
            )
            for n in range(48)
        ),
        options=options,
    )  # fmt: skip


def main(megabytes: str, seconds: str, nice: str, parent: str, only: str = "") -> None:
    """Read a pickled question from standard input to its end; print steps and the answer."""
    limit = int(megabytes) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    os.nice(int(nice))
    # Ctrl-C is the parent's to answer, who ends its child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=[int(parent)], daemon=True).start()
    if only:
        _make_code()
        return
    # The question then finds the machine code loaded.
    answer(example(Options(seconds=0.1)), lambda step: None)
    asked = sys.stdin.buffer.read()
    if asked:
        _say(as_line(Step("reading", 0.02)))
        # From our own parent, over its own pipe.
        _answer(pickle.loads(asked))  # noqa: S301


def _make_code() -> None:
    for fairness in ("none", "maxmin"):
        how = Options(fairness=fairness, gap=0.0, seconds=2.0)
        # ValueError: a fairness that isn't offered has no loops to make.
        with suppress(ValueError):
            for _ in range(TIMES_OVER):
                answer(example(how), lambda step: None)


def _answer(question: Question) -> None:
    try:
        found: Answer = answer(question, lambda step: _say(as_line(step)))
    except Unanswerable as error:
        _say(json.dumps({"problem": {"code": error.code, "item": error.item}}))
    except MemoryError:
        _say(json.dumps({"problem": {"code": "too_much"}}))
    else:
        _say(as_line(found))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _end_with(parent: int) -> None:
    """End at once when whoever asked is gone: nobody would read the answer."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
