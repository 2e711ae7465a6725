"""How these views answer: a refusal is said where the person stands, not on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from mulin.web.answering import back, say_done, say_errors


def attempt(request: HttpRequest, words: str, act: Callable[[], object], *, undo: str = "") -> None:
    """Do it and say so; where a rule refuses, say its reason instead."""
    try:
        act()
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    else:
        say_done(request, words, undo=undo)


def take(
    request: HttpRequest,
    form: Form,
    act: Callable[..., object],
    *,
    done: str | Callable[[dict[str, Any]], str],
    page: str,
    undo: str = "",
) -> HttpResponse:
    """Act on a well-filled form, else say what is wrong with it; then back, else to `page`.

    act: gets `by` and the form's values. done: the words, or what makes them of those values.
    """
    if form.is_valid():
        values = form.cleaned_data
        words = done(values) if callable(done) else done
        attempt(request, words, lambda: act(by=request.user, **values), undo=undo)
    else:
        say_errors(request, form)
    return back(request, page)
