"""Importing over HTTP: upload, preview with answers in place, taking in, undoing."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.alliance.current import current_alliance
from mulin.lists.actions import imports as actions
from mulin.lists.forms.imports import CellForm, ColumnForm, ImportForm
from mulin.lists.models import ImportBatch, ImportRow, ImportTable
from mulin.lists.queries.imports import batches_visible_to, importable_units
from mulin.lists.views.answers import carry_out
from mulin.lists.views.import_lines import WHY
from mulin.lists.views.import_page import import_context
from mulin.web.answering import back


def _batch(request: HttpRequest, pk: uuid.UUID) -> ImportBatch:
    seen = batches_visible_to(request.user).select_related("alliance", "organisation")
    return get_object_or_404(seen.defer("grids"), pk=pk)


def _table(request: HttpRequest, pk: int) -> ImportTable:
    seen = ImportTable.objects.filter(batch__in=batches_visible_to(request.user).order_by())
    return get_object_or_404(seen.select_related("batch__alliance", "batch__organisation"), pk=pk)


def _row(request: HttpRequest, pk: int) -> ImportRow:
    seen = ImportRow.objects.filter(table__batch__in=batches_visible_to(request.user).order_by())
    return get_object_or_404(
        seen.select_related("table__batch__alliance", "table__batch__organisation"), pk=pk
    )


def _page(batch: ImportBatch) -> str:
    return reverse("lists:import_preview", args=[batch.pk])


def _do(request: HttpRequest, batch: ImportBatch, act: Callable[[], object]) -> HttpResponse:
    """Act and go back silently: the page itself shows what changed; a refusal is said."""
    try:
        act()
    except actions.Unreadable as error:
        words = WHY.get(str(error.code), "")
        messages.error(request, str(words) % {"text": ""} if words else " ".join(error.messages))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return back(request, _page(batch))


def import_new(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    if not importable_units(request.user, alliance):
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*given, person=request.user, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        batch = actions.start_import(
            alliance,
            by=request.user,
            file=found["file"],
            text=found["text"],
            organisation=found["organisation"],
        )
        return redirect(_page(batch))
    recent = batches_visible_to(request.user).filter(alliance=alliance).defer("grids", "answers")
    context = {"form": form, "recent": recent.exclude(state=ImportBatch.State.DISCARDED)[:10]}
    return render(request, "lists/import_new.html", context)


def import_preview(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    batch = _batch(request, pk)
    return render(request, "lists/import_preview.html", import_context(request, batch))


@require_POST
def import_cell(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _row(request, pk), CellForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()

    def act() -> None:
        changed = actions.correct_cell(
            row,
            by=request.user,
            field=form.cleaned_data["field"],
            value=form.answer(),
            same=form.cleaned_data["same"],
        )
        if changed > 1:
            messages.success(
                request,
                ngettext("%d cell changed.", "%d cells worded alike changed.", changed) % changed,
            )

    return _do(request, row.table.batch, act)


@require_POST
def import_row(request: HttpRequest, pk: int) -> HttpResponse:
    row, skipped = _row(request, pk), "skip" in request.POST
    return _do(
        request, row.table.batch, lambda: actions.skip_row(row, by=request.user, skipped=skipped)
    )


@require_POST
def import_like(request: HttpRequest, pk: int) -> HttpResponse:
    row, decision = _row(request, pk), request.POST.get("decision", "")
    return _do(
        request,
        row.table.batch,
        lambda: actions.decide_likeness(row, by=request.user, decision=decision),
    )


@require_POST
def import_column(request: HttpRequest, pk: int) -> HttpResponse:
    table, form = _table(request, pk), ColumnForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    found = form.cleaned_data
    return _do(
        request,
        table.batch,
        lambda: actions.map_column(
            table, by=request.user, index=found["index"], field=found["field"]
        ),
    )


@require_POST
def import_kind(request: HttpRequest, pk: int) -> HttpResponse:
    table, kind = _table(request, pk), request.POST.get("kind", "")
    return _do(request, table.batch, lambda: actions.name_kind(table, by=request.user, kind=kind))


@require_POST
def import_table(request: HttpRequest, pk: int) -> HttpResponse:
    table, skipped = _table(request, pk), "skip" in request.POST
    return _do(
        request, table.batch, lambda: actions.skip_table(table, by=request.user, skipped=skipped)
    )


@require_POST
def import_left_out(request: HttpRequest, pk: int) -> HttpResponse:
    table, row = _table(request, pk), request.POST.get("row", "")
    if not row.isdigit():
        return HttpResponseBadRequest()
    return _do(
        request,
        table.batch,
        lambda: actions.take_left_out(table, by=request.user, row=int(row)),
    )


@require_POST
def import_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    batch = _batch(request, pk)
    return _do(request, batch, lambda: actions.read_again(batch, by=request.user))


@require_POST
def import_take(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    batch = _batch(request, pk)
    return carry_out(
        request,
        lambda: actions.take_in(batch, by=request.user),
        done=_("Taken in. It waits for review now."),
        page=_page(batch),
        undo=reverse("lists:import_undo", args=[batch.pk]),
    )


@require_POST
def import_undo(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    batch = _batch(request, pk)
    return carry_out(
        request,
        lambda: actions.undo_import(batch, by=request.user),
        done=_("The import is undone."),
        page=_page(batch),
    )


@require_POST
def import_discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    batch = _batch(request, pk)
    return carry_out(
        request,
        lambda: actions.discard_import(batch, by=request.user),
        done=_("Discarded. Nothing of it was taken in."),
        page=reverse("lists:import_new"),
    )
