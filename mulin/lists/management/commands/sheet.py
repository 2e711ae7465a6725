"""`mulin sheet FILE`: prints what the reader of sheets makes of a file; needs no database."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mulin.sheets import Cell, Due, Period, Quantity, Reading, Row, read_safely


def _cell(cell: Cell) -> Any:
    if not isinstance(cell.value, Quantity | Period | Due):
        return cell.text
    return {k: v for k, v in cell.value.to_json().items() if k != "type"} | {"text": cell.text}


def _row(row: Row) -> dict[str, Any]:
    return {"row": row.row, "part": row.part} | {k: _cell(c) for k, c in row.cells.items()}


def as_printed(reading: Reading) -> dict[str, Any]:
    """Return the reading in the shape that `--json` prints."""
    tables = [
        {
            "where": table.where,
            "kind": table.kind,
            "columns": {c.heading: c.field for c in table.columns if c.field},
            "rows": [_row(row) for row in table.rows],
        }
        for table in reading.tables
    ]
    plain = reading.to_json()
    return {"tables": tables, "questions": plain["questions"], "problems": plain["problems"]}


class Command(BaseCommand):
    """Reads one sheet and prints its tables, questions and problems."""

    help = "Print what is read from a sheet (xlsx, xls, ods, csv, docx)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--today", type=date.fromisoformat)

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["file"]
        if not Path(file).is_file():
            raise CommandError(f"there is no file {file}")
        reading = read_safely(file, name=file, today=options["today"] or timezone.localdate())
        if options["json"]:
            self.stdout.write(json.dumps(as_printed(reading), ensure_ascii=False))
            return
        for table in reading.tables:
            self.stdout.write(f"{table.where} ({table.kind})")
            for row in table.rows:
                cells = "  ".join(f"{k}={c.text}" for k, c in row.cells.items())
                self.stdout.write(f"  {row.row}: {cells}")
        for question in reading.questions:
            self.stdout.write(f"{question.where}: {question.message % question.params}")
        for problem in reading.problems:
            self.stdout.write(f"{problem.where}: {problem.message % problem.params}")
