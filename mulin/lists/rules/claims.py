"""Who may offer, ask, confirm, refuse and withdraw."""

from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import Organisation
from mulin.alliance.queries import (
    acts_for,
    coordinators_of,
    members_of,
    people_answering_for,
    side_of,
)
from mulin.lists.models import Claim, Item

NOT_YOURS = _("Only a person who answers for this unit can do that.")


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
        return NO(_("This has been settled already."))
    said = claim.provider_said_yes_at if side == "provider" else claim.asker_said_yes_at
    if said:
        return NO(_("This side has already said yes."))
    body = claim.organisation if side == "provider" else claim.need.organisation
    return YES if speaks_for(person, body, claim) else NO(NOT_YOURS)


def may_refuse(person: Person, claim: Claim) -> Verdict:
    if claim.state != Claim.State.OFFERED:
        return NO(_("This has been settled already."))
    if any(
        speaks_for(person, body, claim) for body in (claim.organisation, claim.need.organisation)
    ):
        return YES
    return NO(NOT_YOURS)


def may_withdraw(person: Person, claim: Claim) -> Verdict:
    """The side that made the offer takes it back, until both have agreed."""
    if claim.state != Claim.State.OFFERED:
        return NO(_("This has been settled already."))
    asked = claim.origin == Claim.Origin.ASKER
    body = claim.need.organisation if asked else claim.organisation
    return YES if speaks_for(person, body, claim) else NO(NOT_YOURS)
