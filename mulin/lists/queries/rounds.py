"""Reads for the pages of collection rounds."""

import uuid

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.lists.models import CollectionRound, Item, Submission


def rounds_of(alliance: Alliance) -> QuerySet[CollectionRound]:
    """Rounds with `asked` and `sent` counted."""
    return CollectionRound.objects.filter(alliance=alliance).annotate(
        asked=Count("submissions"), sent=Count("submissions", filter=~Q(submissions__sent_at=None))
    )


def submissions_of(collection: CollectionRound) -> list[Submission]:
    """Every asked unit with `rows`, how many rows it handed in; the missing ones first."""
    handed_in = Q(items__state=Item.State.WITHDRAWN) | Q(items__state=Item.State.DRAFT)
    return list(
        collection.submissions.select_related("organisation__parent", "sent_by")
        .annotate(rows=Count("items", filter=~handed_in & ~Q(items=None)))
        .order_by("sent_at", "organisation__name")
    )


def reminder_words(collection: CollectionRound, missing: list[Submission], address: str) -> str:
    """What a coordinator pastes into the chat: who is missing, until when, where to answer."""
    names = "、".join(submission.organisation.name for submission in missing)
    return (
        _("%(title)s: %(count)d units have not answered yet: %(names)s. Last day: %(day)s.")
        % {
            "title": collection.title,
            "count": len(missing),
            "names": names,
            "day": f"{collection.closes_on:%Y-%m-%d}",
        }
        + "\n"
        + _("Choose your unit and answer here: %(address)s") % {"address": address}
    )


def visible_submission(person: Person, pk: uuid.UUID) -> QuerySet[Submission]:
    return Submission.objects.filter(
        pk=pk, round__alliance__in=Alliance.objects.visible_to(person)
    ).select_related("round__alliance", "organisation")
