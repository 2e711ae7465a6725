"""What a claim promises, in one line."""

from collections.abc import Sequence
from decimal import ROUND_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.lists.models import Claim, Item, Proposal
from mulin.lists.queries.standing import supplies_of
from mulin.lists.wording.reasons import tag_names
from mulin.web.templatetags.look import quantity


def part_of(resource: Item, amount: Decimal) -> str:
    """How much of a resource is used, out of how much there is."""
    whole = quantity(resource.amount, resource.measure)
    if amount == resource.amount:
        return whole if resource.measure else pgettext("of a resource", "all of it")
    used = quantity(amount, resource.measure)
    return _("%(used)s of %(whole)s") % {"used": used, "whole": whole}


def served(need: Item, amount: Decimal, supplies: Sequence[str]) -> Decimal:
    """How much of the need is served with these of its supplies, of which each takes its share."""
    if not supplies:
        return amount
    whole = amount * len(supplies_of(need)) / len(supplies)
    return min(need.amount, whole.quantize(Decimal("0.01")))


def share_of(need: Item, amount: Decimal, supplies: Sequence[str]) -> Decimal:
    """The other way round: what serving so much with these supplies takes of the need."""
    if not supplies:
        return amount
    share = amount * len(supplies) / len(supplies_of(need))
    return share.quantize(Decimal("0.01"), ROUND_UP)


def served_words(need: Item, amount: Decimal, supplies: Sequence[str]) -> str:
    """20 people, or (where several things are needed) 20 people (space)."""
    words = quantity(served(need, amount, supplies), need.measure) if need.measure else ""
    if not supplies:
        return words
    names = tag_names(supplies)
    return _("%(amount)s (%(supplies)s)") % {"amount": words, "supplies": names} if words else names


def promise_words(claim: Claim) -> str:
    """How much, with what, with whom (who said no left out), and the provider's own words."""
    parts = [served_words(claim.need, claim.amount, claim.supplies)]
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
    amount = served_words(proposal.need, proposal.amount, proposal.supplies)
    if not amount:
        return _("uses %(part)s") % {"part": part}
    return _("serves %(amount)s, uses %(part)s") % {"amount": amount, "part": part}
