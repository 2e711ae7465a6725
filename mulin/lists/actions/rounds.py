"""Running a collection round: opening, reminding, freezing and reopening it."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.actions import issue_link
from mulin.accounts.models import Person, new_token
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import members_of, people_answering_for
from mulin.history.actions import record
from mulin.lists.models import CollectionRound, Submission
from mulin.lists.rules.rounds import may_run_round
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice

PURPOSE = "submission"
GRACE_DAYS = 14
"""How long after the last day a personal link still opens, to read what was sent."""


@transaction.atomic
def open_round(
    alliance: Alliance,
    *,
    by: Person,
    title: str,
    closes_on: datetime.date,
    organisations: Iterable[Organisation],
    message: str = "",
) -> CollectionRound:
    """Ask these members for their lists until `closes_on`; each gets a notice with its own link.

    Raises ValidationError where nobody is asked or somebody isn't a member.
    """
    may_run_round(by, alliance).require()
    asked = set(organisations)
    if not asked or not asked <= set(members_of(alliance)):
        raise ValidationError(_("Choose at least one unit, members of this alliance only."))
    collection = CollectionRound.objects.create(
        alliance=alliance,
        title=title,
        message=message,
        closes_on=closes_on,
        state=CollectionRound.State.OPEN,
        group_token=new_token(),
        opened_at=timezone.now(),
    )
    Submission.objects.bulk_create(
        Submission(round=collection, organisation=organisation)
        for organisation in sorted(asked, key=lambda one: one.name)
    )
    record("round_opened", collection, by=by, asked=len(asked), closes_on=closes_on)
    for submission in collection.submissions.select_related("organisation"):
        _ask(submission, collection, f"round:{submission.pk}")
    return collection


@transaction.atomic
def remind_missing(collection: CollectionRound, *, by: Person | None) -> int:
    """Ask the units that haven't answered once more; returns how many. `by` None: the clock."""
    if by:
        may_run_round(by, collection.alliance).require()
    if collection.state != CollectionRound.State.OPEN:
        return 0
    now = timezone.now()
    missing = list(collection.submissions.filter(sent_at=None).select_related("organisation"))
    for submission in missing:
        _ask(submission, collection, f"remind:{submission.pk}:{now:%Y%m%d%H}")
    collection.submissions.filter(sent_at=None).update(reminded_at=now)
    record("reminded", collection, by=by, units=len(missing))
    return len(missing)


def _ask(submission: Submission, collection: CollectionRound, key: str) -> None:
    """A letter with a personal link where there is an address, else a notice in the inbox.

    The link's token goes into the letter's erasable body only: no copy of it stays stored.
    """
    title = format_lazy(
        _("{title}: please answer for {unit} by {day}"),
        title=collection.title,
        unit=submission.organisation.name,
        day=date_format(collection.closes_on, "n-j"),
    )
    why = _("You are told because you answer for this unit.")
    for person in people_answering_for(submission.organisation):
        if person.email and person.wants_email:
            link = settings.SITE_URL + personal_path(submission, person)
            body = "\n\n".join(part for part in (collection.message, link) if part)
            notice = Notice(
                key=f"code:{key}", title=title, body=body, why=why,
                scope=collection.alliance_id, secret=True,
            )  # fmt: skip
        else:
            url = reverse("lists:submission", args=[submission.pk])
            notice = Notice(
                key=key, title=title, body=collection.message, url=url, why=why,
                scope=collection.alliance_id,
            )  # fmt: skip
        notify([person], notice)


def personal_path(submission: Submission, person: Person) -> str:
    """A fresh personal link of this person to this submission; its token is stored as a hash."""
    days = (submission.round.closes_on - timezone.localdate()).days + GRACE_DAYS
    token = issue_link(person, purpose=PURPOSE, subject=submission.pk, days=max(GRACE_DAYS, days))
    return reverse("lists:answer", args=[token])


@transaction.atomic
def freeze_round(collection: CollectionRound, *, by: Person | None) -> CollectionRound:
    """End the collection; answers not sent stay drafts. `by` None: its last day has passed."""
    if by:
        may_run_round(by, collection.alliance).require()
    collection.state, collection.frozen_at = CollectionRound.State.FROZEN, timezone.now()
    collection.save(update_fields=["state", "frozen_at"])
    record("round_frozen", collection, by=by)
    return collection


@transaction.atomic
def reopen_round(
    collection: CollectionRound, *, by: Person, closes_on: datetime.date
) -> CollectionRound:
    """Take answers again until a new last day."""
    may_run_round(by, collection.alliance).require()
    collection.state, collection.frozen_at = CollectionRound.State.OPEN, None
    collection.closes_on = closes_on
    collection.save(update_fields=["state", "frozen_at", "closes_on"])
    record("round_reopened", collection, by=by, closes_on=closes_on)
    return collection
