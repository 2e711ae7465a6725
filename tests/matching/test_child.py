"""A child that works a plan out: its answer, its limits, and its end with who asked."""

import os
import signal
import subprocess
import sys
import time

import pytest

from mulin.matching import Need, Options, Resource, child
from mulin.matching.child import Answer, Child, Limits, Question, Step, Unanswerable

EXAMPLE = Question(
    resources=(Resource("r1", "会议室", unit="示例小学", amount=30, measure="座"),),
    needs=(
        Need("n1", "借会议室开议事会", community="示例甲", unit="示例甲", amount=20, measure="人"),
        Need("n2", "健康讲座", community="示例乙", unit="示例乙", amount=9, measure="次"),
    ),
)
STARTER = """
import sys, time
from mulin.matching.child import Child, Limits
asked = Child(Limits(), compiled=False)
print(asked.process.pid, flush=True)
time.sleep(60)
"""


def heard(process: Child) -> list:
    """What it says up to its answer."""
    said = []
    while not (said and isinstance(said[-1], Answer)):
        said += [one for one in [process.hear(0.1)] if one]
    return said


@pytest.fixture
def started():
    process = Child(Limits(), compiled=False)
    yield process
    process.end()


def test_child_answers_as_this_process_does(started):
    started.ask(EXAMPLE)
    *steps, answer = heard(started)
    here = child.answer(EXAMPLE, lambda step: None)
    assert (answer.pairs, answer.short, answer.shares) == (here.pairs, here.short, here.shares)
    assert answer.objective == pytest.approx(here.objective)
    assert answer.bound == pytest.approx(here.bound)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert all(isinstance(step, Step) for step in steps)


def test_contradiction_is_told_with_its_item(started):
    started.ask(Question(resources=(), needs=(Need("n1", "长椅", amount=-1.0),)))
    with pytest.raises(Unanswerable) as told:
        heard(started)
    assert (told.value.code, told.value.item) == ("bad_item", "n1")


def test_nothing_to_match_is_an_empty_answer(started):
    started.ask(Question(resources=(), needs=()))
    assert heard(started)[-1].pairs == []


def test_killed_child_is_told_apart_from_a_slow_one(started):
    os.kill(started.process.pid, signal.SIGTERM)
    with pytest.raises(Unanswerable) as told:
        heard(started)
    assert (told.value.code, started.lives) == ("broken", False)


def test_question_to_a_dead_child_is_unanswerable(started):
    started.process.kill()
    started.process.wait()
    with pytest.raises(Unanswerable):
        started.ask(many())


def many(count: int = 3000) -> Question:
    """More than a pipe holds, and than a second of a processor can answer."""
    resources = tuple(
        Resource(
            f"r{n}", f"健康讲座第{n}场", unit=f"示例{n % 40}", amount=float(n % 9 + 1), measure="次"
        )
        for n in range(count)
    )
    needs = tuple(
        Need(
            f"n{n}", f"想听健康讲座{n}", unit=f"社区{n % 30}", amount=float(n % 7 + 1), measure="次"
        )
        for n in range(count)
    )
    return Question(resources=resources, needs=needs, options=Options(seconds=60.0, gap=0.0))


def test_child_is_stopped_by_the_processors_clock():
    process = Child(Limits(seconds=2), compiled=False)
    process.ask(many())
    with pytest.raises(Unanswerable) as told:
        heard(process)
    process.end()
    assert told.value.code == "too_slow"


def test_child_ends_with_who_asked():
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as starter:
        pid = int(starter.stdout.readline())
        starter.kill()
    until = time.monotonic() + 10
    while time.monotonic() < until and os.path.exists(f"/proc/{pid}/stat"):
        time.sleep(0.1)
    assert not os.path.exists(f"/proc/{pid}/stat") or is_defunct(pid)


def is_defunct(pid: int) -> bool:
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] == "Z"


def test_child_that_only_makes_code_ends_by_itself():
    process = Child(Limits(nice=5), compiled=False, only=True)
    assert process.process.wait(timeout=30) == 0
    process.end()
