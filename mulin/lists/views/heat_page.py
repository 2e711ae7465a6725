"""The balance of needs and resources by community and category, as the page draws it."""

from typing import Any

from django.urls import reverse

from mulin.lists.queries.heat import heat_of


def heat_context(alliance: Any) -> dict[str, Any]:
    """The balance by community and category; each number leads to the items behind it."""
    heat = heat_of(alliance)
    groups = [
        (side, [(row.unit, _cells(row, heat.categories)) for row in rows])
        for side, rows in heat.groups
    ]
    reported = any(
        number is not None for _s, rows in heat.groups for r in rows for number in r.balances
    )
    units = sum(len(rows) for _side, rows in groups)
    return {
        "heat": groups if reported else [],
        "heat_categories": heat.categories,
        "heat_units": units,
        "heat_columns": len(heat.categories) + 1,
        "heat_scale": range(-4, 5),
    }


def _cells(row: Any, categories: list[Any]) -> list[tuple[int | None, str, str]]:
    """Number, address and the words a reader hears, cell by cell."""
    cells: list[tuple[int | None, str, str]] = []
    for category, number in zip(categories, row.balances, strict=True):
        page = "lists:resources" if (number or 0) > 0 else "lists:needs"
        url = f"{reverse(page)}?community={row.unit.pk}&category={category.pk}"
        cells.append((number, url, f"{row.unit.name}, {category.name}"))
    return cells
