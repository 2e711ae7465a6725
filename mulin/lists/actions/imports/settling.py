"""How the cells a sheet gave become what an item holds: units, categories, amounts, dates."""

import datetime
from typing import Any

from mulin.alliance.models import Organisation
from mulin.lists.actions.imports.units import Units
from mulin.lists.models import Category
from mulin.matching import standard
from mulin.sheets.dates import due_choices, read_due, read_period
from mulin.sheets.quantities import read_quantity

LENGTHS = {"title": 200, "serving": 120, "place": 120, "measure": 20}
LARGEST = 10**12
NO_LIMIT = "不限期"


class Settler:
    """Settles rows of one alliance; keeps what it has seen, because sheets repeat themselves."""

    def __init__(self, units: Units, categories: list[Category], today: datetime.date):
        self.units = units
        self.today = today
        self.categories = categories
        self.by_code = {category.code: category for category in categories}
        self.by_name = {category.name: category for category in categories}
        self._settled: dict[tuple[str, str], dict] = {}

    def row(self, cells: dict[str, dict], fixes: dict[str, str]) -> dict[str, dict]:
        """All cells of a row; `fixes` are a person's own answers per field."""
        settled = {name: self._cell(name, cell) for name, cell in cells.items()}
        settled.setdefault("title", _rejected("", "title_missing"))
        unit = cells.get("unit", {"text": ""})
        settled["unit"] = self.units.cell(unit["text"], why=unit.get("why", ""))
        settled["category"] = self._category(settled)
        for name, written in fixes.items():
            before = settled.get(name, _blank())
            settled[name] = self.fixed(name, before, written)
        return settled

    def _cell(self, name: str, cell: dict) -> dict:
        kept = {key: cell[key] for key in ("text", "value", "state", "why", "choices")}
        if name == "title" and not str(kept["value"] or kept["text"]).strip():
            return _rejected(kept["text"], "title_missing")
        if name == "title" and len(kept["text"]) > LENGTHS["title"]:
            return kept | {"state": "guessed", "why": "title_long"}
        if name == "quantity":
            return _amount(kept)
        if name == "due" and kept["text"].strip():
            return kept if (kept["value"] or {}).get("on") else self._no_day(kept)
        return kept

    def _no_day(self, cell: dict) -> dict:
        if any(word in cell["text"] for word in ("长期", "不限", "長期", "无", "無")):
            return cell | {"value": None, "state": "read", "why": "", "choices": []}
        return _rejected(cell["text"], "due_day", choices=_pairs(due_choices(self.today)))

    def _category(self, cells: dict[str, dict]) -> dict:
        """The category cell; it is shared between rows that say the same."""
        said = cells.get("category", _blank())["text"].strip(), cells["title"]["text"]
        if said not in self._settled:
            self._settled[said] = self._named(*said)
        return self._settled[said]

    def _named(self, text: str, title: str) -> dict:
        if text:
            found = self.by_name.get(text) or self.by_code.get(standard().code_of(text))
            if found:
                return _category(text, found, "" if text == found.name else "written_otherwise")
        found = self.by_code.get(standard().infer(title))
        return _category(text, found, "kind_from_title") if found else _blank() | {"text": text}

    def fixed(self, name: str, before: dict, written: str) -> dict:
        """The cell after a person wrote or chose `written`; rejected again if unreadable."""
        after = self._reread(name, before["text"], written.strip())
        if after["state"] == "rejected":
            return after | {"written": written}
        return after | {"text": before["text"], "state": "fixed", "why": "", "choices": []}

    def _reread(self, name: str, text: str, written: str) -> dict:
        if name == "unit":
            return self._chosen_unit(text, written)
        if name == "category":
            return self._chosen_category(text, written)
        if name == "title":
            return _plain(text, written) if written else _rejected(text, "title_missing")
        if name == "quantity":
            value = read_quantity(written).to_json() if written else None
            return _amount(_plain(text, value, said=written), strict=bool(written))
        if name == "period":
            return _plain(text, read_period(written, today=self.today).to_json())
        if name == "due":
            return self._chosen_due(text, written)
        return _plain(text, written)

    def _chosen_due(self, text: str, written: str) -> dict:
        if not written or written == NO_LIMIT:
            return _plain(text, None)
        due = read_due(written, today=self.today).to_json()
        if due["on"]:
            return _plain(text, due)
        return _rejected(text, "due_day", choices=_pairs(due_choices(self.today)))

    def _chosen_unit(self, text: str, written: str) -> dict:
        unit: Organisation | None = self.units.by_id.get(written)
        if unit:
            return _plain(text, {"id": str(unit.pk), "name": unit.name})
        found = self.units.cell(written)
        return found if written else _rejected(text, "unit_missing")

    def _chosen_category(self, text: str, written: str) -> dict:
        found = self.by_code.get(written) or self.by_name.get(written)
        return _category(text, found, "") if found else _blank() | {"text": text}


def _amount(cell: dict, *, strict: bool = False) -> dict:
    """A quantity must be one an item can hold; without a number it counts as one, said so."""
    if cell["state"] == "rejected" or not cell["value"]:
        return cell
    amount = cell["value"].get("amount")
    if amount is None and strict:
        return _rejected(cell["text"], "amount_missing")
    if amount is None:
        return cell | {"state": "guessed", "why": "counts_as_one"}
    if not 0 < amount < LARGEST:
        return _rejected(cell["text"], "amount_size")
    return cell


def _pairs(days: list[str]) -> list[list[str]]:
    return [[day, day] for day in days] + [[NO_LIMIT, NO_LIMIT]]


def _blank() -> dict:
    return {"text": "", "value": None, "state": "read", "why": "", "choices": []}


def _plain(text: str, value: Any, *, said: str = "") -> dict:
    return _blank() | {"text": said or text, "value": value}


def _category(text: str, found: Category, why: str) -> dict:
    value = {"code": found.code, "name": found.name}
    state = "guessed" if why else "read"
    return {"text": text, "value": value, "state": state, "why": why, "choices": []}


def _rejected(text: str, why: str, *, choices: list[list[str]] | None = None) -> dict:
    return {"text": text, "value": None, "state": "rejected", "why": why, "choices": choices or []}


def counted(cells: dict[str, dict], like: dict) -> tuple[int, int]:
    """How many cells are rejected and guessed; an undecided likeness counts as a guess."""
    states = [cell["state"] for cell in cells.values()]
    undecided = bool(like) and not like.get("decision")
    return states.count("rejected"), states.count("guessed") + undecided
