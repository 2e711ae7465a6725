"""Pages for those who are signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from mulin.alliance.current import current_alliance
from mulin.alliance.models import Alliance, Membership, Organisation
from mulin.alliance.queries import (
    Standing,
    is_supervisor,
    leading_side,
    organisations_of,
    sides_of,
)
from mulin.home import answered, numbers
from mulin.home import desk as desks
from mulin.home.context import remember
from mulin.home.year import ring_of
from mulin.lists.models import Comment
from mulin.projects.models import Note, Project
from mulin.projects.queries import owned_by

SHOWN = 10


def desk(request: HttpRequest) -> HttpResponse:
    if "done" in request.GET or "undone" in request.GET:
        return _settle(request)
    standing = Standing(request.user)
    tasks = desks.waiting_for(standing)
    remember(request.user, len(tasks))
    over = sum(task.due_on < timezone.localdate() for task in tasks)
    context = {
        "days": desks.by_day(tasks, answered.answered_lately(request)),
        "open_day": tasks[0].due_on if tasks else None,
        "held": desks.held_by_others(standing),
        "waiting_count": len(tasks),
        "over": over,
        "in_time": len(tasks) - over,
        "raises": request.user.is_operator or organisations_of(request.user).exists(),
        "hour": timezone.localtime().hour,
    }
    return render(request, "home/desk.html", context)


def _settle(request: HttpRequest) -> HttpResponse:
    """Back from an answer given on the desk, or from its undo: note it, and show the desk."""
    if "done" in request.GET:
        answered.take_from_notices(request, request.GET["done"])
    else:
        answered.forget(request, request.GET["undone"])
    return redirect("home:desk")


def alliance(request: HttpRequest) -> HttpResponse:
    if request.user.is_operator and not Alliance.objects.exists():
        return redirect("alliance:new_alliance")
    chosen = current_alliance(request)
    mine = Project.objects.filter(owned_by(request.user), alliance=chosen).late()
    context = {
        "alliance": chosen,
        "alliances": Alliance.objects.visible_to(request.user),
        "ring": ring_of(chosen),
        "needs": numbers.open_needs(chosen),
        "promises": numbers.promises_due(chosen),
        "late": numbers.late_in_hands(chosen, set(mine.values_list("pk", flat=True))),
        "supervises": is_supervisor(request.user, chosen),
        **members_in_short(chosen),
    }
    return render(request, "home/alliance.html", context)


def members_in_short(alliance: Alliance) -> dict:
    current = Membership.objects.current().filter(alliance=alliance)
    kinds = list(current.values_list("organisation__kind", "role"))
    plain = [kind for kind, role in kinds if role == Membership.Role.MEMBER]
    communities = plain.count(Organisation.Kind.COMMUNITY)
    return {
        "sides": sides_of(alliance),
        "leading": leading_side(alliance),
        "communities": communities,
        "units": len(plain) - communities,
    }


def overview(request: HttpRequest) -> HttpResponse:
    """The truth at a glance, for a supervisor, open to every member of the alliance."""
    chosen = current_alliance(request)
    unanswered = Project.objects.filter(
        alliance=chosen,
        state=Project.State.DELIVERED,
        acceptances__answer_by__lt=timezone.localdate(),
    ).distinct()
    context = {
        "alliance": chosen,
        "states": numbers.project_states(chosen),
        "needs": numbers.open_needs(chosen),
        "late": numbers.late_in_hands(chosen, set()),
        "unanswered": unanswered.prefetch_related("acceptances__organisation"),
        "groups": numbers.by_unit(chosen),
        "longest": numbers.waiting_longest(chosen),
        "words": _words(chosen),
        "supervises": is_supervisor(request.user, chosen),
    }
    return render(request, "home/overview.html", context)


def _words(alliance: Alliance) -> list[dict]:
    """The latest words of supervisors on projects and of supervisors and coordinators on items."""
    notes = Note.objects.filter(project__alliance=alliance, is_supervision=True)
    comments = Comment.objects.filter(item__alliance=alliance)
    said: list[dict] = []
    for note in notes.select_related("project", "by").order_by("-written_at")[:SHOWN]:
        url = reverse("projects:project", args=[note.project_id])
        said.append({"word": note, "title": note.project.title, "url": url})
    for comment in comments.select_related("item", "by").order_by("-written_at")[:SHOWN]:
        url = reverse("lists:item", args=[comment.item_id])
        said.append({"word": comment, "title": comment.item.title, "url": url})
    return sorted(said, key=lambda row: row["word"].written_at, reverse=True)[:SHOWN]
