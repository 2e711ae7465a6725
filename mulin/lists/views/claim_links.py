"""Answering a claim by a personal link, without signing in; and handing such links out."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.accounts.actions import find_link, use_link
from mulin.accounts.language import speak_to
from mulin.accounts.models import AnswerLink, Person
from mulin.lists import actions
from mulin.lists.actions.asking import PURPOSE, hand_out_links
from mulin.lists.forms.claims import ConfirmForm, GoOnForm
from mulin.lists.forms.items import ReasonForm
from mulin.lists.models import Claim
from mulin.lists.views.answers import reader
from mulin.lists.views.claims import find_claim
from mulin.lists.views.item_page import item_context
from mulin.lists.views.items import find_item
from mulin.lists.views.offers import CHOICE, Question, question_for, shown


@never_cache
@login_not_required
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One promise, yes or no; nothing of the alliance is shown but what is promised."""
    link = find_link(token, purpose=PURPOSE)
    if link is None:
        raise Http404
    speak_to(request, link.person)
    if link.expires_at <= timezone.now() or link.revoked_at:
        return render(request, "lists/answer_expired.html", status=410)
    claim = get_object_or_404(_claims(), pk=link.subject)
    problem = ""
    if request.method == "POST":
        try:
            _answer_once(request, link, claim)
            return redirect("lists:answer_claim", token)
        except ValidationError as error:
            problem = " ".join(error.messages)
        except PermissionDenied as error:
            problem = str(error)
    offer = shown(link.person, claim)
    context = {"offer": offer, "claim": claim, "problem": problem, "usable": link.is_usable}
    return render(request, "lists/claim_answer.html", context, status=422 if problem else 200)


def _claims() -> QuerySet[Claim]:
    return Claim.objects.select_related(
        "need__alliance", "need__organisation", "organisation", "resource", "project"
    ).prefetch_related("partners__organisation")


@transaction.atomic
def _answer_once(request: HttpRequest, link: AnswerLink, claim: Claim) -> None:
    """Spend the link together with the answer: a refused answer leaves it usable."""
    question = question_for(link.person, claim)
    if not question.what or not use_link(link):
        raise PermissionDenied(_("This has been answered already."))
    if request.POST.get("answer") == "no":
        _say_no(request, claim, question, link.person)
    else:
        _say_yes(request, claim, question, link.person)


def _say_no(request: HttpRequest, claim: Claim, question: Question, person: Person) -> None:
    form = ReasonForm(request.POST)
    _require_valid(form)
    reason = form.cleaned_data["reason"]
    if question.partner:
        actions.decline_part(question.partner, by=person, reason=reason)
    else:
        actions.refuse_claim(claim, by=person, reason=reason)


def _require_valid(form: Form) -> None:
    if not form.is_valid():
        raise ValidationError([str(one) for errors in form.errors.values() for one in errors])


def _say_yes(request: HttpRequest, claim: Claim, question: Question, person: Person) -> None:
    if question.what == CHOICE:
        choice = GoOnForm(request.POST)
        _require_valid(choice)
        actions.go_on_without(claim, by=person, amount=choice.share_for(claim))
        return
    form = ConfirmForm(request.POST)
    form.is_valid()
    due_on, seen = form.cleaned_data.get("due_on"), form.cleaned_data.get("version")
    if question.partner:
        actions.join_claim(question.partner, by=person, seen=seen)
    else:
        actions.confirm_claim(claim, by=person, side=question.what, due_on=due_on, seen=seen)


@require_POST
def links(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the personal links of those still asked, once, to be passed on by hand."""
    claim = find_claim(request, pk)
    made = [
        (person, unit, request.build_absolute_uri(path))
        for person, unit, path in hand_out_links(claim, by=reader(request))
    ]
    context = item_context(request, find_item(request, claim.need_id))
    return render(request, "lists/item.html", {**context, "links": made, "linked": claim})
