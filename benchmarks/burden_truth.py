"""How the published lists compare, cell by cell, with what the sheets meant."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.burden_import import truth
from benchmarks.burden_sheets import Sent
from mulin.hanzi import fold

Cell = tuple[str, str, str, str, str]
"""List, unit, title, field, value."""

BLANK = ("null", '""', "[null, null, []]")


def published(sent: list[Sent]) -> dict[str, Any]:
    """Precision and recall over cells: one that names the wrong item or unit is wrong and missed.

    A category that no sheet named may be another that fits as well; an amount that no sheet
    named isn't compared.
    """
    meant: Counter[Cell] = Counter()
    free: dict[Cell, Cell] = {}
    for one in sent:
        for row, names in one.told():
            title = row.values["title"]
            for name in names | {"kind", "category"}:
                if name == "quantity" and not row.texts["quantity"]:
                    continue
                value = row.kind if name == "kind" else truth(name, row)
                meant.update(_cells(row.kind, row.unit, title, name, value))
            if "category" not in names and row.also:
                also, named = (_frozen(v) for v in (row.also, row.values["category"]))
                at = (row.kind, row.unit, title, "category")
                free[*at, also] = (*at, named)
    found = Counter(free.get(cell, cell) for cell in _listed())
    right = (meant & found).total()
    return {
        "items": {"meant": _items(meant), "published": _items(found)},
        "cells": {"meant": meant.total(), "published": found.total(), "right": right},
        "precision": round(right / found.total(), 4),
        "recall": round(right / meant.total(), 4),
        "missed": dict(Counter(cell[3] for cell in (meant - found).elements())),
        "wrong": dict(Counter(cell[3] for cell in (found - meant).elements())),
        "first_missed": [list(cell) for cell in sorted(meant - found)[:12]],
        "first_wrong": [list(cell) for cell in sorted(found - meant)[:12]],
    }


def _items(cells: Counter[Cell]) -> int:
    return sum(n for cell, n in cells.items() if cell[3] == "kind")


def _frozen(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cells(kind: str, unit: str, title: str, name: str, value: Any) -> Iterator[Cell]:
    if _frozen(value) not in BLANK:
        yield kind, unit, title, name, _frozen(value)


def _listed() -> Iterator[Cell]:
    from mulin.lists.models import Item

    states = [Item.State.PUBLISHED, Item.State.MERGED]
    items = Item.objects.filter(state__in=states).select_related("organisation", "category")
    for item in items:
        for name, value in _said(item).items():
            yield from _cells(item.kind, item.organisation.name, item.title, name, value)


def _said(item: Any) -> dict[str, Any]:
    weekly = [[one["day"], one["from"], one["to"]] for one in item.weekly]
    said = {
        "kind": item.kind,
        "unit": item.organisation.name,
        "title": item.title,
        "serving": item.serving,
        "place": item.place_text,
        "conditions": item.conditions,
        "remark": item.remark,
        "detail": item.detail,
        "due": item.due_on and item.due_on.isoformat(),
        "category": item.category.name if item.category else "",
        "period": [_day(item.starts_on), _day(item.ends_on), weekly],
    }
    if item.quantity_text:
        said["quantity"] = [float(item.amount), fold(item.measure), item.is_about]
    return said


def _day(day: Any) -> str | None:
    return day and day.isoformat()
