"""Choosing the text size, and showing the gallery of components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mulin.web.context import TEXT_SIZE_COOKIE, TEXT_SIZES
from mulin.web.gallery import specimens

A_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    size = request.POST.get("size", "")
    if size not in TEXT_SIZES:
        return HttpResponseBadRequest()
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        TEXT_SIZE_COOKIE,
        size,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.MULIN_DEMO):
        raise Http404
    return render(request, "web/gallery.html", specimens())
