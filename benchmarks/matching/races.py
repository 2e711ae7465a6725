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
    traces = [json.loads(path.read_text()) for path in sorted(folder.glob("trace-*.json"))]
    rows = sorted(row for trace in traces for row in trace)
    told = []
    for line in lines if traces else []:
        if line["method"] == "highs_milp" and "objective" in line:
            what, theirs = "better plan than highs_milp", line["found_cpu_s"]
            ours = next((cpu for cpu, _, reached, _ in rows if reached > line["objective"]), None)
        elif line["method"] == "highs_lp" and "objective" in line:
            what, theirs = "bound within 0.05 % of the LP", line["bound_cpu_s"]
            ours = next((cpu for cpu, _, _, bound in rows if bound <= NEAR * line["bound"]), None)
        else:
            continue
        faster = 0.0 if ours is None else round(theirs / max(ours, 1e-3), 1)
        same = {key: line[key] for key in ("size", "family", "seed")}
        told.append(
            {"method": "race", **same, "what": what, "ours_cpu_s": ours, "theirs_cpu_s": theirs}
            | {"faster": faster, "theirs_gap": line.get("gap")}
        )
    return told
