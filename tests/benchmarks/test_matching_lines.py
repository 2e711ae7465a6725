"""What the matching benchmark reads, ranks and sums up."""

import numpy as np
import pytest

from benchmarks.matching.baselines.highs import integer
from benchmarks.matching.checking import checked
from benchmarks.matching.gap import by_highs, cost_of, expressed
from benchmarks.matching.gap_laws import BadFile, drawn, read
from benchmarks.matching.measuring import quantile
from benchmarks.matching.real_items import reciprocal_rank, takers
from benchmarks.matching.targets import summary

FILE = "1\n2 3\n17 21 22\n23 16 21\n8 15 14\n15 7 23\n36 34\n"


def test_file_of_the_or_library_is_read(tmp_path):
    path = tmp_path / "gap1.txt"
    path.write_text(FILE)
    (one,) = read(path)
    assert one.name == "gap1-1"
    assert one.sign == -1
    assert one.cost.tolist() == [[-17, -21, -22], [-23, -16, -21]]
    assert one.needed.tolist() == [[8, 15, 14], [15, 7, 23]]
    assert one.held.tolist() == [36, 34]


@pytest.mark.parametrize("text", [FILE[:-6], FILE.replace("17", "x")])
def test_file_that_ends_too_soon_or_holds_words_is_refused_by_name(tmp_path, text):
    path = tmp_path / "gapa.txt"
    path.write_text(text)
    with pytest.raises(BadFile, match=r"gapa\.txt"):
        list(read(path))


@pytest.mark.parametrize("law", "ABCDE")
def test_generalised_assignment_has_the_same_optimum_in_our_model(law):
    one = drawn(law, 3, 12, seed=2)
    usual, problem = by_highs(one, 20.0), expressed(one)
    found = integer(problem, limit_s=20.0)
    plan = checked(problem, found.units)
    assert plan.links == 12
    assert cost_of(one, plan.objective, 12) == pytest.approx(usual["cost"], abs=0.05)


@pytest.mark.parametrize(
    ("scores", "true", "expected"),
    [
        ([0.9, 0.5, 0.1], [0], 1.0),
        ([0.9, 0.5, 0.1], [2], 1 / 3),
        ([0.5, 0.5, 0.1], [0], (1 + 1 / 2) / 2),
        ([0.0, 0.0, 0.0], [0], (1 + 1 / 2 + 1 / 3) / 3),
        ([0.0, 0.0, 0.0], [0, 1], 2 / 3 * 1 + 1 / 3 * 1 / 2),
        ([0.9, 0.5, 0.5], [0, 2], 1.0),
    ],
)
def test_reciprocal_rank_takes_equal_scores_in_any_order(scores, true, expected):
    assert reciprocal_rank(np.array(scores), true) == pytest.approx(expected)


def test_takers_are_named_for_every_item():
    rows = takers()
    assert len(rows) > 40
    assert all(row["id"] and row["source"] and row["item"] and row["takers"] for row in rows)


def test_quantile_is_the_nearest_rank():
    assert quantile([3.0, 1.0, 2.0, 4.0], 0.5) == 2.0
    assert quantile([3.0, 1.0, 2.0, 4.0], 0.95) == 4.0


def test_summary_says_median_worst_seed_and_whether_the_target_is_met():
    same = {"method": "mulin", "size": "10k", "family": "balanced", "seconds": 5.0, "violations": 0}
    lines = [
        {**same, "seed": seed, "gap": gap, "wall_s": 5.0}
        for seed, gap in ((1, 0.004), (2, 0.009), (3, 0.003))
    ]
    gap = next(line for line in summary(lines) if line["figure"] == "gap")
    assert (gap["median"], gap["worst"], gap["worst_seed"], gap["met"]) == (0.004, 0.009, 2, True)


def test_summary_leaves_out_what_was_skipped():
    line = {"method": "mulin", "size": "1m", "family": "balanced", "seed": 1, "skipped": "slow"}
    assert summary([line]) == []
