"""Chooses the language of each request: the person's own, else the cookie, else 简体中文."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from mulin.accounts.models import Person


def language_of(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen not in known and request.user.is_authenticated:
        chosen = request.user.language
    return chosen if chosen in known else settings.LANGUAGE_CODE


def speak_to(request: HttpRequest, person: Person) -> None:
    """Answer in the language of who was sent a personal link, unless this device chose one.

    Whoever is signed in has their own language already.
    """
    known = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in known or request.user.is_authenticated or person.language not in known:
        return
    translation.activate(person.language)
    request.LANGUAGE_CODE = person.language


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(language_of(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
