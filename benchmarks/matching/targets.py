"""What each figure should be, and whether it is: medians over seeds beside the worst seed."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from statistics import median
from typing import Any

Line = dict[str, Any]

BUDGETS = {
    "tiny": (0.5,), "2k": (1.0, 10.0), "10k": (5.0,), "50k": (30.0,), "200k": (90.0,),
    "1m": (360.0,),
}  # fmt: skip
"""Seconds from items to plan, by size."""

GAPS = {
    ("tiny", 0.5): 0.005,
    ("2k", 1.0): 0.005, ("2k", 10.0): 0.0025, ("10k", 5.0): 0.005, ("50k", 30.0): 0.006,
    ("200k", 90.0): 0.008, ("1m", 360.0): 0.01,
}  # fmt: skip
PEAKS = {"50k": 600, "200k": 1200, "1m": 4000}
FASTER = {"better plan than highs_milp": 50.0, "bound within 0.05 % of the LP": 60.0}
"""How many times sooner than a general solver, in CPU seconds."""

RESOLVES = {"2k": 10.0, "10k": 50.0, "50k": 250.0}


def wanted(line: Line) -> dict[str, float]:
    """Figure → most it may be, for a line of ours."""
    size = line["size"]
    if line["method"] == "mulin" and not line.get("variant"):
        most = {"gap": GAPS[size, line["seconds"]], "wall_s": line["seconds"] * 1.02}
        return {**most, "violations": 0, **({"peak_mb": PEAKS[size]} if size in PEAKS else {})}
    if line["method"] == "resolve":
        most = {"gap_above_cold": 0.003, "dropped": 0.003, "confirmed_dropped": 0, "violations": 0}
        return {**most, **({"p95_ms": RESOLVES[size]} if size in RESOLVES else {})}
    if line["method"] == "fairness":
        return {"below_lp": 0.01, "cost": 0.01, "time_ratio": 3.0, "violations": 0}
    return {"p95_ms": 5.0} if line["method"] in ("why", "why_not") else {}


def summary(lines: Iterable[Line]) -> list[Line]:
    """A line for each figure that has a target: median, worst seed, target, whether met."""
    found: dict[tuple[Any, ...], list[Line]] = {}
    for line in lines:
        if "skipped" not in line and "failed" not in line:
            named = (line.get(name) for name in ("seconds", "what", "fairness", "variant"))
            key = (line["method"], line["size"], line["family"], *named)
            found.setdefault(key, []).append(line)
    told = []
    for same in found.values():
        told += [_median(same, figure, most) for figure, most in wanted(same[0]).items()]
        if same[0]["method"] == "race":
            told.append(_median(same, "faster", FASTER[same[0]["what"]], least=True))
    return told


def _median(same: list[Line], figure: str, target: float, *, least: bool = False) -> Line:
    """One figure of one method over its seeds; `least` where more is better."""
    middle = median(line[figure] for line in same)
    worst = (min if least else max)(same, key=itemgetter(figure))
    shown = ("seconds", "what", "fairness")
    named: Line = {name: same[0][name] for name in shown if name in same[0]}
    return {
        "method": "summary", "of": same[0]["method"], "size": same[0]["size"],
        "family": same[0]["family"], **named, "figure": figure, "median": round(middle, 5),
        "worst": worst[figure], "worst_seed": worst["seed"], "seeds": len(same),
        "target": target, "met": middle >= target if least else middle <= target,
    }  # fmt: skip
