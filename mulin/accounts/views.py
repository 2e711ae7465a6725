"""One's own settings, the language and text size of this device, and the first password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
)
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mulin.accounts import actions
from mulin.accounts.forms import ProfileForm
from mulin.accounts.models import Person, TextSize
from mulin.web.answering import back
from mulin.web.context import TEXT_SIZE_COOKIE

A_YEAR = 365 * 24 * 3600


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with translation.override(person.language or None):
            messages.success(request, _("Saved."))
        response = redirect("accounts:profile")
        _remember(response, TEXT_SIZE_COOKIE, person.text_size)
        if person.language:
            _remember(response, settings.LANGUAGE_COOKIE_NAME, person.language)
        else:
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response
    return render(request, "accounts/profile.html", {"form": form})


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        Person.objects.filter(pk=request.user.pk).update(language=language)
    response = back(request, "/")
    _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@login_not_required
@require_POST
def set_text_size(request: HttpRequest) -> HttpResponse:
    size = request.POST.get("size", "")
    if size not in TextSize.values:
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        Person.objects.filter(pk=request.user.pk).update(text_size=size)
    response = back(request, "/")
    _remember(response, TEXT_SIZE_COOKIE, size)
    return response


@login_not_required
@sensitive_post_parameters()
@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """A new person's one-time link: choose the first password."""
    link = actions.find_link(token, purpose=actions.WELCOME)
    if link is None:
        raise Http404
    if not link.is_usable:
        return render(request, "accounts/welcome_over.html", status=410)
    form = SetPasswordForm(link.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if actions.choose_first_password(link, password=form.cleaned_data["new_password1"]):
            messages.success(request, _("Your password is set. Sign in with it."))
            return redirect("account_login")
        return render(request, "accounts/welcome_over.html", status=410)
    return render(request, "accounts/welcome.html", {"form": form, "person": link.person})
