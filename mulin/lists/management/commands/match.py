"""`mulin match`: two sheets in, the three lists out, with reasons and causes; no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from mulin import matching
from mulin.documents.workbook import xlsx
from mulin.lists.management import sheet_items
from mulin.lists.management.plan_lists import Lines
from mulin.lists.wording.runs import stage_words
from mulin.matching.child import STAGES, Step, solved

FAIRNESS = ("none", "maxmin", "leximin")
MOST_SECONDS = 3600


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
        parser.add_argument("--seconds", type=float, default=2.0, help="time to search")
        parser.add_argument(
            "--fairness", choices=FAIRNESS, default="none",
            help="maxmin serves the community served least first, leximin the next one, too",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=0, help="the same seed, the same plan")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            try:
                how = options_of(options["seconds"], options["fairness"], options["seed"])
                plan = plan_of(options["resources"], options["needs"], how, self.tell)
                lines = Lines(plan)
                write(lines, options["output"], options["json"])
            except (ValueError, OSError) as error:
                raise CommandError(str(error)) from error
            self.stdout.write(lines.summary())

    def tell(self, step: Step) -> None:
        """How far it is, for who looks on."""
        if self.stderr.isatty():
            end = "\n" if step.stage == "explaining" else ""
            self.stderr.write(f"\r{step.done:4.0%}  {stage_words(step.stage)}\x1b[K", ending=end)


def options_of(seconds: float, fairness: str, seed: int) -> matching.Options:
    """How to solve; raises ValueError for a time that is none."""
    if not 0 < seconds <= MOST_SECONDS:
        words = _("--seconds: a number above 0, at most %(most)s")
        raise ValueError(words % {"most": MOST_SECONDS})
    return matching.Options(seconds=seconds, fairness=fairness, seed=seed)


def plan_of(
    offers: Path, asked: Path, options: matching.Options, tell: Callable[[Step], None]
) -> matching.Plan:
    """The plan for two files; raises ValueError naming the file, or the row, that can't be used."""
    tell(Step("reading", STAGES["reading"]))
    given, wanted = sheet_items.read(offers), sheet_items.read(asked)
    sheet_items.refuse_swapped((offers, given), (asked, wanted))
    resources = sheet_items.rows_of(offers, given, sheet_items.RESOURCE)
    needs = sheet_items.rows_of(asked, wanted, sheet_items.NEED)
    tell(Step("pairing", STAGES["pairing"]))
    problem = matching.problem(sheet_items.resources_from(resources), sheet_items.needs_from(needs))
    plan = solved(problem, options, tell)
    tell(Step("explaining", STAGES["explaining"]))
    return plan


def write(lines: Lines, workbook: Path, data: Path | None) -> None:
    """Write the lists, and the plan as JSON where a path for it is given."""
    workbook.write_bytes(xlsx(*lines.sheets()))
    if data:
        text = json.dumps(lines.as_json(), ensure_ascii=False, indent=2)
        data.write_text(text + "\n", encoding="utf-8")
