"""How a POST is answered: done with a message, or why not, and back to where it came from."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from mulin.accounts.models import Person

Done = TypeVar("Done")


def reader(request: HttpRequest) -> Person:
    """Who is signed in: the middleware lets nobody else into these pages."""
    return cast(Person, request.user)


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the checked `next` of the form, else to the thing's own page."""
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(wanted if allowed else otherwise)


def carry_out(
    request: HttpRequest,
    act: Callable[[], Done],
    *,
    done: str | Promise | Callable[[Done], str | Promise],
    page: str,
    undo: str | Callable[[Done], str] = "",
) -> HttpResponse:
    """Act, say so (with an undo where there is one) and go back; a refusal is said instead.

    done, undo: the words and the address, or what makes them of what the act returns.
    """
    try:
        result = act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = done(result) if callable(done) else done
        address = undo(result) if callable(undo) else undo
        messages.success(request, str(words), extra_tags=f"undo={address}" if address else "")
    return back(request, page)


def refused_form(request: HttpRequest, form: Form, *, page: str) -> HttpResponse:
    """Say what is wrong with a form that has no page of its own, and go back."""
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))
    return back(request, page)
