"""The page of proposals, and the coordinators' decisions on them."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance.current import current_alliance
from mulin.alliance.wording import in_a_row
from mulin.lists import actions
from mulin.lists.forms.proposals import AmountsForm
from mulin.lists.models import Proposal
from mulin.lists.queries.proposals import latest_run, open_counts, proposals_visible_to
from mulin.lists.rules import may_propose
from mulin.lists.tasks.working import children
from mulin.lists.views.answers import carry_out, refused_form
from mulin.lists.views.gaps_page import unmet_context
from mulin.lists.views.heat_page import heat_context
from mulin.lists.views.proposal_page import run_context
from mulin.lists.views.run_page import standing_context
from mulin.web.answering import back


def proposals(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    run, may_propose_here = latest_run(alliance), bool(may_propose(request.user, alliance))
    standing = standing_context(run, alliance)
    if may_propose_here and not standing["active"]:
        children.keep_one_ready()
    context = {
        "alliance": alliance,
        "run": run,
        "at_moment": (run.finished_at or run.made_at) if run else None,
        "open_items": open_counts(alliance),
        "may_decide": may_propose_here,
        **standing,
        **(run_context(request, run) if run else {}),
        **(unmet_context(request, run) if run else {}),
        **heat_context(alliance),
    }
    return render(request, "lists/proposals.html", context)


@require_POST
def send(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a proposal, and with it (`everything`) the others for the same need, all or none."""
    proposal = _proposal(request, pk)
    several = [proposal]
    if request.POST.get("everything"):
        several = list(
            Proposal.objects.filter(
                run=proposal.run, need=proposal.need, state=Proposal.State.OPEN
            ).order_by("pk")
        ) or [proposal]
    try:
        claims = actions.send_together(several, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        asker, providers = claims[0].need.organisation, [claim.organisation for claim in claims]
        units = {"asker": asker, "provider": in_a_row([str(unit) for unit in providers])}
        messages.success(request, _("Sent to %(asker)s and %(provider)s.") % units)
    return back(request, reverse("lists:proposals"))


@require_POST
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write other amounts; sending it is another step."""
    proposal = _proposal(request, pk)
    may_propose(request.user, proposal.run.alliance).require()
    page = f"{reverse('lists:proposals')}?open={proposal.need_id}#open"
    form = AmountsForm(request.POST, proposal=proposal)
    if not form.is_valid():
        return refused_form(request, form, page=page)
    return carry_out(
        request,
        lambda: actions.change_proposal(proposal, by=request.user, **form.cleaned_data),
        done=_("The amounts are changed; it isn't sent yet."),
        page=page,
    )


@require_POST
def refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    proposal, reason = _proposal(request, pk), request.POST.get("reason", "")
    return carry_out(
        request,
        lambda: actions.refuse_proposal(proposal, by=request.user, reason=reason),
        done=_("Remembered: this pair isn't proposed again until one of the two is changed."),
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
