"""A partner's yes or no, and going on without it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.lists import actions, rules
from mulin.lists.forms.claims import ConfirmForm, GoOnForm
from mulin.lists.forms.items import ReasonForm
from mulin.lists.models import Claim, Partner
from mulin.lists.views.answers import carry_out, reader, refused_form
from mulin.lists.views.claims import find_claim, page_of, said_yes


def _find(request: HttpRequest, pk: uuid.UUID) -> Partner:
    seen = Partner.objects.filter(claim__in=Claim.objects.visible_to(reader(request)))
    return get_object_or_404(seen.select_related("claim__need", "organisation"), pk=pk)


@require_POST
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    partner, form = _find(request, pk), ConfirmForm(request.POST)
    form.is_valid()
    seen, undo = form.cleaned_data.get("version"), reverse("lists:answer_again", args=[pk])
    return carry_out(
        request,
        lambda: actions.join_claim(partner, by=reader(request), seen=seen),
        done=lambda joined: said_yes(joined.claim),
        page=page_of(partner.claim),
        undo=undo,
    )


@require_POST
def decline(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    partner, form = _find(request, pk), ReasonForm(request.POST)
    rules.may_decline(reader(request), partner).require()
    if not form.is_valid():
        return refused_form(request, form, page=page_of(partner.claim))
    reason = form.cleaned_data["reason"]
    return carry_out(
        request,
        lambda: actions.decline_part(partner, by=reader(request), reason=reason),
        done=_("The others are told, with your reason."),
        page=page_of(partner.claim),
        undo=reverse("lists:answer_again", args=[pk]),
    )


@require_POST
def again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    partner = _find(request, pk)
    title = partner.claim.need.title
    return carry_out(
        request,
        lambda: actions.answer_again(partner, by=reader(request)),
        done=_("Your answer to “%(title)s” is taken back.") % {"title": title},
        page=page_of(partner.claim),
    )


@require_POST
def go_on(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    claim, form = find_claim(request, pk), GoOnForm(request.POST)
    rules.may_go_on(reader(request), claim).require()
    if not form.is_valid():
        return refused_form(request, form, page=page_of(claim))
    amount = form.share_for(claim)
    return carry_out(
        request,
        lambda: actions.go_on_without(claim, by=reader(request), amount=amount),
        done=_("You go on without it. The others are asked whether they go on too."),
        page=page_of(claim),
    )
