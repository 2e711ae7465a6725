"""A plan worked out in a process of its own: what crosses, and the end that the parent holds."""

from __future__ import annotations

import json
import os
import pickle
import select
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mulin.matching.amounts import family, is_room
from mulin.matching.candidates import problem as build
from mulin.matching.items import BadItem, Need, Resource, Window
from mulin.matching.problem import Link, Options, Plan, Problem, Progress, Reason
from mulin.matching.reasons import Proposal, proposals
from mulin.matching.shortfalls import unmet
from mulin.matching.solving import solve
from mulin.matching.verifying import verify

Words = dict[str, Any]
CHUNK = 1 << 16
STAGES = {"reading": 0.02, "pairing": 0.05, "solving": 0.35, "explaining": 0.92}
"""Where in 0..1 each stage begins; the solver's own share lies between its and the next one."""


@dataclass(frozen=True)
class Question:
    """What a child is asked: the items, which pairs are settled or refused, and how to solve."""

    resources: tuple[Resource, ...]
    needs: tuple[Need, ...]
    agreed: tuple[Link, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Step:
    """How far it is: the stage's name, 0..1, and the plan's value and bound so far."""

    stage: str
    done: float
    objective: float = 0.0
    bound: float = 0.0


@dataclass(frozen=True)
class Pair:
    """A proposed pair: `units` of the need's `demand`, and the `share` of the offer (0..1) they
    take; `seated` where they are people on seats. `reasons` are plain words (`plain`)."""

    need: str
    resource: str
    tag: str
    units: int
    demand: int
    share: float
    seated: bool
    reasons: list[Words]


@dataclass(frozen=True)
class Short:
    """A need, or its part wanting `tag`, still short of `missing` units, with the cause."""

    need: str
    tag: str
    missing: int
    cause: Words


@dataclass(frozen=True)
class Answer:
    """A checked plan as plain words: what a parent needs of it.

    `objective`, `bound` and `gap` are of what is served, without what agreed pairs count more.
    `shares` are of communities, 0..1; `cost` is what fairness cost, a fraction; `seconds` are those
    of the solver.
    """

    pairs: list[Pair]
    short: list[Short]
    objective: float
    bound: float
    gap: float
    seconds: float
    shares: dict[str, float]
    min_share: float = 1.0
    cost: float = 0.0

    @classmethod
    def from_json(cls, words: Mapping[str, Any]) -> Answer:
        """Rebuild what `as_line` wrote; KeyError or TypeError where it is not that."""
        pairs = [Pair(**pair) for pair in words["pairs"]]
        return cls(**{**words, "pairs": pairs, "short": [Short(**one) for one in words["short"]]})


class Unanswerable(Exception):
    """No plan: `code` says why (bad_item, too_slow, too_much, broken), `item` which one."""

    def __init__(self, code: str, item: str = "") -> None:
        super().__init__(f"{code} {item}".strip())
        self.code, self.item = code, item


def answer(question: Question, tell: Callable[[Step], object]) -> Answer:
    """Work a question out in this process, telling each step; raises `Unanswerable`."""
    try:
        tell(Step("pairing", STAGES["pairing"]))
        model = build(
            question.resources, question.needs, agreed=question.agreed, refused=question.refused
        )
        tell(Step("solving", STAGES["solving"]))
        plan = solved(model, question.options, tell)
    except BadItem as error:
        raise Unanswerable("bad_item", error.item) from error
    # Asked for anew without what agreed pairs count more: people want to know what is served.
    plain_options = replace(question.options, keep_bonus=0.0)
    served = verify(model, replace(plan, options=plain_options))
    tell(Step("explaining", STAGES["explaining"], served.objective, served.bound))
    return Answer(
        pairs=[_pair(plan, one) for one in proposals(plan)],
        short=[Short(one.need, one.tag, one.missing, plain(one.cause)) for one in unmet(plan)],
        objective=served.objective,
        bound=served.bound,
        gap=1.0 - served.objective / served.bound if served.bound > 0 else 0.0,
        seconds=plan.seconds,
        shares=dict(plan.shares),
        min_share=plan.min_share,
        cost=plan.cost,
    )


def solved(model: Problem, options: Options, tell: Callable[[Step], object]) -> Plan:
    """The plan of a model, telling each step of the solver."""
    first, last = STAGES["solving"], STAGES["explaining"]

    def follow(at: Progress) -> bool:
        tell(Step("solving", first + (last - first) * at.done, at.objective, at.bound))
        return True

    return solve(model, options, progress=follow)


def _pair(plan: Plan, one: Proposal) -> Pair:
    model, edges = plan.problem, plan.problem.edges
    capacity = float(model.lots.capacity[int(edges.lot[one.edge])])
    room = model.resources[model.resource_row[one.resource]]
    people = family(model.needs[model.need_row[one.need]].measure) == "people"
    return Pair(
        need=one.need,
        resource=one.resource,
        tag=one.tag,
        units=one.units,
        demand=one.demand,
        share=float(edges.use[one.edge]) * one.units / capacity,
        seated=is_room(room) and people,
        reasons=[plain(reason) for reason in one.reasons],
    )


def plain(reason: Reason) -> Words:
    """A reason as JSON; what JSON can't hold (windows) is left out."""
    return {"code": reason.code, "params": {key: _plain(v) for key, v in reason.params.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list, set, frozenset)):
        return [_plain(one) for one in value if not isinstance(one, Window)]
    return value


@dataclass(frozen=True)
class Limits:
    """What a child may use: megabytes of address space, seconds of a processor, its priority."""

    megabytes: int = 6144
    seconds: int = 600
    nice: int = 0


class Child:
    """A process that makes itself ready, then waits for one question and answers it."""

    def __init__(
        self,
        limits: Limits,
        *,
        compiled: bool = True,
        cache: Path | None = None,
        only: bool = False,
    ) -> None:
        """Start it. compiled: with machine code, kept in the folder `cache`.

        only: make that code, and end without a question.
        """
        command = [sys.executable, "-m", "mulin.matching", str(limits.megabytes)]
        command += [str(limits.seconds), str(limits.nice), str(os.getpid())]
        command += ["only"] if only else []
        # One thread for NumPy's libraries: each more reserves memory against the limit.
        extra = {"OPENBLAS_NUM_THREADS": "1", "MULIN_COMPILED": "1" if compiled else "0"}
        if cache:
            extra["NUMBA_CACHE_DIR"] = str(cache)
        self._heard = b""
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | extra,
            cwd=Path(__file__).parents[2],
        )

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def ask(self, question: Question) -> None:
        """Put the question; raises `Unanswerable` where the child has ended."""
        assert self.process.stdin
        try:
            with self.process.stdin as pipe:
                pipe.write(pickle.dumps(question, pickle.HIGHEST_PROTOCOL))
        except OSError as error:
            raise self._unanswerable() from error

    def hear(self, seconds: float) -> Step | Answer | None:
        """What it says next, or None where it says nothing for so long; raises `Unanswerable`."""
        assert self.process.stdout
        while b"\n" not in self._heard:
            if not select.select([self.process.stdout], [], [], seconds)[0]:
                return None
            more = os.read(self.process.stdout.fileno(), CHUNK)
            if not more:
                raise self._unanswerable()
            self._heard += more
        line, _, self._heard = self._heard.partition(b"\n")
        said = json.loads(line)
        if "problem" in said:
            raise Unanswerable(**said["problem"])
        return Answer.from_json(said["answer"]) if "answer" in said else Step(**said)

    def end(self) -> None:
        """Kill it, whatever it is at."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                # What was not read by then interests nobody.
                try:
                    pipe.close()
                except OSError:
                    continue
        self.process.wait()

    def _unanswerable(self) -> Unanswerable:
        self.process.wait()
        # Negative: the signal that ended it, of which the processor's limit sends 24 and 9.
        return Unanswerable("too_slow" if self.process.returncode in (-24, -9) else "broken")


def as_line(said: Step | Answer) -> str:
    """What `hear` reads: a step as it is, an answer under its name."""
    words = said if isinstance(said, Step) else {"answer": said}
    return json.dumps(words, default=vars, ensure_ascii=False, check_circular=False)
