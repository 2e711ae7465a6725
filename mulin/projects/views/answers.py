"""Saying whether it is done: signed in, or by a personal link out of a chat or e-mail."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.accounts.actions import find_link, use_link
from mulin.accounts.language import speak_to
from mulin.accounts.models import AnswerLink
from mulin.projects import actions
from mulin.projects.actions.acceptances import PURPOSE
from mulin.projects.forms import AnswerForm
from mulin.projects.models import Acceptance, Project
from mulin.projects.rules import may_answer
from mulin.web.answering import back, say_done


def back_to(request: HttpRequest, project_id: uuid.UUID) -> HttpResponse:
    """To where the form came from, else to the project."""
    return back(request, reverse("projects:project", args=[project_id]))


def _visible(request: HttpRequest, pk: uuid.UUID) -> Acceptance:
    rows = Acceptance.objects.filter(project__in=Project.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("project"), pk=pk)


@require_POST
def accept(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    acceptance = _visible(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the two answers."))
        return back_to(request, acceptance.project_id)
    given = form.cleaned_data["answer"]
    try:
        actions.answer_acceptance(acceptance, by=request.user, answer=given, words=form.said())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back_to(request, acceptance.project_id)
    _say_answered(request, acceptance, given)
    return back_to(request, acceptance.project_id)


def _say_answered(request: HttpRequest, acceptance: Acceptance, given: str) -> None:
    acceptance.project.refresh_from_db()
    title = acceptance.project.title
    if given == Acceptance.Answer.OBJECTED:
        messages.success(request, _("“%s” stays open; the owners are told.") % title)
    elif acceptance.project.state == Project.State.CLOSED:
        messages.success(request, _("“%s” is closed.") % title)
    else:
        undo = reverse("projects:take_back", args=[acceptance.pk])
        say_done(request, _("You accepted “%s”; others are still asked.") % title, undo=undo)


@require_POST
def take_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    acceptance = _visible(request, pk)
    actions.take_back_answer(acceptance, by=request.user)
    messages.success(request, _("Your answer is taken back."))
    return back_to(request, acceptance.project_id)


@never_cache
@login_not_required
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One question, two answers; nothing of the alliance but the project's title is shown."""
    link = find_link(token, purpose=PURPOSE)
    if link is None:
        raise Http404
    speak_to(request, link.person)
    acceptance = get_object_or_404(
        Acceptance.objects.select_related("project", "organisation__successor"), pk=link.subject
    )
    form, problem = AnswerForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _answer_once(link, acceptance, form)
            return redirect("projects:answer", token)
        except ValidationError as error:
            problem = " ".join(error.messages)
        except PermissionDenied as error:
            problem = str(error)
    context = {
        "acceptance": acceptance,
        "verdict": may_answer(link.person, acceptance),
        "usable": AnswerLink.objects.usable().filter(pk=link.pk).exists(),
        "problem": problem,
    }
    return render(request, "projects/answer.html", context, status=422 if problem else 200)


@transaction.atomic
def _answer_once(link: AnswerLink, acceptance: Acceptance, form: AnswerForm) -> None:
    """Spend the link together with the answer: a refused answer leaves it usable."""
    if not use_link(link):
        raise PermissionDenied(_("This link has been used already."))
    actions.answer_acceptance(
        acceptance, by=link.person, answer=form.cleaned_data["answer"], words=form.said()
    )
