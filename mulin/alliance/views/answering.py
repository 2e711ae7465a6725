"""How these views answer: a refusal is said where the person stands, not on a page of its own."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, page: str, *args: object) -> HttpResponse:
    """To `next` where that is one of our pages, else to the page named."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(wanted)
    return redirect(page, *args)


def attempt(request: HttpRequest, words: str, act: Callable[[], object], *, undo: str = "") -> bool:
    """Do it and say so; where a rule refuses, say its reason instead."""
    try:
        act()
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, words, extra_tags=f"undo={undo}" if undo else "")
    return True


def say_errors(request: HttpRequest, form: Form) -> None:
    """Put a form's errors beside the page's notices, for forms that stand on another page."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label} {error}".strip())
