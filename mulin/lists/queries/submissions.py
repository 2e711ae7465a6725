"""Reads for a unit's answer to a round: last year's rows and what was said to each."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mulin.lists.models import Item, Submission

CARRIABLE = (Item.State.PUBLISHED, Item.State.EXPIRED, Item.State.PARKED)


def last_rows(submission: Submission) -> QuerySet[Item]:
    """The unit's listed rows to carry forward, each with `answer`: its answer's state or None.

    Needs somebody has taken on are in hand and left out; so are rows already carried elsewhere.
    """
    answers = Item.objects.filter(submission=submission, carried_from=OuterRef("pk"))
    elsewhere = Item.objects.filter(carried_from=OuterRef("pk")).exclude(
        Q(submission=submission) | Q(state__in=[Item.State.WITHDRAWN, Item.State.DRAFT])
    )
    return (
        Item.objects.filter(
            alliance=submission.round.alliance_id,
            organisation=submission.organisation_id,
            state__in=CARRIABLE,
        )
        .filter(Q(kind=Item.Kind.RESOURCE) | Q(taken=0))
        .exclude(Exists(elsewhere))
        .annotate(
            answer=Subquery(answers.values("state")[:1]),
            answer_id=Subquery(answers.values("pk")[:1]),
        )
        .select_related("category")
        .order_by("kind", "asked_on", "pk")
    )


def new_rows(submission: Submission) -> QuerySet[Item]:
    """Rows the unit added in this round."""
    return submission.items.filter(carried_from=None).select_related("category").order_by("pk")


def sent_rows(submission: Submission) -> QuerySet[Item]:
    """What the unit has said to be true: confirmed and added rows."""
    return (
        submission.items.exclude(state=Item.State.WITHDRAWN)
        .select_related("category")
        .order_by("kind", "pk")
    )
