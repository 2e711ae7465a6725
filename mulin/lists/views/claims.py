"""Offering, asking, both sides' yes or no, and what is changed or taken back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.lists import actions, rules
from mulin.lists.forms.claims import AskForm, ChangeForm, ClaimForm, ConfirmForm
from mulin.lists.forms.items import ReasonForm
from mulin.lists.models import Claim
from mulin.lists.views.answers import carry_out, reader, refused_form
from mulin.lists.views.item_page import item_context
from mulin.lists.views.items import find_item


def find_claim(request: HttpRequest, pk: uuid.UUID) -> Claim:
    """The claim where the reader may see it, else 404."""
    seen = Claim.objects.visible_to(reader(request))
    found = seen.select_related("need__alliance", "need__organisation", "organisation", "resource")
    return get_object_or_404(found, pk=pk)


def page_of(claim: Claim) -> str:
    return reverse("lists:item", args=[claim.need_id])


def said_yes(claim: Claim) -> str:
    """What to say after a yes: that the others are awaited, or that it is agreed."""
    words = {"title": claim.need.title}
    if claim.project_id:
        return _("Agreed by all: “%(title)s” is a project now.") % words
    return _("Your side said yes to “%(title)s”.") % words


@require_POST
def claim(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    need = find_item(request, pk)
    form = ClaimForm(request.POST, person=reader(request), need=need)
    if not form.is_valid():
        return render(request, "lists/item.html", {**item_context(request, need), "form": form})
    partners = form.cleaned_data.get("partners")
    done = _("Offered. The unit that asked is told and says yes or no.")
    if partners:
        done = _("Offered. The unit that asked and your partners are told and say yes or no.")
    return carry_out(
        request,
        lambda: actions.claim_need(need, by=reader(request), **form.cleaned_data),
        done=done,
        page=reverse("lists:item", args=[pk]),
        undo=lambda made: reverse("lists:withdraw_claim", args=[made.pk]),
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
        undo=lambda made: reverse("lists:withdraw_claim", args=[made.pk]),
    )


@require_POST
def confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = find_claim(request, pk)
    form, side = ConfirmForm(request.POST), side_of(request)
    form.is_valid()
    said = {"due_on": form.cleaned_data.get("due_on"), "seen": form.cleaned_data.get("version")}
    undo = reverse("lists:take_yes_back", args=[pk]) + f"?side={side}"
    return carry_out(
        request,
        lambda: actions.confirm_claim(claim, by=reader(request), side=side, **said),
        done=said_yes,
        page=page_of(claim),
        undo=undo,
    )


def side_of(request: HttpRequest) -> str:
    asked = request.POST.get("side") or request.GET.get("side")
    return "asker" if asked == "asker" else "provider"


@require_POST
def take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = find_claim(request, pk)
    return carry_out(
        request,
        lambda: actions.take_yes_back(claim, by=reader(request), side=side_of(request)),
        done=_("Your answer to “%(title)s” is taken back.") % {"title": claim.need.title},
        page=page_of(claim),
    )


@require_POST
def refuse(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = find_claim(request, pk)
    rules.may_refuse(reader(request), claim).require()
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form, page=page_of(claim))
    reason = form.cleaned_data["reason"]
    return carry_out(
        request,
        lambda: actions.refuse_claim(claim, by=reader(request), reason=reason),
        done=_("“%(title)s”: the other side is told, with your reason.")
        % {"title": claim.need.title},
        page=page_of(claim),
        undo=reverse("lists:reopen_claim", args=[pk]),
    )


@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = find_claim(request, pk)
    return carry_out(
        request,
        lambda: actions.withdraw_claim(claim, by=reader(request)),
        done=_("Taken back."),
        page=page_of(claim),
        undo=reverse("lists:reopen_claim", args=[pk]),
    )


@require_POST
def reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = find_claim(request, pk)
    return carry_out(
        request,
        lambda: actions.reopen_claim(claim, by=reader(request)),
        done=_("“%(title)s” can be agreed again.") % {"title": claim.need.title},
        page=page_of(claim),
    )


@require_POST
def change(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim = find_claim(request, pk)
    rules.may_change(reader(request), claim).require()
    form = ChangeForm(request.POST, person=reader(request), claim=claim)
    if not form.is_valid():
        return refused_form(request, form, page=page_of(claim))
    return carry_out(
        request,
        lambda: actions.change_claim(claim, by=reader(request), **form.cleaned_data),
        done=_("Changed. The others are asked again, because their yes was for the earlier offer."),
        page=page_of(claim),
    )
