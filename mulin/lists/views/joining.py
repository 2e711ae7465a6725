"""Pages behind a group link that anyone in the chat may open: choose your unit, enter the code."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mulin.lists.actions.joining import join_with_code, send_code
from mulin.lists.forms.rounds import CodeForm, UnitForm
from mulin.lists.models import CollectionRound, Submission


@never_cache
@login_not_required
def group_link(request: HttpRequest, token: str) -> HttpResponse:
    collection = get_object_or_404(CollectionRound, group_token=token)
    submissions = collection.submissions.filter(sent_at=None).select_related("organisation__parent")
    units = [(str(one.pk), one.organisation.full_name) for one in submissions]
    form = UnitForm(request.POST or None, units=units)
    if collection.state == CollectionRound.State.OPEN and form.is_valid():
        chosen = get_object_or_404(submissions, pk=form.cleaned_data["unit"])
        send_code(chosen)
        return redirect("lists:group_code", token, chosen.pk)
    return render(request, "lists/join.html", {"round": collection, "form": form, "units": units})


@never_cache
@login_not_required
def group_code(request: HttpRequest, token: str, pk: uuid.UUID) -> HttpResponse:
    """The words are the same whether or not somebody could be reached."""
    found = Submission.objects.select_related("round__alliance", "organisation__parent")
    submission = get_object_or_404(found, pk=pk, round__group_token=token)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if path := join_with_code(submission, code=form.cleaned_data["code"]):
            return redirect(path)
        form.add_error(
            "code",
            _("This code isn't right or has ended: it lasts 15 minutes and allows five tries."),
        )
    return render(request, "lists/join_code.html", {"submission": submission, "form": form})
