"""What each figure should be, and whether it is: medians over seeds beside the worst seed."""

from __future__ import annotations

from collections.abc import Iterable
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
        if "skipped" not in line:
            key = (line["method"], line["size"], line["family"], line.get("seconds"))
            found.setdefault(key, []).append(line)
    told = []
    for (method, size, family, seconds), same in found.items():
        for figure, most in wanted(same[0]).items():
            known = [line for line in same if line.get(figure) is not None]
            if not known:
                continue
            worst = max(known, key=lambda line, figure=figure: line[figure])
            middle = median(line[figure] for line in known)
            told.append(
                {
                    "method": "summary", "of": method, "size": size, "family": family,
                    **({"seconds": seconds} if seconds else {}), "figure": figure,
                    "median": round(middle, 5), "worst": worst[figure],
                    "worst_seed": worst["seed"], "seeds": len(known), "target": most,
                    "met": middle <= most,
                }
            )  # fmt: skip
    return told
