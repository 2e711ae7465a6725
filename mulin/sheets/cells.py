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
