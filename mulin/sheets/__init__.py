"""Reads the tables people have into typed rows: xlsx, xls, ods, csv, docx and pasted text."""

from mulin.sheets.reading import (
    FIELDS,
    Cell,
    Column,
    Cut,
    Due,
    Grid,
    LeftOut,
    Period,
    Problem,
    Quantity,
    Question,
    Reading,
    Row,
    Table,
)
from mulin.sheets.safely import read_safely
from mulin.sheets.tables import interpret, read, read_text

__all__ = [
    "FIELDS",
    "Cell",
    "Column",
    "Cut",
    "Due",
    "Grid",
    "LeftOut",
    "Period",
    "Problem",
    "Quantity",
    "Question",
    "Reading",
    "Row",
    "Table",
    "interpret",
    "read",
    "read_safely",
    "read_text",
]
