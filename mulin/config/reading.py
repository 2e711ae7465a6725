"""Lets every page that only reads ask its questions about rights once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from mulin.alliance.queries.once import reading


class ReadingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with reading():
            return self.get_response(request)
