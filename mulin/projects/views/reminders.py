"""Reminding the units that haven't answered, and handing out a link that answers for one."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.projects import actions
from mulin.projects.models import Acceptance, Project
from mulin.projects.views.pages import show, visible


@require_POST
def remind(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    count = len(actions.remind_silent(visible(request, pk), by=request.user))
    words = ngettext("%(count)d unit was reminded.", "%(count)d units were reminded.", count)
    messages.success(request, words % {"count": count})
    return redirect("projects:project", pk)


@never_cache
@require_POST
def personal_link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a unit's personal links once, to be passed on by hand; nothing else keeps them."""
    rows = Acceptance.objects.filter(project__in=Project.objects.visible_to(request.user))
    acceptance = get_object_or_404(rows.select_related("organisation", "project"), pk=pk)
    links = [
        (person, request.build_absolute_uri(path))
        for person, path in actions.hand_out_link(acceptance, by=request.user)
    ]
    return show(request, visible(request, acceptance.project_id), links=links, linked=acceptance)
