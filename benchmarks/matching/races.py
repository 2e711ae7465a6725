"""How much sooner our engine has what a general solver ends with, in CPU seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Line = dict[str, Any]

NEAR = 1.0005
"""A bound within 0.05 % of the relaxation's optimum."""


def races(folder: Path, lines: list[Line]) -> list[Line]:
    """Lines `race` for this instance: against the integer model's plan, and the LP's bound."""
    traces = [
        [row for row in json.loads(path.read_text())]
        for path in sorted(folder.glob("trace-*.json"))
    ]
    rows = max(traces, key=len, default=[])
    ours = next((line for line in lines if line["method"] == "mulin"), None)
    told = []
    for line in lines:
        if not ours or "skipped" in line:
            continue
        same = {key: line[key] for key in ("size", "family", "seed")}
        if line["method"] == "highs_milp":
            sooner = next(
                (cpu for cpu, _, reached, _ in rows if reached >= line["objective"]), None
            )
            told.append(_race(same, "better plan than highs_milp", sooner, line["found_cpu_s"], 50))
        if line["method"] == "highs_lp":
            sooner = next((cpu for cpu, _, _, bound in rows if bound <= NEAR * line["bound"]), None)
            told.append(
                _race(same, "bound within 0.05 % of the LP", sooner, line["bound_cpu_s"], 60)
            )
    return told


def _race(same: Line, what: str, ours: float | None, theirs: float, target: float) -> Line:
    ratio = None if not ours else round(theirs / ours, 1)
    return {
        "method": "race", **same, "what": what, "ours_cpu_s": ours, "theirs_cpu_s": theirs,
        "faster": ratio, "target": target, "met": bool(ratio and ratio >= target),
    }  # fmt: skip
