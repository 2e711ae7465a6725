"""Who may run a collection round, and who may answer it."""

from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import Alliance
from mulin.alliance.queries import acts_for, is_coordinator
from mulin.lists.models import CollectionRound, Submission


def may_run_round(person: Person, alliance: Alliance) -> Verdict:
    if is_coordinator(person, alliance):
        return YES
    return NO(_("Only a coordinator can run a collection round."))


def round_takes_answers(submission: Submission) -> Verdict:
    if submission.round.state != CollectionRound.State.OPEN:
        return NO(_("This round is frozen; ask the coordinator to reopen it."))
    if submission.sent_at:
        return NO(_("This unit's answer has been sent already."))
    return YES


def may_answer_round(person: Person, submission: Submission) -> Verdict:
    """A person of the asked unit, while the round is open and nothing has been sent."""
    if not acts_for(person, submission.organisation):
        return NO(_("Only a person who answers for this unit can do that."))
    return round_takes_answers(submission)
