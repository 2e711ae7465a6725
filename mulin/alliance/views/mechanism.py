"""The numbered mechanism: reading it, and changing one heading at a time."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance import forms, rules
from mulin.alliance.actions import mechanism
from mulin.alliance.current import current_alliance
from mulin.alliance.models import MechanismNode
from mulin.alliance.queries import mechanism_of
from mulin.alliance.views.answering import attempt
from mulin.alliance.wording import heading_number
from mulin.web.answering import back


def page(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_edit = rules.may_edit(request.user, alliance)
    form = forms.HeadingForm(request.POST or None, alliance=alliance)
    if request.method == "POST":
        may_edit.require()
        if form.is_valid():
            mechanism.add_heading(alliance, by=request.user, **form.cleaned_data)
            return redirect("alliance:mechanism")
    headings = [
        (heading, heading_number(heading.path), len(heading.path))
        for heading in mechanism_of(alliance)
    ]
    context = {"alliance": alliance, "headings": headings, "may_edit": may_edit, "form": form}
    return render(request, "alliance/mechanism.html", context)


def _node(request: HttpRequest, pk: uuid.UUID) -> MechanismNode:
    nodes = MechanismNode.objects.select_related("parent", "alliance")
    return get_object_or_404(nodes, pk=pk, alliance=current_alliance(request))


def edit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    node = _node(request, pk)
    rules.may_edit(request.user, node.alliance).require()
    initial = {"heading": node.heading, "text": node.text, "parent": node.parent}
    form = forms.HeadingForm(request.POST or None, alliance=node.alliance, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, node, dict(form.cleaned_data))
        except PermissionDenied as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("alliance:mechanism")
    context = {"alliance": node.alliance, "node": node, "form": form}
    return render(request, "alliance/heading.html", context)


@transaction.atomic
def _save(request: HttpRequest, node: MechanismNode, values: dict) -> None:
    parent = values.pop("parent")
    if (parent and parent.pk) != node.parent_id:
        mechanism.move_heading(node, by=request.user, parent=parent, position=10_000)
    mechanism.rewrite_heading(node, by=request.user, **values)


@require_POST
def change(request: HttpRequest, pk: uuid.UUID, what: str) -> HttpResponse:
    """Up, down, remove."""
    node = _node(request, pk)

    def move(by: int) -> Callable[[], object]:
        return lambda: mechanism.move_heading(
            node, by=request.user, parent=node.parent, position=node.position + by
        )

    words, act = {
        "up": (_("Moved up."), move(-1)),
        "down": (_("Moved down."), move(1)),
        "remove": (
            _("The heading and what stood under it are removed."),
            lambda: mechanism.remove_heading(node, by=request.user),
        ),
    }[what]
    attempt(request, words, act)
    return back(request, reverse("alliance:mechanism"))
