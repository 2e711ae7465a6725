"""The matching benchmark's instances: the same for a seed, and within the engine's contract."""

from dataclasses import asdict

import numpy as np
import pytest

from benchmarks.matching.families import FAMILIES
from benchmarks.matching.generator import instance
from benchmarks.matching.numeric import numeric
from benchmarks.matching.stored import keep, kept
from benchmarks.matching.vocabulary import leaves, taxonomy
from mulin import matching


def arrays(problem):
    """Every array of a problem by name."""
    blocks = {"parts": problem.parts, "lots": problem.lots, "edges": problem.edges}
    found = {
        f"{block}.{name}": one for block, rows in blocks.items() for name, one in vars(rows).items()
    }
    found |= {name: getattr(problem, name) for name in ("provider", "cap", "exclusive")}
    return {name: np.asarray(one) for name, one in found.items()}


def same(one, other):
    left, right = arrays(one), arrays(other)
    return left.keys() == right.keys() and all(
        np.array_equal(left[key], right[key]) for key in left
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_numeric_keeps_the_contract_of_a_problem(family):
    problem = numeric(300, family, seed=2)
    edges, parts = problem.edges, problem.parts
    assert np.array_equal(edges.part, np.repeat(np.arange(300), np.diff(edges.ptr)))
    assert len(np.unique(edges.part.astype(np.int64) * 10**6 + edges.lot)) == len(edges)
    assert np.all((edges.low >= 1) & (edges.low <= edges.high))
    assert np.all(edges.high <= parts.demand[edges.part])
    assert np.all(edges.use * edges.low <= problem.lots.capacity[edges.lot] * (1 + 1e-6))
    assert np.all((edges.fit >= 0.45) & (edges.fit <= 1.0))
    assert len(problem.provider) == len(problem.exclusive) == 300
    assert problem.provider.max() < len(problem.cap)


def test_numeric_repeats_a_seed_and_differs_between_seeds():
    assert same(numeric(200, "money", seed=3), numeric(200, "money", seed=3))
    assert not same(numeric(200, "money", seed=3), numeric(200, "money", seed=4))


def test_numeric_gives_poor_communities_few_pairs():
    problem = numeric(3000, "unfair", seed=1)
    pairs = np.diff(problem.edges.ptr)
    means = np.sort(np.bincount(problem.parts.group, pairs) / np.bincount(problem.parts.group))
    assert means[0] < 6
    assert means[-1] > 25


@pytest.mark.parametrize("family", FAMILIES)
def test_instance_gives_items_the_engine_accepts(family):
    items = instance(150, family, seed=2)
    problem = matching.problem(items.resources, items.needs, taxonomy=taxonomy())
    assert len(problem.needs) == len(problem.resources) == 150
    assert len(problem.edges) > 10 * 150


def test_instance_repeats_a_seed():
    assert asdict(instance(80, seed=5)) == asdict(instance(80, seed=5))


def test_kinds_are_72_in_12_areas_with_names_of_their_own():
    assert len(leaves()) == 72
    assert len({area for area, _, _ in leaves()}) == 12
    assert len({kind.name for kind in taxonomy().kinds}) == 72


def test_stored_problem_comes_back_as_it_was(tmp_path):
    problem = numeric(120)
    keep(problem, 0.0, tmp_path)
    assert same(problem, kept(tmp_path))
