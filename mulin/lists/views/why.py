"""The page that answers why any open need and any open resource are not proposed together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mulin.alliance.current import current_alliance
from mulin.lists.views.why_page import pair_context


def why_not(request: HttpRequest) -> HttpResponse:
    return render(request, "lists/why_not.html", pair_context(request, current_alliance(request)))
