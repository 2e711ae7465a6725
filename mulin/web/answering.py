"""How a POST is answered: back to where it came from, with a notice of what was done or refused."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether the address leads to one of our own pages, as safely as this request came."""
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())


def back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the form's `next` where that is one of our pages, else to the address given."""
    wanted = request.POST.get("next", "")
    return HttpResponseRedirect(wanted if is_ours(request, wanted) else otherwise)


def say_done(request: HttpRequest, words: str | Promise, *, undo: str = "") -> None:
    """Say what was done; `undo` is the address that takes it back."""
    messages.success(request, str(words), extra_tags=f"undo={undo}" if undo else "")


def say_errors(request: HttpRequest, form: BaseForm) -> None:
    """Put a form's errors among the notices, for a form that has no page of its own."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label} {error}".strip())
