"""Pages for everybody: no sign-in, no names of persons, no contacts."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mulin.alliance.models import Alliance
from mulin.home import numbers
from mulin.home.views.inside import members_in_short
from mulin.lists.models import Item
from mulin.lists.queries.listing import state_of
from mulin.lists.views.rows import state_words

SHOWN = 6
A_PAGE = 30


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """The only public alliance, a list of them, or the sign-in."""
    alliances = list(Alliance.objects.filter(is_public=True).order_by("name")[:200])
    if len(alliances) == 1:
        return redirect("home:public_alliance", alliances[0].slug)
    if not alliances:
        return redirect("account_login")
    return render(request, "home/public.html", {"alliances": alliances})


@login_not_required
def public_alliance(request: HttpRequest, slug: str) -> HttpResponse:
    alliance = get_object_or_404(Alliance, slug=slug, is_public=True)
    promises = numbers.promised_this_year(alliance)
    states = [project.look_state for project in promises]
    whole = "all" in request.GET
    context = {
        "alliance": alliance,
        "shown": promises if whole else promises[:SHOWN],
        "count": len(promises),
        "whole": whole or len(promises) <= SHOWN,
        "done": states.count("done"),
        "under_way": states.count("agreed") + states.count("checking"),
        "late": states.count("late"),
        "needs": numbers.public_items(alliance, Item.Kind.NEED).count(),
        "resources": numbers.public_items(alliance, Item.Kind.RESOURCE).count(),
        "running": numbers.public_projects(alliance).count(),
        **members_in_short(alliance),
    }
    return render(request, "home/public_alliance.html", context)


@login_not_required
def public_items(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The published needs or resources: titles, units and how far they are; no contact, no detail.

    With `?done` those that are done.
    """
    alliance = get_object_or_404(Alliance, slug=slug, is_public=True)
    done = "done" in request.GET
    items = numbers.public_items(alliance, kind, done=done).select_related("organisation")
    order = "-asked_on" if done else "asked_on"
    page = Paginator(items.order_by(order, "pk"), A_PAGE).get_page(request.GET.get("page"))
    rows = [(item, state_of(item), state_words(state_of(item), kind)) for item in page]
    context = {
        "alliance": alliance,
        "page": page,
        "rows": rows,
        "done": done,
        "is_needs": kind == Item.Kind.NEED,
    }
    return render(request, "home/public_items.html", context)


@login_not_required
def public_projects(request: HttpRequest, slug: str) -> HttpResponse:
    """What is being done together, late first; with `?done` what those who asked accepted."""
    alliance = get_object_or_404(Alliance, slug=slug, is_public=True)
    done = "done" in request.GET
    rows = numbers.public_projects(alliance, done=done).prefetch_related("owners__organisation")
    order = "-closed_at" if done else "due_on"
    page = Paginator(rows.order_by(order, "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {"alliance": alliance, "page": page, "done": done}
    return render(request, "home/public_projects.html", context)
