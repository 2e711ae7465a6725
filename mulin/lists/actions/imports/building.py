"""One item from one checked row: readings into columns, what has no column into the remark."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.accounts.models import Person
from mulin.alliance.models import Place
from mulin.lists.actions.imports.likeness import kind_of
from mulin.lists.models import ImportBatch, ImportRow, Item
from mulin.lists.queries.imports import categories_of, importable_units
from mulin.matching import standard


class Builder:
    """Builds items of one batch; holds what all of them look up."""

    def __init__(self, batch: ImportBatch, by: Person):
        self.batch, self.by = batch, by
        self.today = timezone.localdate()
        self.categories = {one.code: one.pk for one in categories_of(batch.alliance)}
        self.units = {str(unit.pk): unit for unit in importable_units(by, batch.alliance)}
        self.places = dict(Place.objects.filter(alliance=batch.alliance).values_list("name", "pk"))

    def item(self, row: ImportRow) -> Item:
        """An unsaved, staged item; raises PermissionDenied for a unit one may not import for."""
        cells = row.cells
        unit = self.units.get((self._value(cells, "unit") or {}).get("id", ""))
        if unit is None:
            raise PermissionDenied(_("A row names a unit for which you can't import."))
        title = self._words(cells, "title")
        detail = self._words(cells, "detail")
        place = self._words(cells, "place")
        return Item(
            alliance_id=self.batch.alliance_id,
            batch=self.batch,
            source_row=row.row,
            state=Item.State.STAGED,
            kind=kind_of(row.table.kind),
            organisation_id=unit.pk,
            title=title if len(title) <= 200 else title[:199] + "…",
            detail=detail if len(title) <= 200 else f"{title}\n{detail}".strip(),
            category_id=self._category(cells),
            serving=self._words(cells, "serving")[:120],
            place_text=place[:120],
            place_id=self.places.get(place),
            conditions=self._words(cells, "conditions"),
            remark=self._remark(cells),
            wants=self._supplies(row, title, detail),
            asked_on=self.today,
            by=self.by,
            **self._quantity(cells),
            **self._times(cells),
        )

    def _supplies(self, row: ImportRow, title: str, detail: str) -> list[str]:
        """What a need asks for in so many words; a resource gives whatever it names."""
        kinds = standard()
        is_need = kind_of(row.table.kind) == Item.Kind.NEED
        return sorted((kinds.asked_in if is_need else kinds.tags_in)(title, detail))

    def _value(self, cells: dict, name: str) -> Any:
        return cells[name]["value"] if name in cells else None

    def _words(self, cells: dict, name: str) -> str:
        value = self._value(cells, name)
        text = value if isinstance(value, str) else cells.get(name, {}).get("text", "")
        return str(text).strip()

    def _category(self, cells: dict) -> int | None:
        return self.categories.get((self._value(cells, "category") or {}).get("code", ""))

    def _quantity(self, cells: dict) -> dict[str, Any]:
        value = self._value(cells, "quantity") or {}
        amount = value.get("amount")
        rounded = round(Decimal(str(amount)), 2) if amount else Decimal(1)
        return {
            "quantity_text": self._said(cells, "quantity")[:120],
            "amount": rounded or Decimal("0.01"),
            "measure": str(value.get("measure") or "")[:20],
            "is_about": bool(value.get("about")),
        }

    def _said(self, cells: dict, name: str) -> str:
        """The words of a reading: a corrected one's own, else the cell as written."""
        value = self._value(cells, name)
        return str(value.get("text") or "") if isinstance(value, dict) else self._words(cells, name)

    def _times(self, cells: dict) -> dict[str, Any]:
        period = self._value(cells, "period") or {}
        due = self._value(cells, "due") or {}
        starts, ends = _day(period.get("starts_on")), _day(period.get("ends_on"))
        return {
            "period_text": self._said(cells, "period")[:120],
            "starts_on": starts,
            "ends_on": ends if not (starts and ends and ends < starts) else None,
            "weekly": period.get("weekly") or [],
            "due_text": self._said(cells, "due")[:120],
            "due_on": _day(due.get("on")),
        }

    def _remark(self, cells: dict) -> str:
        """The remark, with claimers, owner and state as the sheet had them: nothing is lost."""
        lines = [self._words(cells, "remark")]
        for name, label in (
            ("claimers", _("Claimed by, as written: %s")),
            ("owner", _("Owner, as written: %s")),
            ("state", _("State, as written: %s")),
        ):
            words = self._words(cells, name)
            lines.append(label % words if words else "")
        return "\n".join(line for line in lines if line)


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None
