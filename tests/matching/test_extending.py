"""A problem extended after a change is the one that would be built afresh."""

import random
from dataclasses import replace

import numpy as np
import pytest

from mulin.matching import Link, Need, Problem, Resource, problem
from mulin.matching.extending import extend

THINGS = (
    "路灯维修",
    "楼道灯安装",
    "义诊量血压",
    "健康讲座",
    "会议室",
    "图书捐赠",
    "合唱指导",
    "消防演练",
)


def rows(built: Problem) -> list[tuple]:
    """Every edge by the ids of what it joins, with all its numbers."""
    edges, listed = built.edges, []
    for edge in range(len(edges)):
        part, lot = int(edges.part[edge]), int(edges.lot[edge])
        need = built.needs[int(built.parts.need[part])]
        resource = built.resources[int(built.lots.resource[lot])]
        names = (need.id, built.parts.tag[part], resource.id, int(built.lots.window[lot]))
        numbers = (getattr(edges, name)[edge] for name in ("fit", "low", "high", "fixed", "agreed"))
        listed.append((*names, *(round(float(one), 5) for one in numbers)))
    return sorted(listed)


def items(count: int, seed: int = 0) -> tuple[list[Need], list[Resource]]:
    chance = random.Random(seed)
    places = ("东苑", "西苑", "南苑")
    # Every thing is there on both sides as often, whatever changes: rarities stay.
    needs = [
        Need(
            f"n{at}", THINGS[at % 8], unit="社区", community=places[at % 3], amount=3, measure="次"
        )
        for at in range(count)
    ]
    resources = [
        Resource(
            f"r{at}", THINGS[at % 8], unit=f"单位{at}", community=chance.choice(places), amount=5,
            measure="次",
        )
        for at in range(count)
    ]  # fmt: skip
    return needs, resources


def changed(at: list, row: int, **fields) -> list:
    return [replace(one, **fields) if place == row else one for place, one in enumerate(at)]


@pytest.mark.parametrize("k", [3, 40])
def test_changed_items_leave_the_problem_as_if_built_afresh(k):
    needs, resources = items(40)
    old = problem(resources, needs, k=k)
    needs_now = changed(needs, 4, amount=2.0, community="西苑")
    resources_now = changed(resources, 9, amount=1.0, community="东苑")
    resources_now = changed(resources_now, 17, min_lot=4.0)
    extended, _ = extend(old, needs=[needs_now[4]], resources=[resources_now[9], resources_now[17]])
    afresh = problem(resources_now, needs_now, k=k)
    if k > 30:
        assert rows(extended) == rows(afresh)
    else:  # a candidate that got worse isn't replaced until a quarter of them is lost
        assert {row[:4] for row in rows(extended)} >= {
            row[:4] for row in rows(afresh) if row[0] == "n4" or row[2] == "r9"
        }


def test_new_resource_enters_where_it_beats_the_last_candidate():
    needs, resources = items(40)
    shorter = resources[:9] + resources[10:]
    old = problem(shorter, needs, k=3)
    extended, _ = extend(old, resources=[resources[9]])
    assert {row for row in rows(extended) if row[2] == "r9"} == {
        row for row in rows(_same_words(extended, needs, resources)) if row[2] == "r9"
    }
    assert np.diff(extended.edges.ptr).max() == 3


def _same_words(extended: Problem, needs: list[Need], resources: list[Resource]) -> Problem:
    """Built afresh from the items in the order of the extended problem."""
    return problem([resources[int(one.id[1:])] for one in extended.resources], needs, k=extended.k)


def test_gone_items_take_their_edges_and_links_with_them():
    needs, resources = items(24)
    old = problem(resources, needs, agreed=[Link("n0", "r0"), Link("n1", "r1")])
    extended, _ = extend(old, gone=["n0", "r5"])
    assert rows(extended) == [row for row in rows(old) if row[0] != "n0" and row[2] != "r5"]
    assert extended.agreed == (Link("n1", "r1"),)


def test_part_that_lost_a_quarter_of_its_candidates_is_screened_again():
    needs, resources = items(40)
    old = problem(resources, needs, k=3)
    lost = sorted({row[2] for row in rows(old) if row[0] == "n0"})[:1]
    extended, _ = extend(old, gone=lost)
    assert len({row[2] for row in rows(extended) if row[0] == "n0"}) == 3


def test_settled_and_refused_pairs_are_as_if_built_afresh():
    needs, resources = items(24)
    old = problem(resources, needs, agreed=[Link("n0", "r8"), Link("n1", "r9")])
    fresh = {"fixed": [Link("n2", "r3", 2), Link("n1", "r9", 1)], "refused": [("n3", "r3")]}
    extended, _ = extend(old, **fresh)
    afresh = problem(resources, needs, agreed=[Link("n0", "r8"), Link("n1", "r9")], **fresh)
    assert rows(extended) == rows(afresh)


def test_each_edge_knows_which_it_was():
    needs, resources = items(24)
    old = problem(resources, needs, agreed=[Link("n0", "r8")])
    extended, origin = extend(old, needs=[replace(needs[3], amount=2.0)], gone=["r4"])
    before, after = old.edges, extended.edges
    stayed = np.flatnonzero(origin >= 0)
    for name in ("fit", "low", "high", "use", "agreed", "fit_parts"):
        np.testing.assert_array_equal(
            getattr(after, name)[stayed], getattr(before, name)[origin[stayed]]
        )
    assert {int(extended.parts.need[part]) for part in after.part[origin < 0]} == {3}
    assert len(stayed) == sum(row[0] != "n3" and row[2] != "r4" for row in rows(old))
