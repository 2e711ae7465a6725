"""Who may ask for proposals and decide on them."""

from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import Alliance
from mulin.alliance.queries import is_coordinator
from mulin.lists.models import Proposal


def may_propose(person: Person, alliance: Alliance) -> Verdict:
    if is_coordinator(person, alliance):
        return YES
    return NO(_("Only a coordinator can ask for proposals."))


def may_decide(person: Person, proposal: Proposal) -> Verdict:
    if proposal.state != Proposal.State.OPEN:
        return NO(_("This proposal has been decided already."))
    return may_propose(person, proposal.run.alliance)
