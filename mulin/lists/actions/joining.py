"""Coming in through a group link: a code to the unit's registered liaison, then a personal link."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.actions import check_code, issue_code, too_many_codes
from mulin.accounts.models import Person
from mulin.alliance.queries import people_answering_for
from mulin.history.actions import record
from mulin.history.models import Audience
from mulin.lists.actions.rounds import PURPOSE, personal_path
from mulin.lists.models import Submission
from mulin.lists.rules.rounds import may_run_round
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice


@transaction.atomic
def send_code(submission: Submission) -> None:
    """Send six digits to those who answer for the unit and have an address; silent otherwise.

    Only a few an hour and person, so nobody's letter box is flooded and guesses end.
    """
    Submission.objects.select_for_update().get(pk=submission.pk)
    for person in people_answering_for(submission.organisation):
        if not person.email or too_many_codes(person):
            continue
        code = issue_code(person, purpose=PURPOSE, subject=submission.pk)
        notice = Notice(
            key=f"code:{submission.pk}:{timezone.now().timestamp()}",
            title=format_lazy(
                _("{code} is your code for {title}"), code=code, title=submission.round.title
            ),
            body=_(
                "Somebody chose your unit behind the link in the chat."
                " If it wasn't you, do nothing."
            ),
            scope=submission.round.alliance_id,
            secret=True,
        )
        notify([person], notice)


def join_with_code(submission: Submission, *, code: str) -> str | None:
    """The personal path of the person whose code this is; None when wrong, spent or too late."""
    people = people_answering_for(submission.organisation)
    person = check_code(code, people=people, purpose=PURPOSE, subject=submission.pk)
    return personal_path(submission, person) if person else None


@transaction.atomic
def hand_out_link(submission: Submission, *, by: Person) -> list[tuple[Person, str]]:
    """A fresh personal link for everyone who answers for the unit, to be passed on by hand."""
    may_run_round(by, submission.round.alliance).require()
    links = [
        (person, personal_path(submission, person))
        for person in people_answering_for(submission.organisation)
    ]
    scope = submission.round.alliance_id
    record("link_handed_out", submission, by=by, scope=scope, audience=Audience.STAFF)
    return links
