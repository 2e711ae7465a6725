"""The list of projects, and the page of one."""

import uuid

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from mulin.alliance.current import current_alliance
from mulin.alliance.models import Organisation
from mulin.alliance.queries import is_coordinator
from mulin.history.models import Audience
from mulin.history.wording import Told, by_day, tell
from mulin.projects.forms import DelayForm, DoneForm, HandOverForm, NoteForm, WordForm
from mulin.projects.models import Project, ProjectQuerySet
from mulin.projects.queries import owned_by, silences, silent_of
from mulin.projects.rules import (
    may_answer,
    may_hand_out_link,
    may_hand_over,
    may_remind,
    may_report,
    may_supervise,
)
from mulin.projects.wording import reminder_words

STATES = ("running", "late", "delivered", "closed")
PAGE = 30
OPEN = (Audience.PUBLIC, Audience.ALLIANCE)


def projects(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    rows = Project.objects.filter(alliance=alliance)
    if mine := bool(request.GET.get("mine")):
        rows = rows.filter(owned_by(request.user))
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words))
    if month := request.GET.get("due") == "month":
        today = timezone.localdate()
        rows = rows.filter(due_on__year=today.year, due_on__month=today.month)
    if silent := _unit(request.GET.get("silent", "")):
        rows = rows.filter(pk__in=silences().filter(organisation=silent).values("project"))
    state = request.GET.get("state", "")
    shown = _in_state(rows, state).prefetch_related(
        "owners__organisation", "owners__side__organisation", "owners__person"
    )
    page = Paginator(shown.order_by("due_on"), PAGE).get_page(request.GET.get("page"))
    context = {
        "alliance": alliance,
        "page": page,
        "state": state,
        "mine": mine,
        "month": month,
        "silent": silent,
        "q": words,
        "counts": _counts(rows),
    }
    return render(request, "projects/projects.html", context)


def _unit(key: str) -> Organisation | None:
    """The unit of the address; an unreadable key is as if not given."""
    try:
        return Organisation.objects.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def _in_state(rows: ProjectQuerySet, state: str) -> ProjectQuerySet:
    if state == "late":
        return rows.late()
    if state == "running":
        return rows.filter(state=state, due_on__gte=timezone.localdate())
    if state in Project.State.values:
        return rows.filter(state=state)
    return rows if state == "all" else rows.running()


def _counts(rows: ProjectQuerySet) -> dict[str, int]:
    late = Q(state=Project.State.RUNNING, due_on__lt=timezone.localdate())
    return rows.order_by().aggregate(
        open=Count("pk", filter=Q(state__in=["running", "delivered"])),
        late=Count("pk", filter=late),
        running=Count("pk", filter=Q(state="running") & ~late),
        delivered=Count("pk", filter=Q(state="delivered")),
        closed=Count("pk", filter=Q(state="closed")),
        all=Count("pk"),
    )


def project(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return show(request, visible(request, pk))


def visible(request: HttpRequest, pk: uuid.UUID) -> Project:
    """The project, or 404 for who may not know of it."""
    rows = Project.objects.visible_to(request.user).select_related("alliance", "group")
    return get_object_or_404(rows, pk=pk)


def show(
    request: HttpRequest, project: Project, *wrong: Form, status: int = 200, **more: object
) -> HttpResponse:
    """The page, with the form that was filled in wrongly in its place."""
    person = request.user
    by_kind = {type(form): form for form in wrong}
    works = may_report(person, project)
    forms = {
        name: by_kind.get(kind) or kind()
        for name, kind in (("note", NoteForm), ("delay", DelayForm), ("done", DoneForm))
        if works
    }
    if may_supervise(person, project):
        forms["word"] = by_kind.get(WordForm) or WordForm()
    context = {
        "project": project,
        "alliance": project.alliance,
        "forms": forms,
        "owners": _owners(person, project, by_kind),
        "rounds": _rounds(person, project),
        "notes": project.notes.select_related("by"),
        "askers": project.askers.select_related("organisation"),
        "story": by_day(_story(person, project)),
        "subject": project.pk,
        **_asking(request, project),
        **more,
    }
    return render(request, "projects/project.html", context, status=status)


def _asking(request: HttpRequest, project: Project) -> dict:
    """For those who may remind: which units are silent, and the words for the chat."""
    silent = silent_of(project) if may_remind(request.user, project) else []
    if not silent:
        return {}
    page = request.build_absolute_uri(reverse("projects:project", args=[project.pk]))
    return {"silent": silent, "reminder": reminder_words(project, silent, page)}


def _story(person, project: Project) -> list[Told]:
    scopes = [project.alliance_id]
    return tell(project.pk, reader=person, audiences=OPEN, scopes=scopes)


def _owners(person, project: Project, by_kind: dict) -> list[tuple]:
    owners = project.owners.select_related(
        "organisation__successor", "side__organisation", "person"
    )
    wrong = by_kind.get(HandOverForm)
    shown = []
    for owner in owners:
        form = wrong if wrong and wrong.owner.pk == owner.pk else HandOverForm(owner)
        usable = may_hand_over(person, owner) and (form.is_bound or form.has_choices)
        shown.append((owner, form if usable else None))
    return shown


def _rounds(person, project: Project) -> list[dict]:
    """Per acceptance: the answer, what the reader may do about it, whether it is past its day."""
    rows = project.acceptances.select_related("organisation__successor", "answered_by")
    today, coordinates = timezone.localdate(), is_coordinator(person, project.alliance)
    shown = []
    for row in rows.order_by("-round", "asked_at", "organisation__name"):
        row.project = project
        shown.append(
            {
                "row": row,
                "is_mine": bool(may_answer(person, row)),
                "may_link": coordinates and bool(may_hand_out_link(person, row)),
                "is_over": row.answer_by < today,
            }
        )
    return shown
