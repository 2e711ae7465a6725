"""What an alliance is called, its sides, and founding another one."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.alliance import forms, rules
from mulin.alliance.actions import sides
from mulin.alliance.actions.founding import found_alliance
from mulin.alliance.current import SESSION_KEY, current_alliance
from mulin.alliance.models import Membership, Side
from mulin.alliance.views.answering import take
from mulin.web.answering import back, say_done


def edit(request: HttpRequest) -> HttpResponse:
    """Name, introduction, public page; beside it the sides, added and ended by date."""
    alliance = current_alliance(request)
    rules.may_edit(request.user, alliance).require()
    form = forms.AllianceTextForm(request.POST or None, instance=alliance)
    if request.method == "POST" and form.is_valid():
        sides.edit_alliance(alliance, by=request.user, **form.cleaned_data)
        say_done(request, _("Changed."))
        return redirect("alliance:edit_alliance")
    may_change = rules.may_change_sides(request.user, alliance)
    context = {
        "alliance": alliance,
        "form": form,
        "sides": _sides(alliance),
        "may_change": may_change,
        "add": forms.SideForm(alliance=alliance) if may_change else None,
        "may_found": rules.may_found(request.user),
    }
    return render(request, "alliance/edit_alliance.html", context)


def _sides(alliance) -> list[dict]:
    """Every side there ever was, its dates, and how many members would leave with it."""
    held = Membership.objects.filter(alliance=alliance).order_by("from_on")
    shown = []
    for side in alliance.sides.select_related("organisation"):
        own = [row for row in held if row.side_id == side.pk]
        shown.append(
            {
                "side": side,
                "dated": next((row for row in reversed(own) if row.role == "side"), None),
                "members": sum(row.until_on is None and row.role != "side" for row in own),
            }
        )
    return shown


def _side(request: HttpRequest, pk: uuid.UUID) -> Side:
    sides_here = current_alliance(request).sides.select_related("alliance", "organisation")
    return get_object_or_404(sides_here, pk=pk)


@require_POST
def add_side(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    rules.may_change_sides(request.user, alliance).require()
    form = forms.SideForm(request.POST, alliance=alliance)
    words = _("“%(name)s” is a side; its communities are members.")
    return take(
        request,
        form,
        partial(sides.add_side, alliance),
        done=lambda values: words % {"name": values["organisation"]},
        page=reverse("alliance:edit_alliance"),
    )


@require_POST
def end_side(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    side, form = _side(request, pk), forms.UntilForm(request.POST)
    rules.may_change_sides(request.user, side.alliance).require()
    return take(
        request,
        form,
        partial(sides.end_side, side),
        done=_("“%(name)s” has its last day; its members leave with it.") % {"name": side},
        page=reverse("alliance:edit_alliance"),
        undo=reverse("alliance:keep_side", args=[pk]),
    )


@require_POST
def keep_side(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    side = _side(request, pk)
    count = sides.keep_side(side, by=request.user)
    words = ngettext("%(n)d membership goes on.", "%(n)d memberships go on.", count)
    say_done(request, words % {"n": count})
    return back(request, reverse("alliance:edit_alliance"))


def new(request: HttpRequest) -> HttpResponse:
    """Found another alliance, which then is the one in view; its posts come next."""
    rules.may_found(request.user).require()
    form = forms.FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["organisations"] = list(values["organisations"])
        alliance = found_alliance(values.pop("name"), by=request.user, **values)
        request.session[SESSION_KEY] = str(alliance.pk)
        words = _("“%(name)s” is founded. Appoint a coordinator for each side.")
        say_done(request, words % {"name": alliance})
        return redirect("alliance:posts")
    return render(request, "alliance/new_alliance.html", {"form": form})
