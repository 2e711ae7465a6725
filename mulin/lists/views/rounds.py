"""Pages on which a coordinator runs collection rounds."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mulin.alliance.current import current_alliance
from mulin.lists.actions.joining import hand_out_link
from mulin.lists.actions.rounds import freeze_round, open_round, remind_missing, reopen_round
from mulin.lists.forms.rounds import ReopenForm, RoundForm
from mulin.lists.models import CollectionRound
from mulin.lists.queries.rounds import (
    reminder_words,
    rounds_of,
    submissions_of,
    visible_submission,
)
from mulin.lists.rules.rounds import may_run_round
from mulin.web.answering import back


def rounds(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    context = {
        "rounds": rounds_of(alliance),
        "may_run": may_run_round(request.user, alliance),
    }
    return render(request, "lists/rounds.html", context)


def new_round(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_run_round(request.user, alliance).require()
    form = RoundForm(request.POST or None, alliance=alliance)
    if form.is_valid():
        try:
            collection = open_round(alliance, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("organisations", error)
        else:
            messages.success(
                request, _("Everybody asked has been told, each with a link of their own.")
            )
            return redirect("lists:round", collection.pk)
    return render(request, "lists/round_new.html", {"form": form})


def round_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return _round_page(request, _round(request, pk))


def _round(request: HttpRequest, pk: uuid.UUID) -> CollectionRound:
    visible = CollectionRound.objects.visible_to(request.user).select_related("alliance")
    return get_object_or_404(visible, pk=pk)


def _round_page(request: HttpRequest, collection: CollectionRound, **more: object) -> HttpResponse:
    submissions = submissions_of(collection)
    missing = [submission for submission in submissions if not submission.sent_at]
    address = request.build_absolute_uri(reverse("lists:group_link", args=[collection.group_token]))
    context = {
        "round": collection,
        "submissions": submissions,
        "missing": missing,
        "reminder": reminder_words(collection, missing, address),
        "may_run": may_run_round(request.user, collection.alliance),
        "reopen_form": ReopenForm(),
        **more,
    }
    return render(request, "lists/round.html", context)


@require_POST
def remind(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    count = remind_missing(_round(request, pk), by=request.user)
    words = ngettext("%(count)d unit was reminded.", "%(count)d units were reminded.", count)
    messages.success(request, words % {"count": count})
    return back(request, reverse("lists:round", args=[pk]))


@require_POST
def freeze(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    freeze_round(_round(request, pk), by=request.user)
    messages.success(
        request, _("The lists of this round are frozen. They can be opened again below.")
    )
    return redirect("lists:round", pk)


@require_POST
def reopen(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    collection = _round(request, pk)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        return _round_page(request, collection, reopen_form=form)
    reopen_round(collection, by=request.user, **form.cleaned_data)
    messages.success(request, _("The round takes answers again."))
    return redirect("lists:round", pk)


@require_POST
def personal_link(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a unit's personal links once, to be passed on by hand; nothing else keeps them."""
    submission = get_object_or_404(visible_submission(request.user, pk))
    links = [
        (person, request.build_absolute_uri(path))
        for person, path in hand_out_link(submission, by=request.user)
    ]
    return _round_page(request, submission.round, links=links, linked=submission)
