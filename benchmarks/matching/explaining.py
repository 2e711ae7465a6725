"""How long one `why` and one `why_not` take once a plan is there."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.matching import engine
from benchmarks.matching.families import SIZES
from benchmarks.matching.generator import instance
from benchmarks.matching.measuring import milliseconds, quantile
from mulin import matching

CALLS = 300


def explained(asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Lines `why` and `why_not`: milliseconds a call, and the codes of the answers.

    Half the pairs asked about are candidates that were not proposed, half are any pair.
    """
    engine.warm()
    items = instance(SIZES[asked.size], asked.family, asked.seed)
    solved = engine.solve(items, asked.seconds, seed=asked.seed)
    plan, random = solved.plan, np.random.default_rng([asked.seed, 11])
    given = random.permutation(plan.proposals.edge)[:CALLS].tolist()
    times = [milliseconds(matching.why, plan, edge)[0] for edge in given]
    yield {"method": "why", **_figures(times)}
    answers = [
        milliseconds(matching.why_not, plan, *pair)
        for pair in _pairs(solved.problem, set(plan.proposals.edge.tolist()), random)
    ]
    causes = Counter(_code(answer) for _, answer in answers)
    remedies = sum(bool(getattr(answer, "remedies", ())) for _, answer in answers)
    yield {
        "method": "why_not", **_figures([time for time, _ in answers]),
        "causes": dict(causes.most_common()), "remedies": remedies,
    }  # fmt: skip


def _pairs(
    problem: matching.Problem, given: set[int], random: np.random.Generator
) -> list[tuple[str, str]]:
    edges = problem.edges
    rows = [row for row in random.integers(0, len(edges), 2 * CALLS).tolist() if row not in given]
    needs = problem.parts.need[edges.part[rows[: CALLS // 2]]].tolist()
    supply = problem.lots.resource[edges.lot[rows[: CALLS // 2]]].tolist()
    needs += random.integers(0, len(problem.needs), CALLS // 2).tolist()
    supply += random.integers(0, len(problem.resources), CALLS // 2).tolist()
    return [
        (problem.needs[need].id, problem.resources[resource].id)
        for need, resource in zip(needs, supply, strict=True)
    ]


def _code(answer: Any) -> str:
    return str(getattr(answer, "code", answer))


def _figures(times: list[float]) -> dict[str, Any]:
    return {
        "calls": len(times), "first_ms": round(times[0], 3),
        "p50_ms": round(quantile(times, 0.5), 3), "p95_ms": round(quantile(times, 0.95), 3),
        "max_ms": round(max(times), 3),
    }  # fmt: skip
