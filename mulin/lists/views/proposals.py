"""The page of proposals, and the coordinators' decisions on them."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.alliance.current import current_alliance
from mulin.lists import actions
from mulin.lists.models import Proposal
from mulin.lists.queries.proposals import latest_run, open_counts, proposals_visible_to
from mulin.lists.rules import may_propose
from mulin.lists.views.answers import carry_out
from mulin.lists.views.proposal_page import heat_context, run_context
from mulin.web.answering import back


def proposals(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    run = latest_run(alliance)
    context = {
        "alliance": alliance,
        "run": run,
        "open_items": open_counts(alliance),
        "may_decide": bool(may_propose(request.user, alliance)),
        **(run_context(request, run) if run else {}),
        **heat_context(alliance),
    }
    return render(request, "lists/proposals.html", context)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    run = actions.propose(alliance, by=request.user)
    pairs = run.proposals.count()
    found = ngettext("%(n)d pair found.", "%(n)d pairs found.", pairs) % {"n": pairs}
    messages.success(request, found)
    return back(request, reverse("lists:proposals"))


@require_POST
def send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a proposal, and with it (`everything`) the others for the same need."""
    proposal = _proposal(request, pk)
    several = [proposal]
    if request.POST.get("everything"):
        several = list(
            Proposal.objects.filter(
                run=proposal.run, need=proposal.need, state=Proposal.State.OPEN
            ).order_by("pk")
        ) or [proposal]
    for one in several:
        _send(request, one)
    return back(request, reverse("lists:proposals"))


def _send(request: HttpRequest, proposal: Proposal) -> None:
    try:
        claim = actions.send_proposal(proposal, by=request.user)
    except ValidationError as error:
        messages.error(request, f"{proposal.resource}: {' '.join(error.messages)}")
    else:
        units = {"asker": claim.need.organisation, "provider": claim.organisation}
        messages.success(request, _("Sent to %(asker)s and %(provider)s.") % units)


@require_POST
def refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    proposal, reason = _proposal(request, pk), request.POST.get("reason", "")
    return carry_out(
        request,
        lambda: actions.refuse_proposal(proposal, by=request.user, reason=reason),
        done=_("Remembered: this pair isn't proposed again."),
        page=reverse("lists:proposals"),
        undo=reverse("lists:reopen_proposal", args=[pk]),
    )


@require_POST
def reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    proposal = _proposal(request, pk)
    return carry_out(
        request,
        lambda: actions.reopen_proposal(proposal, by=request.user),
        done=_("It can be decided again."),
        page=reverse("lists:proposals"),
    )


def _proposal(request: HttpRequest, pk: uuid.UUID) -> Proposal:
    seen = proposals_visible_to(request.user).select_related("run", "need", "resource")
    return get_object_or_404(seen, pk=pk)
