"""Posts: who holds which, appointing, ending, handing over, the welcome link."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.alliance import forms, rules
from mulin.alliance.actions import posts
from mulin.alliance.current import current_alliance
from mulin.alliance.models import Alliance, Post
from mulin.alliance.queries import organisations_under
from mulin.alliance.views.answering import take
from mulin.web.answering import back

WELCOME = "welcome_link"


def _posts(alliance: Alliance):
    held = Post.objects.filter(organisation__in=organisations_under(alliance).values("pk"))
    return held.select_related("person", "organisation__parent")


def page(request: HttpRequest) -> HttpResponse:
    alliance = current_alliance(request)
    may_edit = rules.may_edit(request.user, alliance)
    form = forms.AppointForm(request.POST or None, alliance=alliance) if may_edit else None
    if request.method == "POST":
        may_edit.require()
        if form.is_valid() and _appoint(request, alliance, form.cleaned_data):
            return redirect("alliance:posts")
    current = _posts(alliance).current().order_by("organisation__name", "role")
    context = {
        "alliance": alliance,
        "posts": current,
        "form": form,
        "may_edit": may_edit,
        "hand_over": forms.HandOverForm(alliance=alliance),
        "until": forms.UntilForm(),
        "welcome": request.session.pop(WELCOME, None),
    }
    return render(request, "alliance/posts.html", context)


def _appoint(request: HttpRequest, alliance: Alliance, values: dict) -> bool:
    organisation, person = values["organisation"], values["person"]
    spec = {"role": values["role"], "from_on": values["from_on"]}
    try:
        if person:
            posts.appoint(organisation, alliance=alliance, by=request.user, person=person, **spec)
        else:
            new = {key: values[key] for key in ("name", "username", "email")}
            post, token = posts.appoint_newcomer(
                organisation, alliance=alliance, by=request.user, **spec, **new
            )
            _show_link(request, str(post.person), token)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("The post is given."))
    return True


def _show_link(request: HttpRequest, name: str, token: str) -> None:
    """Kept for the next page only, because the database knows just its hash."""
    url = request.build_absolute_uri(reverse("accounts:welcome", args=[token]))
    request.session[WELCOME] = {"name": name, "url": url}


@require_POST
def end(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    alliance, form = current_alliance(request), forms.UntilForm(request.POST)
    post = get_object_or_404(_posts(alliance), pk=pk)
    act, page = partial(posts.end_post, post, alliance=alliance), reverse("alliance:posts")
    return take(request, form, act, done=_("The post has its last day."), page=page)


@require_POST
def hand_over(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    alliance = current_alliance(request)
    post = get_object_or_404(_posts(alliance), pk=pk)
    form = forms.HandOverForm(request.POST, alliance=alliance)
    act, page = partial(posts.hand_over_post, post, alliance=alliance), reverse("alliance:posts")
    return take(request, form, act, done=_("The post is handed over."), page=page)


@require_POST
def welcome_again(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """A fresh link for a person who hasn't chosen a password yet."""
    alliance = current_alliance(request)
    post = get_object_or_404(_posts(alliance), pk=pk)
    rules.may_appoint(request.user, post.organisation, alliance, post.role).require()
    if post.person.has_usable_password():
        messages.error(request, _("This person has a password; it is reset by e-mail."))
    else:
        _show_link(request, str(post.person), posts.send_welcome(post.person))
    return back(request, reverse("alliance:posts"))
