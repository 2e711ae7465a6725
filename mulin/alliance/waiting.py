"""What waits for a coordinator of the alliance: units nobody answers for, a lead that runs out."""

import datetime
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.alliance.models import Alliance, Membership, Post, Side
from mulin.alliance.queries import Standing, leading_side
from mulin.alliance.wording import in_a_row
from mulin.notifications.notices import Answer, Waiting

AHEAD = timedelta(days=60)
A_YEAR = timedelta(days=365)


def waiting_for(standing: Standing) -> list[Waiting]:
    """For each side whose coordinator the person is."""
    if not standing.coordinated:
        return []
    held = Post.objects.filter(person=standing.person, role=Post.Role.COORDINATOR).current()
    sides = Side.objects.current().filter(organisation__in=held.values("organisation"))
    waiting: list[Waiting] = []
    for side in sides.select_related("alliance", "organisation"):
        waiting += _without_answerer(side)
        if side == leading_side(side.alliance):
            waiting += _without_next_term(side.alliance)
    return waiting


def _without_answerer(side: Side) -> list[Waiting]:
    answered = Post.objects.filter(role__in=Post.ANSWERS).current().values("organisation")
    members = Membership.objects.filter(side=side, role=Membership.Role.MEMBER).current()
    rows = members.exclude(organisation__in=answered).select_related("organisation")
    mute = [str(membership) for membership in rows.order_by("organisation__name")]
    if not mute:
        return []
    words = ngettext(
        "%(n)s unit has nobody who answers", "%(n)s units have nobody who answers", len(mute)
    )
    waiting = Waiting(
        seal="员",
        title=words % {"n": len(mute)},
        due_on=timezone.localdate(),
        detail=in_a_row(mute),
        url=reverse("alliance:posts"),
        answers=(Answer(_("Name a liaison"), reverse("alliance:posts"), opens=True),),
    )
    return [waiting]


def _without_next_term(alliance: Alliance) -> list[Waiting]:
    last = alliance.terms.order_by("-starts_on").first()
    ends: datetime.date = (last.starts_on if last else timezone.localdate() - A_YEAR) + A_YEAR
    if timezone.localdate() < ends - AHEAD:
        return []
    return [
        Waiting(
            seal="项",
            title=_("Plan who leads next"),
            due_on=ends,
            detail=_("After the last planned term nobody's turn is entered."),
            url=reverse("alliance:rotation"),
            answers=(Answer(_("Plan it"), reverse("alliance:rotation"), opens=True),),
        )
    ]
