"""How a POST is answered: done with a message, or why not, and back to where it came from."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from mulin.accounts.models import Person
from mulin.web.answering import back, say_done, say_errors

Done = TypeVar("Done")


def reader(request: HttpRequest) -> Person:
    """Who is signed in: the middleware lets nobody else into these pages."""
    return cast(Person, request.user)


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
        say_done(request, words, undo=address)
    return back(request, page)


def refused_form(request: HttpRequest, form: Form, *, page: str) -> HttpResponse:
    """Say what is wrong with a form that has no page of its own, and go back."""
    say_errors(request, form)
    return back(request, page)
