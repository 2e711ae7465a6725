"""Asking for proposals, looking how far they are, and giving that up."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance.current import current_alliance
from mulin.lists import actions
from mulin.lists.models import MatchRun
from mulin.lists.queries.proposals import latest_run, runs_visible_to
from mulin.lists.tasks.working import start_working
from mulin.lists.views.run_page import progress_context
from mulin.web.answering import back


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Order a run; it goes on whether anybody looks or not."""
    fairness = request.POST.get("fairness", "")
    if fairness not in MatchRun.Fairness.values:
        fairness = MatchRun.Fairness.MOST
    actions.order_run(current_alliance(request), by=request.user, fairness=fairness)
    transaction.on_commit(start_working)
    return back(request, reverse("lists:proposals"))


def run(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """How far it is, for a page that asks again and again; once it has ended, the page itself."""
    found = get_object_or_404(runs_visible_to(request.user), pk=pk)
    if not request.htmx:
        return redirect("lists:proposals")
    if found.is_active:
        return render(request, "lists/_run.html", progress_context(found))
    return HttpResponse(headers={"HX-Refresh": "true"})


@require_POST
def cancel(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(runs_visible_to(request.user), pk=pk)
    if actions.cancel_run(found, by=request.user):
        stays = _("Cancelled. What was proposed before stays.")
        messages.success(request, stays if latest_run(found.alliance) else _("Cancelled."))
    else:
        messages.info(request, _("It had ended by itself."))
    return back(request, reverse("lists:proposals"))
