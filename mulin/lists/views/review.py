"""The coordinators' review: what was handed in, and like requests to merge."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.alliance.current import current_alliance
from mulin.lists import actions
from mulin.lists.forms.items import ReasonForm
from mulin.lists.models import Item
from mulin.lists.queries.merges import suggestions
from mulin.lists.rules.proposals import may_propose
from mulin.lists.views.answers import carry_out, reader
from mulin.lists.views.items import find_item
from mulin.web.answering import back

SHOWN = 30


def review(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_propose(reader(request), alliance).require()
    waiting = Item.objects.filter(alliance=alliance, state=Item.State.SUBMITTED)
    rows = waiting.select_related("organisation__parent", "category", "carried_from", "same_as")
    context = {
        "alliance": alliance,
        "items": rows.order_by("kind", "asked_on", "pk")[:SHOWN],
        "count": waiting.count(),
        "suggestions": suggestions(alliance),
    }
    return render(request, "lists/review.html", context)


@require_POST
def publish(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    return carry_out(
        request,
        lambda: actions.publish_item(item, by=reader(request)),
        done=_("Published: “%(title)s”.") % {"title": item.title},
        page=reverse("lists:review"),
        undo=reverse("lists:withdraw_item", args=[pk]),
    )


@require_POST
def publish_all(request: HttpRequest) -> HttpResponse:
    """Publish the items that were ticked."""
    keys = _keys(request.POST.getlist("item"))
    items = Item.objects.visible_to(reader(request)).filter(pk__in=keys, state=Item.State.SUBMITTED)
    count = 0
    for item in items.order_by("asked_on", "pk"):
        actions.publish_item(item, by=reader(request))
        count += 1
    messages.success(
        request, ngettext("%(n)d item published.", "%(n)d items published.", count) % {"n": count}
    )
    return back(request, reverse("lists:review"))


@require_POST
def send_back(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item, form = find_item(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the reason, so that the unit knows what to change."))
        return back(request, reverse("lists:review"))
    return carry_out(
        request,
        lambda: actions.return_item(item, by=reader(request), reason=form.cleaned_data["reason"]),
        done=_("Sent back with your reason."),
        page=reverse("lists:review"),
    )


@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """Merge the ticked items into the first; `into` names it."""
    into = find_item(request, _key(request.POST.get("into", "")))
    items = _chosen(request, into)
    return carry_out(
        request,
        lambda: _merge(request, into, items),
        done=_("Merged into “%(title)s”; who asked is kept.") % {"title": into.title},
        page=reverse("lists:review"),
        undo=reverse("lists:unmerge_all", args=[into.pk]) + "?" + _query(items),
    )


def _merge(request: HttpRequest, into: Item, items: list[Item]) -> None:
    if not items:
        raise ValidationError(_("Tick at least two requests to merge them."))
    actions.merge_items(into, items=items, by=reader(request))


@require_POST
def apart(request: HttpRequest) -> HttpResponse:
    into = find_item(request, _key(request.POST.get("into", "")))
    others = _chosen(request, into)
    return carry_out(
        request,
        lambda: actions.keep_apart(into, others=others, by=reader(request)),
        done=_("Kept apart; this isn't suggested again."),
        page=reverse("lists:review"),
    )


@require_POST
def unmerge(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    return carry_out(
        request,
        lambda: actions.unmerge_item(item, by=reader(request)),
        done=_("“%(title)s” stands by itself again.") % {"title": item.title},
        page=reverse("lists:item", args=[pk]),
    )


@require_POST
@transaction.atomic
def unmerge_all(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo one merging: the items named in the address stand by themselves again."""
    into = find_item(request, pk)
    items = list(into.merged_items.filter(pk__in=_keys(request.GET.getlist("item"))))

    def take_apart() -> None:
        for item in items:
            actions.unmerge_item(item, by=reader(request))

    done = _("The requests stand by themselves again.")
    return carry_out(request, take_apart, done=done, page=reverse("lists:review"))


def _chosen(request: HttpRequest, into: Item) -> list[Item]:
    keys = _keys(request.POST.getlist("item"))
    return list(Item.objects.visible_to(reader(request)).filter(pk__in=keys).exclude(pk=into.pk))


def _keys(texts: list[str]) -> list[uuid.UUID]:
    """The keys, one or several separated by blanks in each text."""
    return [key for text in texts for word in text.split() if (key := _key(word)).int]


def _key(text: str) -> uuid.UUID:
    """The key; nobody's key where it isn't one, which then isn't found."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def _query(items: list[Item]) -> str:
    return "&".join(f"item={item.pk}" for item in items)
