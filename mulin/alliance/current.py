"""Which alliance this request is about."""

import uuid

from django.http import Http404, HttpRequest

from mulin.alliance.models import Alliance, AllianceQuerySet

SESSION_KEY = "alliance"


def current_alliance(request: HttpRequest) -> Alliance:
    """The visible alliance named in `?alliance=` (remembered), else the remembered, else the first.

    Raises Http404 where the named one isn't visible to the reader, or none is.
    """
    visible = Alliance.objects.visible_to(request.user).order_by("name", "pk")
    if named := request.GET.get("alliance"):
        alliance = _find(visible, named)
        if alliance is None:
            raise Http404
        request.session[SESSION_KEY] = str(alliance.pk)
        return alliance
    remembered = request.session.get(SESSION_KEY, "")
    alliance = (remembered and _find(visible, remembered)) or visible.first()
    if alliance is None:
        raise Http404
    return alliance


def _find(alliances: AllianceQuerySet, named: str) -> Alliance | None:
    """By address (slug) or by key."""
    try:
        return alliances.filter(pk=uuid.UUID(named)).first()
    except ValueError:
        return alliances.filter(slug=named).first()
