"""The rotation: terms, planning one more, skipping, swapping, the order of the sides."""

import uuid
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance import forms, rules
from mulin.alliance.actions import rotation
from mulin.alliance.current import current_alliance
from mulin.alliance.models import LeadTerm
from mulin.alliance.queries import leading_side, sides_of
from mulin.alliance.views.answering import attempt, take
from mulin.web.answering import back


def page(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_run = rules.may_run_rotation(request.user, alliance)
    form = forms.TermForm(request.POST or None, alliance=alliance)
    if request.method == "POST":
        may_run.require()
        if form.is_valid():
            rotation.plan_term(alliance, by=request.user, **form.cleaned_data)
            return redirect("alliance:rotation")
    terms = list(alliance.terms.select_related("side__organisation"))
    today = timezone.localdate()
    context = {
        "alliance": alliance,
        "sides": sides_of(alliance),
        "leading": leading_side(alliance),
        "running": next((t for t in reversed(terms) if t.starts_on <= today), None),
        "following": next((t for t in terms if t.starts_on > today), None),
        "terms": terms,
        "today": today,
        "may_run": may_run,
        "form": form,
        "skip": forms.SkipForm(),
        "swap": forms.SwapForm(alliance=alliance),
    }
    return render(request, "alliance/rotation.html", context)


@require_POST
def skip(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    term = get_object_or_404(LeadTerm, pk=pk, alliance=current_alliance(request))
    form = forms.SkipForm(request.POST)
    act, page = partial(rotation.skip_term, term), reverse("alliance:rotation")
    done = _("The turn is skipped; the later ones moved forward.")
    return take(request, form, act, done=done, page=page)


@require_POST
def swap(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    alliance = current_alliance(request)
    term = get_object_or_404(LeadTerm, pk=pk, alliance=alliance)
    form = forms.SwapForm(request.POST, alliance=alliance)
    act, page = partial(rotation.swap_terms, term), reverse("alliance:rotation")
    return take(request, form, act, done=_("The two terms are swapped."), page=page)


@require_POST
def first(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put one side at the head of the order, the others after it as they were."""
    alliance = current_alliance(request)
    sides = list(sides_of(alliance))
    chosen = get_object_or_404(alliance.sides, pk=pk)
    order = [chosen, *(side for side in sides if side.pk != chosen.pk)]
    attempt(
        request,
        _("The order is changed."),
        lambda: rotation.set_order(alliance, by=request.user, sides=order),
    )
    return back(request, reverse("alliance:rotation"))
