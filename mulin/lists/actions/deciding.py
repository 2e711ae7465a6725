"""What coordinators decide on proposals: other amounts, sending, refusing, and undoing that."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.actions import record
from mulin.history.models import Audience
from mulin.lists.actions.asking import PROPOSED, ask_missing
from mulin.lists.actions.claims import hold, promise_of, require_positive
from mulin.lists.actions.items import locked
from mulin.lists.models import Claim, Item, Proposal
from mulin.lists.queries.proposals import latest_run
from mulin.lists.rules.proposals import may_decide, may_propose
from mulin.lists.wording.promises import served
from mulin.web.templatetags.look import quantity


@transaction.atomic
def change_proposal(
    proposal: Proposal, *, by: Person, amount: Decimal, resource_amount: Decimal
) -> Proposal:
    """Write other amounts, of the need and of the resource, before it is sent.

    Raises ValidationError where one isn't above zero or more than is left.
    """
    proposal = _locked(proposal)
    may_decide(by, proposal).require()
    for item, wanted in ((proposal.need, amount), (proposal.resource, resource_amount)):
        require_positive(wanted)
        _require_left(item, wanted)
    was = _amounts(proposal)
    proposal.amount, proposal.resource_amount = amount, resource_amount
    proposal.is_changed = True
    proposal.save(update_fields=["amount", "resource_amount", "is_changed"])
    record("proposal_changed", proposal, by=by, **_about(proposal), was=was, now=_amounts(proposal))
    return proposal


def _require_left(item: Item, wanted: Decimal) -> None:
    if wanted > item.left:
        words = {"title": item.title, "left": quantity(item.left, item.measure)}
        raise ValidationError(_("Of “%(title)s” only %(left)s is left.") % words)


def _amounts(proposal: Proposal) -> str:
    """Both amounts as the history keeps them."""
    amount = served(proposal.need, proposal.amount, proposal.supplies)
    used = quantity(proposal.resource_amount, proposal.resource.measure)
    return f"{quantity(amount, proposal.need.measure)} / {used}".replace("\xa0", " ")


@transaction.atomic
def send_proposal(proposal: Proposal, *, by: Person) -> Claim:
    """Send it to both sides as a claim on which neither has said yes; raises `NothingLeft`."""
    proposal = _locked(proposal)
    may_decide(by, proposal).require()
    need, resource = locked(proposal.need), locked(proposal.resource)
    if not proposal.resource_amount:
        raise ValidationError(_("This proposal is of an older kind. Work them out again."))
    claim = hold(
        need,
        resource.organisation,
        # Where a little less is wanted by now, no more than that is promised.
        min(proposal.amount, need.left) or proposal.amount,
        resource,
        proposal.resource_amount,
        origin=Claim.Origin.PROPOSAL,
        by=by,
        supplies=proposal.supplies,
    )
    proposal.state = Proposal.State.SENT
    proposal.save(update_fields=["state"])
    record("proposed_to_both", claim, by=by, causes=[need, resource], **promise_of(claim))
    ask_missing(claim, by=by, titles=PROPOSED)
    return claim


@transaction.atomic
def send_together(proposals: Iterable[Proposal], *, by: Person) -> list[Claim]:
    """Send all offers for one need, or none: ValidationError names the one that can't be sent."""
    claims = []
    for proposal in proposals:
        try:
            claims.append(send_proposal(proposal, by=by))
        except ValidationError as error:
            words = {"title": proposal.resource.title, "why": " ".join(error.messages)}
            raise ValidationError(_("%(title)s: %(why)s") % words) from error
    return claims


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: Person, reason: str) -> Proposal:
    """Say why it doesn't fit; this pair isn't proposed again until one of the two is changed."""
    proposal = _locked(proposal)
    may_decide(by, proposal).require()
    if not reason.strip():
        raise ValidationError(_("Write why it doesn't fit; it is remembered."))
    proposal.state, proposal.reason = Proposal.State.REFUSED, reason.strip()[:200]
    proposal.need_version = proposal.need.version
    proposal.resource_version = proposal.resource.version
    proposal.save(update_fields=["state", "reason", "need_version", "resource_version"])
    record("proposal_refused", proposal, by=by, **_about(proposal), reason=proposal.reason)
    return proposal


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, by: Person) -> Proposal:
    """Undo a refusal."""
    proposal = _locked(proposal)
    may_propose(by, proposal.run.alliance).require()
    if proposal.state == Proposal.State.REFUSED:
        proposal.state, proposal.reason = Proposal.State.OPEN, ""
        # It stands among what is proposed now, where it was refused in an earlier run.
        proposal.run = latest_run(proposal.run.alliance) or proposal.run
        proposal.save(update_fields=["state", "reason", "run"])
        record("proposal_reopened", proposal, by=by, **_about(proposal))
    return proposal


def _about(proposal: Proposal) -> dict[str, Any]:
    """Who reads of it, and what the sentence names."""
    return {
        "scope": proposal.run.alliance_id,
        "audience": Audience.STAFF,
        "need": str(proposal.need),
        "resource": str(proposal.resource),
    }


def _locked(proposal: Proposal) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("run__alliance", "need", "resource")
        .get(pk=proposal.pk)
    )
