"""What waits for a person in the lists, and what others have in hand."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.alliance.queries import is_coordinator
from mulin.lists.models import CollectionRound, Item, Proposal, Submission
from mulin.lists.waiting.claims import claims_held, claims_waiting
from mulin.notifications.notices import Answer, Waiting
from mulin.projects.queries import acting_bodies

ASK_BEFORE = 14
AT_MOST = 20


def waiting_for(person: Person) -> list[Waiting]:
    """Everything in the lists this person is asked to answer, the most urgent first."""
    bodies = acting_bodies(person)
    found = [
        *_submissions(bodies),
        *claims_waiting(bodies),
        *_returned(bodies),
        *_expiring(bodies),
        *_to_review(person),
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


def _to_review(person: Person) -> list[Waiting]:
    """One entry per alliance the person coordinates: items to review, proposals to decide."""
    found = []
    for alliance in Alliance.objects.visible_to(person):
        if not is_coordinator(person, alliance):
            continue
        found += _items_to_review(alliance) + _proposals(alliance)
    return found


def _items_to_review(alliance: Alliance) -> list[Waiting]:
    handed_in = Item.objects.filter(alliance=alliance, state=Item.State.SUBMITTED)
    count, oldest = handed_in.count(), handed_in.order_by("created_at").first()
    if oldest is None:
        return []
    words = ngettext("%(n)d item to review", "%(n)d items to review", count) % {"n": count}
    url = reverse("lists:review") + f"?alliance={alliance.slug}"
    titles = handed_in.order_by("created_at").values_list("title", flat=True)[:3]
    return [
        Waiting(
            seal="需",
            title=words,
            due_on=timezone.localdate(oldest.created_at) + datetime.timedelta(days=3),
            quotes=tuple(titles),
            url=url,
            answers=(Answer(_("Review them"), url, opens=True),),
        )
    ]


def _proposals(alliance: Alliance) -> list[Waiting]:
    open_ones = Proposal.objects.filter(run__alliance=alliance, state=Proposal.State.OPEN)
    first, count = open_ones.select_related("run").first(), open_ones.count()
    if first is None:
        return []
    words = ngettext("%(n)d proposal to decide", "%(n)d proposals to decide", count) % {"n": count}
    url = reverse("lists:proposals") + f"?alliance={alliance.slug}"
    return [
        Waiting(
            seal="项",
            title=words,
            due_on=timezone.localdate(first.run.made_at) + datetime.timedelta(days=7),
            url=url,
            answers=(Answer(_("Look at them"), url, opens=True),),
        )
    ]


def held_by_others(person: Person) -> list[Waiting]:
    """What this person has set going and others must answer: claims, and missing answers."""
    return [*claims_held(acting_bodies(person)), *_missing_answers(person)]


def _missing_answers(person: Person) -> list[Waiting]:
    rounds = CollectionRound.objects.visible_to(person).filter(state=CollectionRound.State.OPEN)
    found = []
    for one in rounds.select_related("alliance"):
        missing = one.submissions.filter(sent_at=None).count()
        if missing and is_coordinator(person, one.alliance):
            words = ngettext("%(n)d unit hasn't answered", "%(n)d units haven't answered", missing)
            late = one.closes_on < timezone.localdate()
            found.append(
                Waiting(
                    seal="征",
                    title=one.title,
                    due_on=one.closes_on,
                    detail=words % {"n": missing},
                    url=reverse("lists:round", args=[one.pk]),
                    tone="late" if late else "open",
                )
            )
    return found
