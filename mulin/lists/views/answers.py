"""How a POST is answered: done with a message, or why not, and back to where it came from."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from mulin.accounts.models import Person


def reader(request: HttpRequest) -> Person:
    """Who is signed in: the middleware lets nobody else into these pages."""
    return cast(Person, request.user)


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the checked `next` of the form, else to the thing's own page."""
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if allowed else otherwise)


def carry_out(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    done: str | Promise,
    page: str,
    undo: str = "",
) -> HttpResponse:
    """Act, say so (with an undo where there is one) and go back; a refusal is said instead."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, str(done), extra_tags=f"undo={undo}" if undo else "")
    return back(request, page)
