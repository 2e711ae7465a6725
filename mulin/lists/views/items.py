"""An item's page, writing one, and the small answers its unit gives."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.accounts.keys import new_key
from mulin.alliance.current import current_alliance
from mulin.alliance.models import Alliance
from mulin.lists import actions, rules
from mulin.lists.forms.items import ItemForm, WordsForm, units_of
from mulin.lists.models import Item
from mulin.lists.queries.stages import staged
from mulin.lists.views.answers import carry_out, reader
from mulin.lists.views.item_page import item_context
from mulin.web.answering import back


def find_item(request: HttpRequest, pk: uuid.UUID) -> Item:
    """The item where the reader may see it, else 404."""
    seen = staged(Item.objects.visible_to(reader(request)).with_requests())
    return get_object_or_404(
        seen.select_related(
            "alliance", "organisation__parent", "category", "merged_into", "group", "by"
        ),
        pk=pk,
    )


def item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return render(request, "lists/item.html", item_context(request, find_item(request, pk)))


def new_item(request: HttpRequest) -> HttpResponse:
    """A form whose draft saves itself under a key given with the empty form."""
    alliance = current_alliance(request)
    kind = _kind(request)
    if not units_of(reader(request), alliance).exists():
        raise Http404
    draft = _draft(request)
    if request.method == "POST":
        return _write(request, alliance, kind, draft)
    form = _form(request, alliance, kind, draft)
    return _form_page(request, form, kind, draft.pk if draft else new_key())


def edit_item(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    rules.may_edit(reader(request), item).require()
    if request.method == "POST":
        return _write(request, item.alliance, item.kind, item)
    form = _form(request, item.alliance, item.kind, item)
    return _form_page(request, form, item.kind, item.pk)


def _kind(request: HttpRequest) -> str:
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    return asked if asked in Item.Kind.values else Item.Kind.NEED


def _draft(request: HttpRequest) -> Item | None:
    """The draft that was saved while this form was filled in."""
    try:
        key = uuid.UUID(request.POST.get("draft", ""))
    except ValueError:
        return None
    return Item.objects.visible_to(reader(request)).filter(pk=key).first()


def _form(
    request: HttpRequest, alliance: Alliance, kind: str, item: Item | None, posted: Any = None
) -> ItemForm:
    return ItemForm(posted, instance=item, person=reader(request), alliance=alliance, kind=kind)


def _form_page(request: HttpRequest, form: ItemForm, kind: str, draft: uuid.UUID) -> HttpResponse:
    address = reverse("lists:autosave", args=[draft])
    context = {"form": form, "kind": kind, "draft": draft, "autosave": address}
    return render(request, "lists/item_form.html", {**context, "is_need": kind == Item.Kind.NEED})


def _write(request: HttpRequest, alliance: Alliance, kind: str, item: Item | None) -> HttpResponse:
    """Save what was written, and hand it in where the button says so."""
    key = item.pk if item else None
    form = _form(request, alliance, kind, item, request.POST)
    if not form.is_valid():
        return _form_page(request, form, kind, key or new_key())
    saved = _save(request, alliance, kind, key, form.cleaned_data)
    page = reverse("lists:item", args=[saved.pk])
    if "submit" not in request.POST:
        return carry_out(request, lambda: None, done=_("The draft is saved."), page=page)
    done = _("Handed in. A coordinator reviews it.")
    return carry_out(
        request, lambda: actions.submit_item(saved, by=reader(request)), done=done, page=page
    )


def _save(
    request: HttpRequest, alliance: Alliance, kind: str, key: uuid.UUID | None, fields: dict
) -> Item:
    if key:
        rules.may_raise(reader(request), alliance, fields["organisation"]).require()
        return actions.edit_item(Item.objects.get(pk=key), by=reader(request), **fields)
    return actions.draft_item(alliance, by=reader(request), kind=kind, **fields)


@require_POST
def autosave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what has been written so far, as far as it is sound; the title must be there."""
    known = Item.objects.visible_to(reader(request)).filter(pk=pk).first()
    alliance = known.alliance if known else current_alliance(request)
    kind = known.kind if known else _kind(request)
    form = _form(request, alliance, kind, Item(pk=pk), request.POST)
    form.is_valid()
    sound = form.cleaned_data
    if not sound.get("title") or not sound.get("organisation"):
        return HttpResponseBadRequest()
    if known:
        actions.edit_item(known, by=reader(request), **sound)
    else:
        _draft_under(pk, request, alliance, kind, sound)
    return HttpResponse(status=204)


def _draft_under(
    pk: uuid.UUID, request: HttpRequest, alliance: Alliance, kind: str, fields: dict
) -> None:
    # A key somebody else's item has already isn't visible here and must not be written over.
    if Item.objects.filter(pk=pk).exists():
        raise Http404
    actions.draft_item(alliance, by=reader(request), kind=kind, pk=pk, **fields)


@require_POST
def submit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    return carry_out(
        request,
        lambda: actions.submit_item(item, by=reader(request)),
        done=_("Handed in. A coordinator reviews it."),
        page=reverse("lists:item", args=[pk]),
    )


@require_POST
def still_true(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    return carry_out(
        request,
        lambda: actions.say_still_true(item, by=reader(request)),
        done=_("“%(title)s” is still true, for another year.") % {"title": item.title},
        page=reverse("lists:item", args=[pk]),
    )


@require_POST
def withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    return carry_out(
        request,
        lambda: actions.withdraw_item(
            item, by=reader(request), reason=request.POST.get("reason", "")
        ),
        done=_("“%(title)s” is off the list.") % {"title": item.title},
        page=reverse("lists:item", args=[pk]),
        undo=reverse("lists:restore_item", args=[pk]),
    )


@require_POST
def restore(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    return carry_out(
        request,
        lambda: actions.restore_item(item, by=reader(request)),
        done=_("“%(title)s” is back.") % {"title": item.title},
        page=reverse("lists:item", args=[pk]),
    )


@require_POST
def comment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    item = find_item(request, pk)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return render(request, "lists/item.html", {**item_context(request, item), "words": form})
    actions.comment_on(item, by=reader(request), text=form.cleaned_data["text"])
    return back(request, reverse("lists:item", args=[pk]))
