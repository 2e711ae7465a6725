"""Who may offer, ask, say yes, change, refuse, take back and offer again."""

from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import Organisation
from mulin.alliance.queries import (
    acts_for,
    coordinators_of,
    is_coordinator,
    members_of,
    people_answering_for,
    side_of,
)
from mulin.lists.models import Claim, Item, Partner
from mulin.projects.queries import is_untouched

NOT_YOURS = _("Only a person who answers for this unit can do that.")
SETTLED = _("This has been settled already.")
UNSETTLED = _("A partner said no. First the unit that offers chooses whether to go on without it.")


def speaks_for(person: Person, organisation: Organisation, claim: Claim) -> bool:
    """The unit's own people; its side's coordinators only where the unit has nobody."""
    if acts_for(person, organisation):
        return True
    if people_answering_for(organisation):
        return False
    side = side_of(organisation, claim.need.alliance)
    return side is not None and person in coordinators_of(side)


def _may_deal(person: Person, item: Item, organisation: Organisation) -> Verdict:
    if item.state != Item.State.PUBLISHED:
        return NO(_("This item isn't published, so it can't be taken on."))
    if item.organisation_id == organisation.pk:
        return NO(_("This is the unit's own item."))
    if not members_of(item.alliance).filter(pk=organisation.pk).exists():
        return NO(_("This unit isn't a member of the alliance."))
    if item.left <= 0:
        return NO(_("Nothing is left of it: others have taken it all."))
    return YES if acts_for(person, organisation) else NO(NOT_YOURS)


def may_claim(person: Person, need: Item, organisation: Organisation) -> Verdict:
    if not need.is_need:
        return NO(_("Only needs are claimed; ask for a resource instead."))
    return _may_deal(person, need, organisation)


def may_ask(person: Person, resource: Item, organisation: Organisation) -> Verdict:
    if resource.is_need:
        return NO(_("Only resources are asked for; claim a need instead."))
    return _may_deal(person, resource, organisation)


def may_answer_claim(person: Person, claim: Claim, side: str) -> Verdict:
    """Whether the person may say yes as "provider" or as "asker"."""
    if claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    said = claim.provider_said_yes_at if side == "provider" else claim.asker_said_yes_at
    if said:
        return NO(_("This side has already said yes."))
    if claim.declined_partners:
        return NO(UNSETTLED)
    body = claim.organisation if side == "provider" else claim.need.organisation
    return YES if speaks_for(person, body, claim) else NO(NOT_YOURS)


def may_join(person: Person, partner: Partner) -> Verdict:
    """Whether the person may say the partner's yes."""
    declining = may_decline(person, partner)
    if declining and partner.claim.declined_partners:
        return NO(UNSETTLED)
    return declining


def may_decline(person: Person, partner: Partner) -> Verdict:
    """Whether the person may say the partner's no."""
    if partner.claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    if partner.has_answered:
        return NO(_("This unit has answered already."))
    return YES if speaks_for(person, partner.organisation, partner.claim) else NO(NOT_YOURS)


def may_answer_again(person: Person, partner: Partner) -> Verdict:
    """Whether the person may take the partner's yes or no back."""
    if not _is_open(partner.claim):
        return NO(SETTLED)
    if not partner.has_answered:
        return NO(_("There is no answer to take back."))
    return YES if speaks_for(person, partner.organisation, partner.claim) else NO(NOT_YOURS)


def _is_open(claim: Claim) -> bool:
    """While not all have agreed, and as long as nothing has been done on what they agreed to."""
    if claim.state == Claim.State.CONFIRMED:
        return claim.project is not None and is_untouched(claim.project)
    return claim.state == Claim.State.OFFERED


def may_go_on(person: Person, claim: Claim) -> Verdict:
    """The unit that offered chooses whether to go on without the partners that said no."""
    if claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    if not claim.declined_partners:
        return NO(_("No partner has said no."))
    return YES if speaks_for(person, claim.organisation, claim) else NO(NOT_YOURS)


def may_change(person: Person, claim: Claim) -> Verdict:
    """Who helps may change how much, with what and with whom, until all have agreed."""
    if claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    return YES if speaks_for(person, claim.organisation, claim) else NO(NOT_YOURS)


def may_refuse(person: Person, claim: Claim) -> Verdict:
    if claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    if any(
        speaks_for(person, body, claim) for body in (claim.organisation, claim.need.organisation)
    ):
        return YES
    return NO(NOT_YOURS)


def may_withdraw(person: Person, claim: Claim) -> Verdict:
    """The side that made the offer takes it back, until both have agreed."""
    if claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    return YES if speaks_for(person, offering_body(claim), claim) else NO(NOT_YOURS)


def may_take_yes_back(person: Person, claim: Claim, side: str) -> Verdict:
    """Whether the person may take back the yes of the side that was asked."""
    if not _is_open(claim):
        return NO(SETTLED)
    said = claim.provider_said_yes_at if side == "provider" else claim.asker_said_yes_at
    body = claim.organisation if side == "provider" else claim.need.organisation
    if not said:
        return NO(_("There is no answer to take back."))
    if claim.origin != Claim.Origin.PROPOSAL and body == offering_body(claim):
        return NO(_("This side made the offer: it can take the whole of it back."))
    return YES if speaks_for(person, body, claim) else NO(NOT_YOURS)


def may_reopen(person: Person, claim: Claim) -> Verdict:
    """Who said no, or took the offer back, may put it forward again as it was."""
    if claim.state == Claim.State.REFUSED:
        body = claim.refused_by or claim.organisation
    elif claim.state == Claim.State.WITHDRAWN:
        body = offering_body(claim)
    else:
        return NO(_("This wasn't refused or taken back."))
    return YES if speaks_for(person, body, claim) else NO(NOT_YOURS)


def offering_body(claim: Claim) -> Organisation:
    """The unit whose offer or wish it is; of a proposal, the unit that would help."""
    asked = claim.origin == Claim.Origin.ASKER
    return claim.need.organisation if asked else claim.organisation


def may_pass_links(person: Person, claim: Claim) -> Verdict:
    """A coordinator passes the personal links on, where letters don't reach those asked."""
    if claim.state != Claim.State.OFFERED:
        return NO(SETTLED)
    if is_coordinator(person, claim.need.alliance):
        return YES
    return NO(_("Only a coordinator can pass links on."))
