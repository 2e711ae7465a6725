"""A benchmark's line as people read it."""

from __future__ import annotations

from typing import Any

HIDDEN = ("family", "size", "method", "seed")


def show(line: dict[str, Any]) -> str:
    """Method, size, family and seed in columns, then every figure with its name."""
    if line["method"] == "summary":
        mark = "met " if line["met"] else "MISS"
        limits = f"median {line['median']}, worst {line['worst']} (seed {line['worst_seed']})"
        where = f"{line['of']:10} {line['size']:>5} {line['family']:12}"
        where += "".join(f" {line[name]}" for name in ("what", "fairness") if name in line)
        budget = f" in {line['seconds']:g} s" if "seconds" in line else ""
        return f"{mark} {where} {line['figure']:18} {limits}, target {line['target']}{budget}"
    head = f"{line['method']:11} {line.get('size', ''):>5} {line.get('family', ''):12}"
    head += f" {line.get('seed', '')!s:>3}"
    if "skipped" in line:
        return f"{head}  skipped: {line['skipped']}"
    if "failed" in line:
        return f"{head}  FAILED {line['failed']}"
    figures = (f"{key}={_short(value)}" for key, value in line.items() if key not in HIDDEN)
    return f"{head}  {' '.join(figures)}"


def _short(value: Any) -> str:
    return f"{value:.5g}" if isinstance(value, float) else str(value)
