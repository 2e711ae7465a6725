"""Reads one cell as its field's kind of value, and splits cells that hold several items."""

import re
from datetime import date

from mulin.sheets.dates import due_choices, is_period, is_soon, read_due, read_period
from mulin.sheets.quantities import read_quantity
from mulin.sheets.reading import N_, Cell

MERGED = N_("The cell above is merged over this row.")
ABOUT = N_("Written as an approximate value.")
NO_TIME = N_("Not understood as a time. Accepted: dates, months, weekdays with hours.")
NO_DAY = N_("A due date must be one day, such as 2026-03-31.")
NO_AMOUNT = N_("Names no amount. Accepted: a number with its unit, such as 2间.")
NO_VALUE = N_("A formula without a stored value. Open the file, save it and send it again.")
SURELY = N_("The heading was recognised.")

_MARK = (
    r"(?:\d{1,2}[.、．)）](?!\d)|[(（]\d{1,2}[)）]|[①-⑳]|[(（][一二三四五六七八九十]{1,2}[)）]"
    r"|[一二三四五六七八九十]{1,2}、)"
)
_LEADING = re.compile(rf"^\s*{_MARK}\s*")
_INLINE = re.compile(rf"(?:^|[；;。\n，,\s])\s*(?={_MARK})|(?=[①-⑳])")
_ROLE = re.compile(
    r"(?P<name>[^（()）；;]+)[（(](?P<role>提出|提供|认领|認領|承办|承辦|申报|責任|责任|牵头)[)）]"
)


def read_cell(name: str, text: str, *, today: date, measure: str = "") -> Cell:
    """Read `text` as the field `name`; the state says whether it was read, guessed or rejected."""
    if name == "quantity":
        quantity = read_quantity(text, measure=measure)
        if quantity.amount is None:
            known = quantity.about and len(text) <= 4
            return Cell(text, quantity, "guessed", 0.7 if known else 0.4, NO_AMOUNT)
        state = ("guessed", 0.8, ABOUT) if quantity.about else ("read", 1.0, "")
        return Cell(text, quantity, *state)
    if name == "due":
        due = read_due(text, today=today)
        if due.on is None:
            return Cell(
                text, due, "rejected", 0.0, NO_DAY, due_choices(today) if is_soon(text) else []
            )
        return Cell(text, due, *(("guessed", 0.8, ABOUT) if due.about else ("read", 1.0, "")))
    if name == "period":
        period = read_period(text, today=today)
        if not is_period(text, period):
            return Cell(text, period, "guessed", 0.4, NO_TIME)
        return Cell(text, period, *(("guessed", 0.8, ABOUT) if period.about else ("read", 1.0, "")))
    return Cell(text, text)


def split_items(text: str) -> list[str]:
    """Return the items a cell holds, without their numbering; one where it holds one."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    counted = [re.match(rf"{n}[.、．)）]\s*(?=\S)", line) for n, line in enumerate(lines, 1)]
    if len(lines) > 1 and all(counted):
        bare = [line[m.end() :] for line, m in zip(lines, counted, strict=True) if m]
        return [b.rstrip("；;。").strip() for b in bare]
    parts = [p for p in _INLINE.split(text) if p and p.strip()]
    if len(parts) < 2 or not all(_LEADING.match(p) for p in parts):
        parts = [p for p in re.split(r"\n+", text) if p.strip()]
        if any(re.search(r"[，,、：:]\s*$", p) or len(p.strip()) < 3 for p in parts[:-1]):
            parts = [text.replace("\n", "")]
        if len(parts) == 1:
            pieces = [p for p in re.split(r"[；;]", text) if p.strip()]
            parts = pieces if len(pieces) > 1 and all(len(p) > 2 for p in pieces) else parts
    bare = [_LEADING.sub("", p).strip().rstrip("；;").strip() for p in parts]
    if len(bare) > 1 and len(parts) > 1 and _LEADING.match(parts[-1]):
        bare = [b.rstrip("。") for b in bare]
    return [b for b in bare if b] or [text]


def split_alike(text: str, count: int, *, by_line: bool) -> list[str]:
    """Return the `count` pieces of a cell numbered as its neighbour's items are, else [].

    by_line: pieces on lines of their own count too, though unnumbered.
    """
    lines = [line.strip() for line in re.split(r"\n+", text) if line.strip()]
    if len(lines) != count:
        lines = [piece for piece in split_items(text) if piece]
        return lines if len(lines) == count and _LEADING.match(text) else []
    marks = [re.match(rf"(?:{n}|[(（]{n}[)）]|{chr(0x2460 + n - 1)})[.、．)）]?\s*", line)
             for n, line in enumerate(lines, 1)]  # fmt: skip
    if all(marks) and any(m and m[0] != str(n) for n, m in enumerate(marks, 1)):
        return [line[m.end() :] for line, m in zip(lines, marks, strict=True) if m]
    return lines if by_line else []


def split_unit(text: str) -> dict[str, str]:
    """Return unit, claimers and owner of "八一路社区（提出）；委员活动小组（认领）"."""
    found: dict[str, str] = {}
    for match in _ROLE.finditer(text):
        role = match["role"]
        name = (
            "claimers"
            if role in "认领認領"
            else "owner"
            if role in "承办承辦责任責任牵头"
            else "unit"
        )
        found[name] = "、".join(filter(None, (found.get(name), match["name"].strip())))
    return found or {"unit": text}
