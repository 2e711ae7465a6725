"""Answering a round: last year's rows confirmed or dropped, new ones added, all sent at once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.actions import link_many, record
from mulin.lists.actions.finding import put_in_search
from mulin.lists.models import Item, Submission
from mulin.lists.queries.submissions import last_rows
from mulin.lists.rules.rounds import may_answer_round

CARRIED = [
    "kind",
    "title",
    "detail",
    "category",
    "serving",
    "place_text",
    "place",
    "quantity_text",
    "amount",
    "measure",
    "is_about",
    "period_text",
    "weekly",
    "conditions",
    "wants",
    "remark",
    "group",
    "asked_on",
]


@transaction.atomic
def confirm_row(submission: Submission, *, row: Item, by: Person, **changes: Any) -> Item:
    """Say that last year's row still holds, perhaps changed; saying it twice changes nothing.

    Raises ValidationError for a row that isn't among the unit's rows to carry forward.
    """
    submission = _open_for(submission, by)
    item = _answer_of(submission, row)
    for name in CARRIED:
        setattr(item, name, getattr(row, name))
    for name, value in changes.items():
        setattr(item, name, value)
    item.state = Item.State.DRAFT
    item.save()
    return item


@transaction.atomic
def drop_row(submission: Submission, *, row: Item, by: Person) -> Item:
    """Say that last year's row no longer holds; the row itself leaves its list with the sending."""
    submission = _open_for(submission, by)
    item = _answer_of(submission, row)
    for name in CARRIED:
        setattr(item, name, getattr(row, name))
    item.state = Item.State.WITHDRAWN
    item.save()
    return item


def _answer_of(submission: Submission, row: Item) -> Item:
    if row.organisation_id != submission.organisation_id:
        raise ValidationError(_("This row belongs to another unit."))
    item = Item.objects.filter(submission=submission, carried_from=row).first()
    return item or Item(
        alliance_id=submission.round.alliance_id,
        organisation_id=submission.organisation_id,
        submission=submission,
        carried_from=row,
    )


@transaction.atomic
def confirm_all_rows(submission: Submission, *, by: Person) -> int:
    """Confirm every row not answered yet; returns how many."""
    rows = [row for row in last_rows(submission) if row.answer is None]  # type: ignore[attr-defined]
    for row in rows:
        confirm_row(submission, row=row, by=by)
    return len(rows)


@transaction.atomic
def undo_row(submission: Submission, *, row: Item, by: Person) -> None:
    """Forget the answer to a row, which then waits again."""
    submission = _open_for(submission, by)
    Item.objects.filter(submission=submission, carried_from=row).delete()


@transaction.atomic
def add_row(submission: Submission, *, by: Person, **fields: Any) -> Item:
    """Add a row that wasn't on last year's list."""
    submission = _open_for(submission, by)
    return Item.objects.create(
        alliance_id=submission.round.alliance_id,
        organisation_id=submission.organisation_id,
        submission=submission,
        by=by,
        **fields,
    )


@transaction.atomic
def remove_row(submission: Submission, *, item: Item, by: Person) -> None:
    """Take away an added row before the sending."""
    submission = _open_for(submission, by)
    submission.items.filter(pk=item.pk, state=Item.State.DRAFT, carried_from=None).delete()


@transaction.atomic
def send_submission(submission: Submission, *, by: Person) -> Submission:
    """Hand all drafts in for review; dropped rows nobody has taken leave their list."""
    submission = _open_for(submission, by)
    submission.sent_at, submission.sent_by = timezone.now(), by
    submission.save(update_fields=["sent_at", "sent_by"])
    drafts = list(
        submission.items.filter(state=Item.State.DRAFT).select_related("organisation", "category")
    )
    sent = submission.items.filter(state=Item.State.DRAFT).update(state=Item.State.SUBMITTED, by=by)
    link_many(submission, drafts)
    put_in_search(*drafts)
    dropped = submission.items.filter(state=Item.State.WITHDRAWN).values("carried_from")
    for row in Item.objects.filter(pk__in=dropped, taken=0).exclude(state=Item.State.WITHDRAWN):
        row.state = Item.State.WITHDRAWN
        row.save(update_fields=["state"])
        record("withdrawn", row, by=by, reason=submission.round.title)
    record(
        "submission_sent", submission, by=by, scope=submission.round.alliance_id,
        unit=submission.organisation.name, sent=sent,
    )  # fmt: skip
    return submission


def _open_for(submission: Submission, by: Person) -> Submission:
    """The locked submission, once the rule has said yes."""
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("round__alliance", "organisation")
        .get(pk=submission.pk)
    )
    may_answer_round(by, submission).require()
    return submission
