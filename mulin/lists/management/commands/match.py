"""`mulin match`: two sheets in, the three lists out, with reasons and causes; no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from mulin import matching
from mulin.documents.workbook import xlsx
from mulin.lists.management import sheet_items
from mulin.lists.management.plan_lists import Lines


class Command(BaseCommand):
    """Match a sheet of resources to a sheet of needs and write the plan."""

    help = (
        "Match two sheets: resources, needs and proposed projects, with reasons. Exits with 0, "
        "or with 1 and a sentence where a file can't be used or written."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("resources", type=Path)
        parser.add_argument("needs", type=Path)
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument("--json", type=Path, dest="json")
        parser.add_argument("--seconds", type=float, default=2.0)

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            try:
                lines = Lines(plan_of(options["resources"], options["needs"], options["seconds"]))
                write(lines, options["output"], options["json"])
            except (ValueError, OSError) as error:
                raise CommandError(str(error)) from error
            self.stdout.write(lines.summary())


def plan_of(offers: Path, asked: Path, seconds: float) -> matching.Plan:
    """The plan for two files; raises ValueError naming the file, or the row, that can't be used."""
    given, wanted = sheet_items.read(offers), sheet_items.read(asked)
    sheet_items.refuse_swapped((offers, given), (asked, wanted))
    resources = sheet_items.rows_of(offers, given, sheet_items.RESOURCE)
    needs = sheet_items.rows_of(asked, wanted, sheet_items.NEED)
    problem = matching.problem(sheet_items.resources_from(resources), sheet_items.needs_from(needs))
    return matching.solve(problem, matching.Options(seconds=seconds))


def write(lines: Lines, workbook: Path, data: Path | None) -> None:
    """Write the lists, and the plan as JSON where a path for it is given."""
    workbook.write_bytes(xlsx(*lines.sheets()))
    if data:
        text = json.dumps(lines.as_json(), ensure_ascii=False, indent=2)
        data.write_text(text + "\n", encoding="utf-8")
