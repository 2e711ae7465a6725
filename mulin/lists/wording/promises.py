"""What a claim promises, in one line."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.lists.models import Claim, Item, Proposal
from mulin.web.templatetags.look import quantity


def part_of(resource: Item, amount: Decimal) -> str:
    """How much of a resource is used, out of how much there is."""
    whole = quantity(resource.amount, resource.measure)
    if amount == resource.amount:
        return whole if resource.measure else pgettext("of a resource", "all of it")
    used = quantity(amount, resource.measure)
    return _("%(used)s of %(whole)s") % {"used": used, "whole": whole}


def promise_words(claim: Claim) -> str:
    """How much, with what, with whom (who said no left out), and the provider's own words."""
    parts = [quantity(claim.amount, claim.need.measure) if claim.need.measure else ""]
    if claim.resource:
        part = part_of(claim.resource, claim.resource_amount)
        parts.append(_("“%(title)s” %(part)s") % {"title": claim.resource.title, "part": part})
    names = [one.organisation.name for one in claim.partners.all() if not one.refused_at]
    if names:
        units = pgettext("between words of a list", ", ").join(names)
        parts.append(_("together with %(units)s") % {"units": units})
    said = [part for part in (*parts, claim.note) if part]
    return pgettext("between parts of a promise", "; ").join(said)


def proposal_words(proposal: Proposal) -> str:
    """How much of the need a proposed offer would serve, and how much of itself it would use."""
    if not proposal.resource_amount:
        return ""
    part = part_of(proposal.resource, proposal.resource_amount)
    if not proposal.need.measure:
        return _("uses %(part)s") % {"part": part}
    amount = quantity(proposal.amount, proposal.need.measure)
    return _("serves %(amount)s, uses %(part)s") % {"amount": amount, "part": part}
