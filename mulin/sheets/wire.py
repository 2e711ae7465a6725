"""The compact form in which a reading leaves the child: each different cell once."""

from typing import Any

from mulin.sheets.reading import Cell, Reading, Row, Table


def pack(reading: Reading) -> dict[str, Any]:
    """Return plain values: a cell read as its own text is that text, others are numbers into a
    list of cells."""
    cells: list[Cell] = []
    places: dict[int, int] = {}
    tables = [
        {"table": _without_rows(table), "rows": [_row(row, cells, places) for row in table.rows]}
        for table in reading.tables
    ]
    rest = Reading([], reading.questions, reading.problems, reading.cuts, reading.grids)
    return {
        "rest": rest.to_json(),
        "cells": [cell.to_json() for cell in cells],
        "tables": tables,
    }


def _without_rows(table: Table) -> dict[str, Any]:
    return Table(table.where, table.kind, table.columns, [], table.left_out).to_json()


def _row(row: Row, cells: list[Cell], places: dict[int, int]) -> list[Any]:
    packed: dict[str, str | int] = {}
    for name, cell in row.cells.items():
        if cell.value is cell.text and cell.state == "read" and not cell.why:
            packed[name] = cell.text
            continue
        at = places.get(id(cell))
        if at is None:
            at = places[id(cell)] = len(cells)
            cells.append(cell)
        packed[name] = at
    return [row.row, row.part, packed]


def unpack(plain: dict[str, Any]) -> Reading:
    """Rebuild what `pack` gave; KeyError, TypeError or IndexError where it is not that."""
    cells = [Cell.from_json(cell) for cell in plain["cells"]]
    texts: dict[str, Cell] = {}
    tables = []
    for packed in plain["tables"]:
        bare = Table.from_json(packed["table"])
        rows = [Row(n, part, _cells(own, cells, texts)) for n, part, own in packed["rows"]]
        tables.append(Table(bare.where, bare.kind, bare.columns, rows, bare.left_out))
    rest = Reading.from_json(plain["rest"])
    return Reading(tables, rest.questions, rest.problems, rest.cuts, rest.grids)


def _cells(own: dict[str, str | int], cells: list[Cell], texts: dict[str, Cell]) -> dict[str, Cell]:
    found = {}
    for name, place in own.items():
        if isinstance(place, int):
            found[name] = cells[place]
            continue
        if place not in texts:
            texts[place] = Cell(place, place)
        found[name] = texts[place]
    return found
