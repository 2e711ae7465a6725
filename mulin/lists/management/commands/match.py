"""`mulin match`: two sheets in, the three lists out, with reasons and causes; no database."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from mulin import matching, sheets
from mulin.documents.sheets import harmless
from mulin.lists.wording import cause_sentence, question_sentence, reasons_sentence, tag_names

Rows = list[list[str]]
A4 = 9


class Command(BaseCommand):
    """Match a sheet of resources to a sheet of needs and write the plan."""

    help = "Match two sheets: resources, needs and proposed projects, with reasons."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("resources", type=Path)
        parser.add_argument("needs", type=Path)
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument("--json", type=Path, dest="json")
        parser.add_argument("--seconds", type=float, default=2.0)

    def handle(self, *args: Any, **options: Any) -> None:
        with override("zh-hans"):
            self._match(options)

    def _match(self, options: dict[str, Any]) -> None:
        try:
            resources = [resource_from(row) for row in rows_of(options["resources"])]
            needs = [need_from(row) for row in rows_of(options["needs"])]
            problem = matching.problem(resources, needs)
            plan = matching.solve(problem, matching.Options(seconds=options["seconds"]))
        except (matching.BadItem, ValueError) as error:
            raise CommandError(str(error)) from error
        lines = Lines(plan)
        try:
            write(options["output"], lines)
            if options["json"]:
                text = json.dumps(lines.as_json(), ensure_ascii=False, indent=2)
                options["json"].write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(lines.summary())


def rows_of(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The rows of every table of a file, each with an id: file, table and row."""
    if not path.is_file():
        raise CommandError(_("%(path)s: there is no such file") % {"path": path})
    reading = sheets.read_safely(path, name=path.name)
    rows = [
        (f"{path.name}, {table.where}, {row.row}.{row.part or 0}", row.cells)
        for table in reading.tables
        for row in table.rows
        if said(row.cells, "title") or said(row.cells, "detail")
    ]
    if not rows:
        told = [question_sentence(one.message, one.params) for one in reading.problems]
        reasons = "; ".join(told) or _("no table with items was found")
        raise CommandError(f"{path.name}: {reasons}")
    return rows


def said(cells: dict[str, Any], field: str) -> str:
    """A cell's text as written, "" where there is none."""
    cell = cells.get(field)
    return str(cell.text).strip() if cell is not None and cell.text is not None else ""


def meant(cells: dict[str, Any], field: str) -> Any:
    """A cell's reading, None where it was rejected or is missing."""
    cell = cells.get(field)
    return None if cell is None or cell.state == "rejected" else cell.value


def shared(row: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """The fields a need and a resource have in common."""
    key, cells = row
    quantity, period = meant(cells, "quantity"), meant(cells, "period")
    title, detail = said(cells, "title"), said(cells, "detail")
    amount = part(quantity, "amount")
    unit = said(cells, "unit")
    return {
        "id": key,
        "title": title or detail,
        "detail": detail if title else "",
        "category": said(cells, "category"),
        "unit": unit,
        "community": unit if unit.endswith(("社区", "社區")) else "",
        "serving": said(cells, "serving"),
        "place": said(cells, "place"),
        "amount": None if amount is None else float(amount),
        "measure": part(quantity, "measure") or "",
        "starts_on": day(part(period, "starts_on")),
        "ends_on": day(part(period, "ends_on")),
        "windows": matching.week(part(period, "weekly") or ()),
    }


def need_from(row: tuple[str, dict[str, Any]]) -> matching.Need:
    """A need, from a row of the needs' sheet."""
    return matching.Need(**shared(row), due_on=day(part(meant(row[1], "due"), "on")))


def resource_from(row: tuple[str, dict[str, Any]]) -> matching.Resource:
    """A resource, from a row of the resources' sheet."""
    return matching.Resource(**shared(row), conditions=said(row[1], "conditions"))


def part(value: Any, name: str) -> Any:
    """A named part of a reading, whether it comes as an object or as JSON."""
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


def day(value: Any) -> date | None:
    """A date as it is or written in ISO form."""
    return date.fromisoformat(value) if isinstance(value, str) else value


class Lines:
    """A plan as the lines of three lists, each item called by its number or its title."""

    def __init__(self, plan: matching.Plan) -> None:
        self.plan = plan
        every: list[matching.Need | matching.Resource] = [
            *plan.problem.needs,
            *plan.problem.resources,
        ]
        self.items = {one.id: one for one in every}
        self.proposals, self.unmet = matching.proposals(plan), matching.unmet(plan)

    def name(self, key: str) -> str:
        """What people call an item."""
        return self.items[key].title if key in self.items else key

    def as_json(self) -> dict[str, Any]:
        """The plan for other programs."""
        return {
            "proposals": [
                {
                    "need": self.name(one.need),
                    "resource": self.name(one.resource),
                    "units": one.units,
                    "reasons": [reasons_sentence([why], name=self.name) for why in one.reasons],
                }
                for one in self.proposals
            ],
            "unmet": [
                {"need": self.name(one.need), "cause": cause_sentence(one.cause, name=self.name)}
                for one in self.unmet
            ],
            "objective": self.plan.objective,
            "bound": self.plan.bound,
            "gap": self.plan.gap,
            "seconds": self.plan.seconds,
        }

    def summary(self) -> str:
        """What was found, in a sentence."""
        served = len({one.need for one in self.proposals})
        counts = {"served": served, "needs": len(self.plan.problem.needs)}
        return _("%(served)s of %(needs)s needs have a proposal.") % counts

    def sheets(self) -> Iterator[tuple[str, Rows]]:
        """Title and rows, headings first, of each sheet."""
        yield _("Projects proposed"), [*self._projects()]
        yield _("Needs"), [*self._needs()]
        yield _("Resources"), [*self._resources()]
        yield _("Unmet needs"), [*self._unmet()]

    def _projects(self) -> Iterator[list[str]]:
        yield [_("Need"), _("Asked by"), _("Resource"), _("Offered by"), _("Amount"), _("Reasons")]
        for one in self.proposals:
            need, resource = self.items[one.need], self.items[one.resource]
            amount = f"{one.units}{need.measure}" if need.amount else ""
            why = reasons_sentence(one.reasons, name=self.name)
            yield [need.title, need.unit, resource.title, resource.unit, amount, why]

    def _needs(self) -> Iterator[list[str]]:
        given = partners(self.proposals, lambda one: (one.need, self.name(one.resource)))
        yield [_("Need"), _("Asked by"), _("Category"), _("Wanted"), _("Proposed")]
        for need in self.plan.problem.needs:
            yield [*self._plain(need), tag_names(need.wants), given.get(need.id, "")]

    def _resources(self) -> Iterator[list[str]]:
        given = partners(self.proposals, lambda one: (one.resource, self.name(one.need)))
        yield [_("Resource"), _("Offered by"), _("Category"), _("Gives"), _("Proposed")]
        for resource in self.plan.problem.resources:
            yield [*self._plain(resource), tag_names(resource.gives), given.get(resource.id, "")]

    def _plain(self, item: matching.Need | matching.Resource) -> list[str]:
        return [item.title, item.unit, item.category]

    def _unmet(self) -> Iterator[list[str]]:
        yield [_("Need"), _("Asked by"), _("Missing"), _("Cause")]
        for one in self.unmet:
            need = self.items[one.need]
            missing = f"{one.missing}{need.measure}" if need.amount else ""
            cause = cause_sentence(one.cause, name=self.name)
            yield [need.title, need.unit, missing, cause]


def partners(
    proposals: Sequence[matching.Proposal], ends: Callable[[matching.Proposal], tuple[str, str]]
) -> dict[str, str]:
    """What each item was paired with, in one cell."""
    found: dict[str, list[str]] = {}
    for proposal in proposals:
        key, other = ends(proposal)
        found.setdefault(key, []).append(other)
    return {key: "、".join(dict.fromkeys(others)) for key, others in found.items()}


def write(path: Path, lines: Lines) -> None:
    """Write the lists as a workbook of plain text: no cell can become a formula."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, only this command writes a workbook
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - same
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - same

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in lines.sheets():
        sheet = book.create_sheet(title)
        sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        for at, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                cell = sheet.cell(at, column, harmless(text))
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if at == 1:
                    cell.font = Font(bold=True)
        for column in range(1, len(rows[0]) + 1):
            longest = max(width(row[column - 1]) for row in rows)
            sheet.column_dimensions[get_column_letter(column)].width = min(60, longest + 3)
    book.save(path)


def width(text: str) -> int:
    """Columns a text takes: Chinese characters are two wide."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text[:60])
