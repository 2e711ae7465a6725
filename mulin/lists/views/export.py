"""Downloads of the three lists: choosing the form, and the file."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header

from mulin.alliance.current import current_alliance
from mulin.alliance.models import Alliance
from mulin.documents.sheets import Sheet
from mulin.documents.word import docx
from mulin.documents.workbook import xlsx
from mulin.lists.documents import items_in_layout, items_sheet, list_title, projects_sheet
from mulin.lists.models import Item
from mulin.lists.queries.export import LAYOUTS, items_to_export, layouts, projects_to_export
from mulin.lists.views.listing import filters_of

PROJECTS = "project"
KINDS = (Item.Kind.NEED.value, Item.Kind.RESOURCE.value, PROJECTS)
OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "xlsx": (xlsx, f"{OFFICE}.spreadsheetml.sheet"),
    "docx": (docx, f"{OFFICE}.wordprocessingml.document"),
}


def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a file of `format`; without one, the page on which to choose."""
    alliance, kind = current_alliance(request), request.GET.get("kind", Item.Kind.NEED.value)
    if kind not in KINDS:
        raise Http404
    wanted = request.GET.get("format", "")
    if not wanted:
        return _choose(request, alliance, kind)
    if wanted not in FORMATS:
        raise Http404
    draw, content_type = FORMATS[wanted]
    answer = HttpResponse(draw(_sheet(request, alliance, kind)), content_type=content_type)
    name = f"{list_title(kind)}-{timezone.localdate():%Y%m%d}.{wanted}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _choose(request: HttpRequest, alliance: Alliance, kind: str) -> HttpResponse:
    offered = [] if kind == PROJECTS else layouts(request.user, alliance, kind)[:LAYOUTS]
    kept = [
        (name, value)
        for name, value in request.GET.items()
        if name not in ("kind", "layout", "show", "alliance")
    ]
    context = {
        "kind": kind,
        "title": list_title(kind),
        "layouts": offered,
        "kept": kept,
        "back": {PROJECTS: "projects:projects", "resource": "lists:resources"}.get(
            kind, "lists:needs"
        ),
    }
    return render(request, "lists/export.html", context)


def _sheet(request: HttpRequest, alliance: Alliance, kind: str) -> Sheet:
    if kind == PROJECTS:
        return projects_sheet(projects_to_export(request.user, alliance), alliance=alliance)
    items = items_to_export(request.user, alliance, kind, filters_of(request))
    layout = request.GET.get("layout", "")
    if not layout:
        return items_sheet(items, kind=kind, alliance=alliance)
    if not layout.isdigit():
        raise Http404
    table = get_object_or_404(layouts(request.user, alliance, kind), pk=layout)
    return items_in_layout(items, table.columns, kind=kind, alliance=alliance)
