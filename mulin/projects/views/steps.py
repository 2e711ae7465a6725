"""What owners and supervisors post: progress, another date, done, a word, another owner."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.projects import actions
from mulin.projects.forms import DelayForm, DoneForm, HandOverForm, NoteForm, WordForm
from mulin.projects.models import Owner, Project
from mulin.projects.views.answers import back_to
from mulin.projects.views.pages import show, visible


def _take(
    request: HttpRequest, project: Project, form: Form, act: Callable[..., object], words: str
) -> HttpResponse:
    """Act on a well-filled form, else show the page with it and what is wrong."""
    if form.is_valid():
        try:
            act(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, words)
            return back_to(request, project.pk)
    return show(request, project, form, status=422)


@require_POST
def note(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    project = visible(request, pk)
    act = partial(actions.note_progress, project)
    return _take(request, project, NoteForm(request.POST), act, _("Written down."))


@require_POST
def word(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    project = visible(request, pk)
    act = partial(actions.supervise, project)
    return _take(request, project, WordForm(request.POST), act, _("Said; the owners are told."))


@require_POST
def delay(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    project = visible(request, pk)
    act = partial(actions.explain_delay, project)
    return _take(request, project, DelayForm(request.POST), act, _("The new date stands."))


@require_POST
def done(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    project = visible(request, pk)
    act = partial(actions.report_done, project)
    return _take(request, project, DoneForm(request.POST), act, _("Those who asked are asked now."))


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    owners = Owner.objects.filter(project__in=Project.objects.visible_to(request.user))
    owner = get_object_or_404(owners.select_related("project__alliance", "organisation"), pk=pk)

    def act(**said: object) -> object:
        return actions.hand_over_owner(owner, **said)

    form = HandOverForm(owner, request.POST)
    return _take(request, owner.project, form, act, _("Handed over."))
