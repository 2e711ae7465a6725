"""Saying that other requests ask for the same as this one, in whichever community they arose."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mulin.lists.queries.worded import worded_like
from mulin.lists.rules.items import may_merge
from mulin.lists.views.answers import reader
from mulin.lists.views.items import find_item


def same(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The open requests worded most like this one; ticking and merging is `review.merge`."""
    item = find_item(request, pk)
    may_merge(reader(request), item).require()
    words = request.GET.get("q", "").strip()
    context = {"item": item, "others": worded_like(item, words or item.title), "q": words}
    return render(request, "lists/same.html", context)
