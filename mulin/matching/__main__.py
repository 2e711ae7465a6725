"""The child process of `child.Child`: limits itself, makes ready, answers one question in JSON."""

import json
import os
import pickle
import resource
import signal
import sys
import threading
import time

from mulin.matching.child import Answer, Question, Step, Unanswerable, answer, as_line
from mulin.matching.compiled import FAST
from mulin.matching.preparing import prepare


def main(megabytes: str, seconds: str, nice: str, parent: str, only: str = "") -> None:
    """Read a pickled question from standard input to its end; print steps and the answer."""
    limit = int(megabytes) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    os.nice(int(nice))
    # Ctrl-C is the parent's to answer, who ends its child.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=[int(parent)], daemon=True).start()
    if FAST:
        # The question then finds the machine code loaded.
        prepare()
    if only:
        return
    asked = sys.stdin.buffer.read()
    if asked:
        _say(as_line(Step("reading", 0.02)))
        # From our own parent, over its own pipe.
        _answer(pickle.loads(asked))  # noqa: S301


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
