"""What waits for a person in the lists, and what others have in hand."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.alliance.queries import Standing
from mulin.lists.models import CollectionRound, Item, Submission
from mulin.lists.waiting.claims import claims_held, claims_waiting, voiceless
from mulin.lists.waiting.coordinating import coordination_waiting, rounds_held
from mulin.lists.waiting.imports import imports_waiting
from mulin.notifications.notices import Answer, Waiting

ASK_BEFORE = 14
AT_MOST = 20


def waiting_for(standing: Standing) -> list[Waiting]:
    """Everything in the lists this person is asked to answer, the most urgent first."""
    bodies = standing.bodies
    found = [
        *_submissions(bodies),
        *claims_waiting([*bodies, *voiceless(standing)]),
        *_returned(bodies),
        *_expiring(bodies),
        *coordination_waiting(standing),
        *imports_waiting(standing.person),
    ]
    return sorted(found, key=lambda one: one.due_on)


def _submissions(bodies: list) -> list[Waiting]:
    asked = Submission.objects.filter(
        organisation__in=bodies, sent_at=None, round__state=CollectionRound.State.OPEN
    ).select_related("round", "organisation")
    return [
        Waiting(
            seal="征",
            title=format_lazy(
                _("{title}: answer for {unit}"), title=one.round, unit=one.organisation
            ),
            due_on=one.round.closes_on,
            detail=one.round.message,
            url=reverse("lists:submission", args=[one.pk]),
            answers=(
                Answer(_("Fill it in"), reverse("lists:submission", args=[one.pk]), opens=True),
            ),
        )
        for one in asked[:AT_MOST]
    ]


def _returned(bodies: list) -> list[Waiting]:
    back = Item.objects.filter(organisation__in=bodies, state=Item.State.RETURNED)
    return [
        Waiting(
            seal="需" if item.is_need else "资",
            title=format_lazy(_("Sent back: {title}"), title=item.title),
            due_on=timezone.localdate(item.created_at),
            detail=item.reason,
            url=reverse("lists:item", args=[item.pk]),
            answers=(
                Answer(_("Change it"), reverse("lists:edit_item", args=[item.pk]), opens=True),
            ),
        )
        for item in back[:AT_MOST]
    ]


def _expiring(bodies: list) -> list[Waiting]:
    until = timezone.localdate() + datetime.timedelta(days=ASK_BEFORE)
    ending = Item.objects.filter(
        organisation__in=bodies, state=Item.State.PUBLISHED, expires_on__lte=until, taken=0
    )
    return [
        Waiting(
            seal="需" if item.is_need else "资",
            title=format_lazy(_("Still true? {title}"), title=item.title),
            due_on=item.expires_on or until,
            url=reverse("lists:item", args=[item.pk]),
            answers=(
                Answer(_("Still true"), reverse("lists:still_true", args=[item.pk])),
                Answer(_("No longer"), reverse("lists:withdraw_item", args=[item.pk])),
            ),
        )
        for item in ending[:AT_MOST]
    ]


def held_by_others(standing: Standing) -> list[Waiting]:
    """What this person has set going and others must answer: claims, and missing answers."""
    return [*claims_held(standing.bodies), *rounds_held(standing)]
