"""The page on which a unit answers a round: signed in, or behind a personal link."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mulin.accounts.actions import find_link, use_link
from mulin.accounts.language import speak_to
from mulin.accounts.models import AnswerLink, Person
from mulin.lists.actions import submissions as answering
from mulin.lists.actions.rounds import PURPOSE
from mulin.lists.forms.rounds import RowForm
from mulin.lists.models import Item, Submission
from mulin.lists.queries.rounds import visible_submission
from mulin.lists.queries.submissions import last_rows, new_rows, sent_rows
from mulin.lists.rules.rounds import may_answer_round


@dataclass(frozen=True)
class Visit:
    """Who answers which submission, at which address, by which link."""

    submission: Submission
    person: Person
    here: str
    link: AnswerLink | None = None


def submission(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(visible_submission(request.user, pk))
    here = reverse("lists:submission", args=[pk])
    return _answer(request, Visit(found, request.user, here))


@never_cache
@login_not_required
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The same page without sign-in; sending spends the link, which then shows what was sent."""
    link = find_link(token, purpose=PURPOSE)
    if link is None:
        raise Http404
    speak_to(request, link.person)
    if link.expires_at <= timezone.now() or link.revoked_at:
        return render(request, "lists/answer_expired.html", status=410)
    found = Submission.objects.select_related("round__alliance", "organisation")
    here = reverse("lists:answer", args=[token])
    visit = Visit(get_object_or_404(found, pk=link.subject), link.person, here, link)
    return _answer(request, visit)


def _answer(request: HttpRequest, visit: Visit) -> HttpResponse:
    verdict = may_answer_round(visit.person, visit.submission)
    if not verdict:
        return _show(request, visit, verdict=verdict, rows_sent=sent_rows(visit.submission))
    form = RowForm(request.POST if _adds(request) else None)
    if request.method == "POST" and _done(request, visit, form):
        return redirect(visit.here)
    context = {
        "verdict": verdict,
        "form": form,
        "rows": last_rows(visit.submission),
        "added": new_rows(visit.submission),
    }
    return _show(request, visit, **context)


def _adds(request: HttpRequest) -> bool:
    """Whether a row was filled in: what somebody typed before sending goes with it."""
    sends = request.POST.get("do") == "send" and bool(request.POST.get("title", "").strip())
    return sends or request.POST.get("do") == "add"


def _show(request: HttpRequest, visit: Visit, **context: object) -> HttpResponse:
    base = "web/base_public.html" if visit.link else "web/base.html"
    context |= {"submission": visit.submission, "person": visit.person, "base": base}
    return render(request, "lists/submission.html", context)


def _done(request: HttpRequest, visit: Visit, form: RowForm) -> bool:
    """Carry out the one answer that was posted; false where its form has to be shown again."""
    do, submission, by = request.POST.get("do", ""), visit.submission, visit.person
    if form.is_bound and not form.is_valid():
        return False
    if do == "add":
        answering.add_row(submission, by=by, **form.fields_of_item())
        messages.success(request, _("Added."))
    elif do == "confirm_all":
        answering.confirm_all_rows(submission, by=by)
    elif do == "send":
        _send(request, visit, form)
    elif do in ("confirm", "drop", "undo"):
        row = _row(last_rows(submission), request)
        verb = {
            "confirm": answering.confirm_row,
            "drop": answering.drop_row,
            "undo": answering.undo_row,
        }
        verb[do](submission, row=row, by=by)
    elif do == "remove":
        answering.remove_row(submission, item=_row(new_rows(submission), request), by=by)
    else:
        raise Http404
    return True


def _row(rows, request: HttpRequest) -> Item:
    try:
        return get_object_or_404(rows, pk=uuid.UUID(request.POST.get("row", "")))
    except ValueError as error:
        raise Http404 from error


@transaction.atomic
def _send(request: HttpRequest, visit: Visit, form: RowForm) -> None:
    if visit.link and not use_link(visit.link):
        raise Http404
    if form.is_bound:
        answering.add_row(visit.submission, by=visit.person, **form.fields_of_item())
    answering.send_submission(visit.submission, by=visit.person)
    messages.success(
        request, _("Sent. The coordinator reviews it, and you hear what became of it.")
    )
