"""Groups with their members, and places with their jurisdiction."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance import forms, rules
from mulin.alliance.actions import groups
from mulin.alliance.current import current_alliance
from mulin.alliance.models import Group, GroupMember, Place
from mulin.alliance.views.answering import take


def page(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_edit = rules.may_edit(request.user, alliance)
    form = forms.GroupForm(request.POST or None, alliance=alliance) if may_edit else None
    if request.method == "POST":
        may_edit.require()
        if form.is_valid():
            values = {**form.cleaned_data, "members": list(form.cleaned_data["members"])}
            groups.add_group(alliance, by=request.user, **values)
            return redirect("alliance:groups")
    context = {
        "alliance": alliance,
        "groups": alliance.groups.prefetch_related("members__organisation__parent"),
        "form": form,
        "may_edit": may_edit,
        "join": forms.JoinForm(alliance=alliance) if may_edit else None,
        "until": forms.UntilForm(),
    }
    return render(request, "alliance/groups.html", context)


@require_POST
def join(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    alliance = current_alliance(request)
    group = get_object_or_404(Group, pk=pk, alliance=alliance)
    form = forms.JoinForm(request.POST, alliance=alliance)
    act, page = partial(groups.join_group, group), reverse("alliance:groups")
    return take(request, form, act, done=_("It belongs to the group."), page=page)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    alliance, form = current_alliance(request), forms.UntilForm(request.POST)
    member = get_object_or_404(GroupMember, pk=pk, group__alliance=alliance)
    act, page = partial(groups.leave_group, member), reverse("alliance:groups")
    return take(request, form, act, done=_("It leaves the group."), page=page)


def places(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_edit = rules.may_edit(request.user, alliance)
    form = forms.PlaceForm(request.POST or None, alliance=alliance) if may_edit else None
    if request.method == "POST":
        may_edit.require()
        if form.is_valid():
            groups.add_place(alliance, by=request.user, **form.cleaned_data)
            return redirect("alliance:places")
    context = {
        "alliance": alliance,
        "places": alliance.places.prefetch_related("jurisdictions__organisation"),
        "form": form,
        "may_edit": may_edit,
        "hand": forms.JurisdictionForm(alliance=alliance) if may_edit else None,
    }
    return render(request, "alliance/places.html", context)


@require_POST
def hand_place(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    alliance = current_alliance(request)
    place = get_object_or_404(Place, pk=pk, alliance=alliance)
    form = forms.JurisdictionForm(request.POST, alliance=alliance)
    act, page = partial(groups.hand_place_to, place), reverse("alliance:places")
    done = _("The jurisdiction is entered with its date.")
    return take(request, form, act, done=done, page=page)
