"""Pages for everybody: no sign-in, no names of persons, no contacts."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from mulin.alliance.models import Alliance
from mulin.home import numbers
from mulin.home.views.inside import members_in_short
from mulin.lists.models import Item

SHOWN = 6


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
    published = Item.objects.filter(alliance=alliance).published()
    context = {
        "alliance": alliance,
        "shown": promises if whole else promises[:SHOWN],
        "count": len(promises),
        "whole": whole or len(promises) <= SHOWN,
        "done": states.count("done"),
        "under_way": states.count("agreed") + states.count("checking"),
        "late": states.count("late"),
        "needs": numbers.open_needs(alliance).count,
        "resources": published.resources().count(),
        "running": alliance.projects.running().count(),
        **members_in_short(alliance),
    }
    return render(request, "home/public_alliance.html", context)
