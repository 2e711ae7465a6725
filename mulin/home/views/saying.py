"""Saying something on the public page, and seeing later what became of it."""

import uuid

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from mulin.alliance.models import Alliance
from mulin.home.forms import SayForm
from mulin.lists.actions.hearing import hear_resident
from mulin.lists.models import Item
from mulin.lists.queries.listing import state_of
from mulin.lists.queries.stages import staged

SALT = "said"
MOST, AN_HOUR = 5, 3600


@never_cache
@login_not_required
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """A short word to the alliance; no account, no contact, a private address to look again."""
    alliance = get_object_or_404(Alliance, slug=slug, is_public=True)
    form = SayForm(request.POST if request.method == "POST" else None, alliance=alliance)
    # People don't see this field; what fills in every field does.
    is_robot = bool(request.POST.get("website"))
    if form.is_valid() and not is_robot:
        try:
            _slow_down(request)
            item = hear_resident(alliance, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("home:said", slug, signing.dumps(str(item.pk), salt=SALT))
    status = 422 if form.errors or is_robot else 200
    return render(request, "home/say.html", {"alliance": alliance, "form": form}, status=status)


def _slow_down(request: HttpRequest) -> None:
    """A few an hour from one address, of which only a keyed digest is remembered, for that hour."""
    address = get_adapter().get_client_ip(request)  # as seen by our proxies, where there are some
    key = f"said:{salted_hmac(SALT, address, secret=settings.SECRET_KEY).hexdigest()}"
    cache.add(key, 0, AN_HOUR)
    if cache.incr(key) > MOST:
        raise ValidationError(_("That was a lot in one hour. Please come back later."))


@never_cache
@login_not_required
def said(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """What became of a resident's word, for who holds its address."""
    alliance = get_object_or_404(Alliance, slug=slug, is_public=True)
    try:
        key = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    items = staged(Item.objects.filter(alliance=alliance)).select_related("organisation")
    item = get_object_or_404(items, pk=key)
    while item.merged_into_id:
        item = get_object_or_404(items, pk=item.merged_into_id)
    context = {
        "alliance": alliance,
        "item": item,
        "state": state_of(item),
        "own": key == item.pk,
        "address": request.build_absolute_uri(),
    }
    answer = render(request, "home/said.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
