"""What no request may bring: refused before anything of it is read or lies on the disk."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class LimitsMiddleware:
    """Answers 413 to what is larger than any form here, and 400 to an address with a NUL in it.

    Django's own limits leave out files, which it writes to the disk before it asks who sent them.
    A request without a length is read as empty. PostgreSQL takes no NUL, and forms refuse it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.LARGEST_REQUEST:
            return HttpResponse("Too large / 太大", status=413, content_type="text/plain")
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("Bad address / 地址有误", status=400, content_type="text/plain")
        return self.get_response(request)
