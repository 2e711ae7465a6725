"""The ladder as a whole: the same plan again, stopping early, without a compiler, shared fairly."""

import os
import subprocess
import sys

import numpy as np
import pytest

from benchmarks.matching.numeric import numeric
from mulin.matching import (
    Delta,
    Link,
    Need,
    Options,
    Resource,
    prepare,
    problem,
    resolve,
    solve,
    verify,
)

CITY = numeric(300, "unfair", 1)


@pytest.fixture(scope="module", autouse=True)
def _prepared():
    """What is limited by time would be cut short by a compiler."""
    prepare()


def pairs(plan):
    return list(zip(plan.proposals.edge.tolist(), plan.proposals.units.tolist(), strict=True))


def test_solve_finds_the_same_plan_with_the_same_seed():
    options = Options(seconds=5.0, gap=0.02, seed=3)

    assert pairs(solve(CITY, options)) == pairs(solve(CITY, options))


def test_solve_comes_near_its_bound():
    plan = solve(CITY, Options(seconds=10.0, gap=0.012))

    assert verify(CITY, plan).ok
    assert plan.gap <= 0.012


def test_solve_tells_its_stages_in_order_and_its_bound_only_falls():
    told = []

    solve(CITY, Options(seconds=2.0, gap=0.0), progress=lambda at: told.append(at) or True)

    stages = list(dict.fromkeys(one.stage for one in told))
    assert stages[:3] == ["greedy", "prices", "search"]
    bounds = [one.bound for one in told]
    assert bounds == sorted(bounds, reverse=True)
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_solve_that_is_stopped_returns_the_best_checked_plan_so_far():
    plan = solve(CITY, Options(seconds=60.0, gap=0.0), progress=lambda at: at.stage != "prices")

    assert verify(CITY, plan).ok
    assert plan.objective > 0
    assert np.isfinite(plan.bound)


def test_loops_run_as_plain_python_where_nothing_may_be_compiled():
    code = """
import sys
from mulin.matching import Need, Options, Resource, problem, solve, verify
offers = [Resource(f"r{n}", "雨伞", unit=f"u{n}", amount=5, measure="把") for n in range(4)]
needs = [Need(f"n{n}", "雨伞", unit=f"v{n}", amount=3, measure="把") for n in range(6)]
made = problem(offers, needs)
plan = solve(made, Options(seconds=2.0))
print(verify(made, plan).ok, round(plan.gap, 3), "numba" in sys.modules)
"""
    env = os.environ | {"MULIN_COMPILED": "0"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)

    assert done.stdout.split() == ["True", "0.0", "False"], done.stderr


def shared(fairness, *, over="community"):
    """Ten umbrellas for two communities that want ten each, one of them asking in better words."""
    offers = [Resource("r", "雨伞", unit="商场", amount=10, measure="把")]
    needs = [
        Need("a", "雨伞", community="甲", side="东", unit="甲", amount=10, measure="把"),
        Need("b", "伞", community="乙", side="西", unit="乙", amount=10, measure="把", weight=0.9),
    ]
    made = problem(offers, needs)
    return solve(made, Options(fairness=fairness, over=over, seconds=3.0, floor=0.0))


def test_without_fairness_the_best_served_takes_all():
    plan = shared("none")

    assert plan.shares == {"甲": 1.0, "乙": 0.0}
    assert plan.cost == 0.0


@pytest.mark.parametrize("fairness", ["maxmin", "leximin"])
def test_fairness_shares_between_communities_and_states_its_cost(fairness):
    plan = shared(fairness)

    assert plan.shares == {"甲": 0.5, "乙": 0.5}
    assert plan.min_share == 0.5
    assert 0.0 < plan.cost < 0.5
    assert verify(plan.problem, plan).ok


def test_fairness_shares_between_sides():
    assert shared("maxmin", over="side").shares == {"东": 0.5, "西": 0.5}


def test_fairness_lifts_the_least_share_of_a_city_for_little():
    plain, fair = (
        solve(CITY, Options(seconds=8.0, gap=0.0, fairness=one)) for one in ("none", "maxmin")
    )

    assert fair.min_share > plain.min_share + 0.02
    assert fair.cost < 0.03


def test_unknown_fairness_is_refused():
    with pytest.raises(ValueError, match="fairness must be one of none, maxmin, leximin"):
        Options(fairness="equal")


def test_resolve_keeps_what_is_confirmed_and_most_of_the_rest():
    offers = [Resource(f"r{n}", "雨伞", unit=f"u{n}", amount=5, measure="把") for n in range(12)]
    needs = [Need(f"n{n}", "雨伞", unit=f"v{n}", amount=3, measure="把") for n in range(18)]
    links = [Link("n0", "r0", 3), Link("n1", "r1", 2)]
    plan = solve(problem(offers, needs, fixed=links), Options(seconds=2.0))
    delta = Delta(
        needs=(Need("new", "雨伞", unit="w", amount=2, measure="把"),), gone=frozenset({"r11"})
    )

    again, changes = resolve(plan, delta)

    assert verify(again.problem, again).ok
    assert {("n0", "r0"), ("n1", "r1")} <= {(key[0], key[2]) for key in changes.kept}
    assert {key[2] for key in changes.forced} <= {"r11"}
    assert len(changes.dropped) <= 2
    assert "new" in again.problem.need_row
    assert "r11" not in again.problem.resource_row
