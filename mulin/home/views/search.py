"""The page that finds everything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mulin.alliance.current import current_alliance
from mulin.alliance.models import Alliance
from mulin.home.finding import search as find_everywhere
from mulin.home.finding import summary

LONGEST = 100


def search(request: HttpRequest) -> HttpResponse:
    """What holds the words of `?q=` in the chosen alliance; who belongs to none finds nothing."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    alliances = list(Alliance.objects.visible_to(request.user).order_by("name")[:20])
    chosen = current_alliance(request) if alliances else None
    found = find_everywhere(words, alliance=chosen, reader=request.user) if chosen else []
    context = {
        "q": words,
        "found": found,
        "summary": summary(found),
        "alliance": chosen,
        "others": [one for one in alliances if one != chosen],
    }
    return render(request, "home/search.html", context)
