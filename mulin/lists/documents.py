"""The lists as sheets to download: in the usual columns, or in those of a sheet once imported."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mulin.alliance.models import Alliance
from mulin.documents.sheets import Cell, Sheet
from mulin.lists.models import Item
from mulin.lists.queries.listing import state_of
from mulin.projects.models import Project
from mulin.web.moons import WORDS

NEED_FIELDS = (
    "number", "title", "detail", "category", "unit", "serving", "place", "quantity", "period",
    "due", "conditions", "claimers", "owner", "state", "remark",
)  # fmt: skip
RESOURCE_FIELDS = (
    "number", "title", "detail", "category", "unit", "serving", "place", "quantity", "period",
    "conditions", "claimers", "state", "remark",
)  # fmt: skip
RUNNING_NUMBER = ("序号", "序號", "顺序号", "順序號", "no", "no.", "id", "项次", "項次")


def list_title(kind: str) -> str:
    titles = {
        Item.Kind.NEED: pgettext("title of a list", "Needs"),
        Item.Kind.RESOURCE: pgettext("title of a list", "Resources"),
    }
    return titles.get(kind, pgettext("title of a list", "Projects"))  # type: ignore[call-overload]


def items_sheet(items: Iterable[Item], *, kind: str, alliance: Alliance) -> Sheet:
    """The items in the usual columns.

    items: as `listing.with_holders` prepares them. Contacts aren't among what is stored.
    """
    headings = _headings(kind)
    fields = NEED_FIELDS if kind == Item.Kind.NEED else RESOURCE_FIELDS
    rows = [[_reading(item, field) for field in fields] for item in items]
    return Sheet(
        title=f"{alliance} {list_title(kind)}",
        columns=[headings[field] for field in fields],
        rows=rows,
        note=source_note(alliance, len(rows)),
    )


def items_in_layout(
    items: Iterable[Item], columns: Sequence[dict[str, Any]], *, kind: str, alliance: Alliance
) -> Sheet:
    """The items under the headings of a form, in its order; what we don't keep stays empty.

    columns: of an `ImportTable`, each with its `heading` and the `field` it was read as, or None.
    """
    ordered = sorted(columns, key=lambda column: column["index"])
    rows = [
        [_placed(item, column, at) for column in ordered] for at, item in enumerate(items, start=1)
    ]
    return Sheet(
        title=f"{alliance} {list_title(kind)}",
        columns=[column["heading"] for column in ordered],
        rows=rows,
        note=source_note(alliance, len(rows)),
    )


def projects_sheet(projects: Iterable[Project], *, alliance: Alliance) -> Sheet:
    """Projects with their owners and those who asked, both prefetched with their organisations."""
    rows = [_project_row(project) for project in projects]
    return Sheet(
        title=f"{alliance} {list_title('project')}",
        columns=[
            _("Number"),
            pgettext("column", "Project"),
            pgettext("column", "In detail"),
            _("Answers for it, by side"),
            _("Asked by"),
            pgettext("column", "Due"),
            pgettext("column", "State"),
        ],
        rows=rows,
        note=source_note(alliance, len(rows)),
    )


def source_note(alliance: Alliance, count: int) -> str:
    """Where the sheet comes from, how much it holds, and of which hour it is."""
    now = timezone.localtime()
    words = ngettext(
        "Source: %(alliance)s, mulin; %(n)d row, as of %(day)s %(hour)s",
        "Source: %(alliance)s, mulin; %(n)d rows, as of %(day)s %(hour)s",
        count,
    )
    day, hour = date_format(now, "DATE_FORMAT"), now.strftime("%H:%M")
    return words % {"alliance": alliance, "n": count, "day": day, "hour": hour}


def _headings(kind: str) -> dict[str, str]:
    is_need = kind == Item.Kind.NEED
    return {
        "number": _("Number"),
        "title": pgettext("column", "Need") if is_need else pgettext("column", "Resource"),
        "detail": pgettext("column", "In detail"),
        "category": pgettext("column", "Category"),
        "unit": _("Asked by") if is_need else _("Offered by"),
        "serving": pgettext("column", "For whom"),
        "place": pgettext("column", "Where"),
        "quantity": pgettext("column", "How much"),
        "period": pgettext("column", "When"),
        "due": pgettext("column", "Due"),
        "conditions": pgettext("column", "Conditions"),
        "claimers": _("Claimed by") if is_need else _("Asked for by"),
        "owner": _("Answers for it"),
        "state": pgettext("column", "State"),
        "remark": pgettext("column", "Remark"),
    }


READINGS: dict[str, Callable[[Any], Cell]] = {
    "number": lambda item: item.number,
    "title": lambda item: item.title,
    "detail": lambda item: item.detail,
    "category": lambda item: str(item.category or ""),
    "unit": lambda item: item.organisation.name,
    "serving": lambda item: item.serving,
    "place": lambda item: item.place_text or str(item.place or ""),
    "quantity": lambda item: item.quantity_text or _amount(item),
    "period": lambda item: item.period_text,
    "due": lambda item: item.due_text or (item.due_on.isoformat() if item.due_on else ""),
    "conditions": lambda item: item.conditions,
    "claimers": lambda item: _claimers(item),
    "owner": lambda item: _owners(claim.project for claim in item.held if claim.project),
    "state": lambda item: str(WORDS[state_of(item)]),
    "remark": lambda item: item.remark,
}


def _reading(item: Item, field: str | None) -> Cell:
    """What an item says of a field; contacts and unknown columns say nothing."""
    return READINGS[field](item) if field in READINGS else ""


def _placed(item: Item, column: dict[str, Any], at: int) -> Cell:
    heading = "".join(str(column["heading"]).split()).lower()
    if heading in RUNNING_NUMBER:
        return at
    return _reading(item, column["field"])


def _amount(item: Item) -> str:
    if not item.measure:
        return ""
    return f"{item.amount.normalize():f}{item.measure}"


def _claimers(item: Any) -> str:
    """Who took it on; of a resource, who uses it."""
    if item.is_need:
        return _joined(claim.organisation.name for claim in item.held)
    return _joined(claim.need.organisation.name for claim in item.used)


def _owners(projects: Iterable[Project]) -> str:
    return _joined(owner.organisation.name for one in projects for owner in one.owners.all())


def _joined(words: Iterable[str]) -> str:
    return pgettext("between names in a cell", "; ").join(dict.fromkeys(words))


def _project_row(project: Project) -> list[Cell]:
    owners = [
        f"{owner.side}: {owner.organisation}" if owner.side else str(owner.organisation)
        for owner in project.owners.all()
    ]
    return [
        project.number,
        project.title,
        project.detail,
        _joined(owners),
        _joined(asker.organisation.name for asker in project.askers.all()),
        project.due_on.isoformat(),
        str(WORDS[project.look_state]),
    ]
