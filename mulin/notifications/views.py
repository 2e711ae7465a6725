"""The inbox: reading, opening, marking as read."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from mulin.notifications.actions import read_all, read_message
from mulin.notifications.queries import inbox_of, unread_count
from mulin.web.answering import is_ours

A_PAGE = 30


def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(inbox_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "older": page.paginator.count - page.end_index(),
        "unread": unread_count(request.user),
    }
    return render(request, "notifications/inbox.html", context)


@require_POST
def open_message(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark as read and go where it leads; a post, so that no preview of a link reads it."""
    message = get_object_or_404(inbox_of(request.user), pk=pk)
    read_message(message)
    if is_ours(request, message.url):
        return redirect(message.url)
    return redirect("notifications:inbox")


@require_POST
def read_everything(request: HttpRequest) -> HttpResponse:
    read_all(request.user)
    return redirect("notifications:inbox")
