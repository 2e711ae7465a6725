"""The charter page, the tree of organisations, and one organisation."""

import uuid
from collections.abc import Callable
from functools import partial

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance import forms, rules
from mulin.alliance.actions import memberships, organisations
from mulin.alliance.current import current_alliance
from mulin.alliance.models import Membership, Organisation
from mulin.alliance.queries import charter_of, leading_side, tree_of
from mulin.alliance.views.answering import attempt, take
from mulin.hanzi import fold
from mulin.web.answering import back


def charter(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_edit = rules.may_edit(request.user, alliance)
    context = {
        "alliance": alliance,
        "sides": charter_of(alliance),
        "leading": leading_side(alliance),
        "may_edit": may_edit,
        "form": forms.AdmitForm(alliance=alliance) if may_edit else None,
        "until": forms.UntilForm(),
    }
    return render(request, "alliance/charter.html", context)


@require_POST
def admit(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    form = forms.AdmitForm(request.POST, alliance=alliance)
    return take(
        request,
        form,
        partial(memberships.admit_member, alliance),
        done=lambda values: _("“%(name)s” is a member.") % {"name": values["organisation"]},
        page=reverse("alliance:charter"),
    )


def _membership(request: HttpRequest, pk: uuid.UUID) -> Membership:
    return get_object_or_404(Membership, pk=pk, alliance=current_alliance(request))


@require_POST
def end_membership(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    membership, form = _membership(request, pk), forms.UntilForm(request.POST)
    return take(
        request,
        form,
        partial(memberships.end_membership, membership),
        done=_("The membership of “%(name)s” has its last day.") % {"name": membership},
        page=reverse("alliance:charter"),
        undo=reverse("alliance:reopen_membership", args=[pk]),
    )


@require_POST
def reopen_membership(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    membership = _membership(request, pk)
    attempt(
        request,
        _("“%(name)s” stays a member.") % {"name": membership},
        lambda: memberships.reopen_membership(membership, by=request.user),
    )
    return back(request, reverse("alliance:charter"))


def tree(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    bodies, asked = tree_of(alliance), request.GET.get("q", "").strip()
    if asked:
        bodies = [body for body in bodies if fold(asked) in fold(body.full_name)]
    may_edit = rules.may_edit(request.user, alliance)
    context = {"alliance": alliance, "bodies": bodies, "q": asked, "may_edit": may_edit}
    return render(request, "alliance/organisations.html", context)


def new(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    rules.may_edit(request.user, alliance).require()
    form = forms.OrganisationForm(request.POST or None, alliance=alliance)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        side, from_on = values.pop("side"), values.pop("from_on")
        body = organisations.add_organisation(alliance, by=request.user, **values)
        attempt(
            request,
            _("“%(name)s” is a member.") % {"name": body},
            lambda: memberships.admit_member(
                alliance, by=request.user, organisation=body, side=side, from_on=from_on
            ),
        )
        return redirect("alliance:organisation", body.pk)
    return render(request, "alliance/new_organisation.html", {"alliance": alliance, "form": form})


def _seen(request: HttpRequest, pk: uuid.UUID) -> Organisation:
    """One of the alliance's organisations or of those above them; else 404."""
    seen = {body.pk for body in tree_of(current_alliance(request))}
    bodies = Organisation.objects.filter(pk__in=seen).select_related("parent", "successor")
    return get_object_or_404(bodies, pk=pk)


def one(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    alliance, body = current_alliance(request), _seen(request, pk)
    may_edit = rules.may_edit_organisation(request.user, body, alliance)
    context = {
        "alliance": alliance,
        "body": body,
        "may_edit": may_edit,
        "posts": body.posts.current().select_related("person"),
        "children": body.children.order_by("kind", "name"),
        "memberships": body.memberships.filter(alliance=alliance).select_related("side"),
        "rename": forms.RenameForm(auto_id="rename_%s"),
        "code": forms.CodeForm(auto_id="code_%s"),
        "dissolve": forms.DissolveForm(alliance=alliance, auto_id="dissolve_%s")
        if may_edit
        else None,
    }
    return render(request, "alliance/organisation.html", context)


@require_POST
def change(request: HttpRequest, pk: uuid.UUID, what: str) -> HttpResponse:
    """Rename, give a code, dissolve: one form each on the organisation's page."""
    alliance, body = current_alliance(request), _seen(request, pk)
    words = {
        "rename": _("The new name is entered; the old one keeps its dates."),
        "code": _("The code is entered."),
        "dissolve": _("It is dissolved; its successor acts for it."),
    }
    choices: dict[str, tuple[Form, Callable[..., object]]] = {
        "rename": (forms.RenameForm(request.POST), organisations.rename_organisation),
        "code": (forms.CodeForm(request.POST), organisations.give_code),
        "dissolve": (
            forms.DissolveForm(request.POST, alliance=alliance),
            organisations.dissolve_organisation,
        ),
    }
    form, act = choices[what]
    page = reverse("alliance:organisation", args=[body.pk])
    return take(request, form, partial(act, body, alliance=alliance), done=words[what], page=page)
