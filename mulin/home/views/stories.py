"""The story of one thing: to read, to print, and as a Word file."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from mulin.alliance.models import Alliance
from mulin.documents.word import docx
from mulin.history.models import Audience, Words
from mulin.history.wording import Told, by_day, known_of, tell
from mulin.home.documents import story_sheet

WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN = (Audience.PUBLIC, Audience.ALLIANCE)


def story(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """The dated story of anything in one of the reader's alliances; 404 where nothing is told."""
    visible = {alliance.pk: alliance for alliance in Alliance.objects.visible_to(request.user)}
    lines = tell(subject, reader=request.user, audiences=OPEN, scopes=visible)
    if not any(subject in line.about for line in lines):
        raise Http404
    known = known_of([subject], reader=request.user, scopes=visible).get(subject, {})
    title = str(known.get("label") or _label(subject))
    if request.GET.get("format") == "docx":
        return _word_file(title, lines)
    days = by_day(lines)
    context = {
        "story": days,
        "title": title,
        "thing_url": known.get("url", ""),
        "alliance": next(iter(visible.values())) if len(visible) == 1 else None,
        "from_on": days[0][0],
        "until_on": days[-1][0],
        "days": (days[-1][0] - days[0][0]).days + 1,
    }
    return render(request, "home/story.html", context)


def _label(subject: uuid.UUID) -> str:
    """What the thing was called when something last happened to it."""
    words = Words.objects.filter(event__subject=subject).exclude(label="")
    return words.order_by("-event__happened_at").values_list("label", flat=True).first() or ""


def _word_file(title: str, lines: list[Told]) -> HttpResponse:
    answer = HttpResponse(docx(story_sheet(title, lines)), content_type=WORD_FILE)
    name = f"{title[:60]}-{timezone.localdate():%Y%m%d}.docx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer
