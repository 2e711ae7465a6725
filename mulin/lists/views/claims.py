"""Offering, asking, and both sides' yes or no."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.lists import actions
from mulin.lists.forms.claims import AskForm, ClaimForm, ConfirmForm
from mulin.lists.forms.items import ReasonForm
from mulin.lists.models import Claim
from mulin.lists.views.answers import carry_out, reader
from mulin.lists.views.item_page import item_context
from mulin.lists.views.items import find_item


def _find(request: HttpRequest, pk: uuid.UUID) -> Claim:
    seen = Claim.objects.visible_to(reader(request))
    return get_object_or_404(seen.select_related("need__alliance", "organisation"), pk=pk)


def _page(claim: Claim) -> str:
    return reverse("lists:item", args=[claim.need_id])


@require_POST
def claim(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    need = find_item(request, pk)
    form = ClaimForm(request.POST, person=reader(request), need=need)
    if not form.is_valid():
        return render(request, "lists/item.html", {**item_context(request, need), "form": form})
    return carry_out(
        request,
        lambda: actions.claim_need(need, by=reader(request), **form.cleaned_data),
        done=_("Offered. The unit that asked is told and says yes or no."),
        page=reverse("lists:item", args=[pk]),
    )


@require_POST
def ask(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    resource = find_item(request, pk)
    form = AskForm(request.POST, person=reader(request), resource=resource)
    if not form.is_valid():
        return render(request, "lists/item.html", {**item_context(request, resource), "form": form})
    return carry_out(
        request,
        lambda: actions.ask_for_resource(resource, by=reader(request), **form.cleaned_data),
        done=_("Asked for. The provider is told and says yes or no."),
        page=reverse("lists:item", args=[pk]),
    )


@require_POST
def confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = _find(request, pk)
    form = ConfirmForm(request.POST)
    due_on = form.cleaned_data.get("due_on") if form.is_valid() else None
    side = "asker" if request.POST.get("side") == "asker" else "provider"
    return carry_out(
        request,
        lambda: actions.confirm_claim(claim, by=reader(request), side=side, due_on=due_on),
        done=_("Your side said yes."),
        page=_page(claim),
    )


@require_POST
def refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = _find(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return carry_out(
        request,
        lambda: actions.refuse_claim(claim, by=reader(request), reason=reason),
        done=_("The other side is told, with your reason."),
        page=_page(claim),
    )


@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = _find(request, pk)
    return carry_out(
        request,
        lambda: actions.withdraw_claim(claim, by=reader(request)),
        done=_("Taken back."),
        page=_page(claim),
    )
