"""Showing the gallery of components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mulin.web.gallery import specimens


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.MULIN_DEMO):
        raise Http404
    return render(request, "web/gallery.html", specimens())
