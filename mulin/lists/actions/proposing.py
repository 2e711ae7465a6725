"""Asking the engine for proposals, and sending or refusing each."""

from decimal import ROUND_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin import matching
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.history.actions import record
from mulin.history.models import Audience
from mulin.lists.actions.claims import hold
from mulin.lists.actions.items import locked
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import Claim, Item, MatchRun, Proposal, Unmet
from mulin.lists.queries.engine import (
    as_need,
    as_resource,
    open_items,
    refused_pairs,
    sides_by_unit,
    stored,
)
from mulin.lists.rules.proposals import may_decide, may_propose


def propose(alliance: Alliance, *, by: Person) -> MatchRun:
    """Run the engine over the published items and keep what it found, with its certificate.

    The engine runs outside the transaction, so that nobody waits for it to write.
    """
    may_propose(by, alliance).require()
    plan = _plan(alliance)
    with transaction.atomic():
        Proposal.objects.filter(run__alliance=alliance, state=Proposal.State.OPEN).delete()
        run = MatchRun.objects.create(
            alliance=alliance,
            by=by,
            objective=plan.objective,
            bound=plan.bound,
            gap=plan.gap,
            seconds=plan.seconds,
        )
        found, open_needs = _proposals(run, plan), _unmet(run, plan)
        Proposal.objects.bulk_create(found)
        Unmet.objects.bulk_create(open_needs)
        record(
            "proposed", run, by=by, audience=Audience.STAFF,
            proposals=len(found), unmet=len(open_needs),
        )  # fmt: skip
    return run


def _plan(alliance: Alliance) -> matching.Plan:
    sides = sides_by_unit(alliance)
    needs = [as_need(item, sides) for item in open_items(alliance, Item.Kind.NEED)]
    resources = [as_resource(item, sides) for item in open_items(alliance, Item.Kind.RESOURCE)]
    problem = matching.problem(resources, needs, refused=refused_pairs(alliance))
    return matching.solve(problem)


def _proposals(run: MatchRun, plan: matching.Plan) -> list[Proposal]:
    """One proposal for each pair; parts of one need served by one resource are one pair."""
    pairs: dict[tuple[str, str], Proposal] = {}
    for one in matching.proposals(plan):
        key = one.need, one.resource
        if key in pairs:
            continue
        pairs[key] = Proposal(
            run=run,
            need_id=one.need,
            resource_id=one.resource,
            amount=Decimal(one.units),
            reasons=[stored(reason) for reason in one.reasons],
        )
    return list(pairs.values())


def _unmet(run: MatchRun, plan: matching.Plan) -> list[Unmet]:
    rows: dict[str, Unmet] = {}
    for one in matching.unmet(plan):
        cause = {**stored(one.cause), "tag": one.tag, "missing": one.missing}
        rows.setdefault(one.need, Unmet(run=run, need_id=one.need, cause=cause))
    return list(rows.values())


@transaction.atomic
def send_proposal(proposal: Proposal, *, by: Person) -> Claim:
    """Send it to both sides as a claim on which neither has said yes; raises `NothingLeft`."""
    proposal = _locked(proposal)
    may_decide(by, proposal).require()
    need, resource = locked(proposal.need), locked(proposal.resource)
    provider = resource.organisation
    amount = _part_of(need, proposal)
    claim = hold(need, provider, amount, resource, origin=Claim.Origin.PROPOSAL, by=by)
    proposal.state = Proposal.State.SENT
    proposal.save(update_fields=["state"])
    record(
        "proposed_to_both", claim, by=by, causes=[need, resource],
        unit=provider.name, resource=resource.title, amount=amount,
    )  # fmt: skip
    title = format_lazy(
        _("Proposed: {resource} for {need}"), resource=resource.title, need=need.title
    )
    people = {*voices_of(provider, need.alliance), *voices_of(need.organisation, need.alliance)}
    tell(people - {by}, f"proposed:{claim.pk}", title, item=need)
    return claim


def _part_of(need: Item, proposal: Proposal) -> Decimal:
    """What the offer takes of the need: its share where several different things answer it.

    A room and a teacher for 20 people each serve all 20, so that each takes ten of them.
    """
    whole = proposal.run.proposals.filter(need=need).aggregate(sum=Sum("amount"))["sum"]
    part = proposal.amount
    if whole > need.amount:
        part = (need.amount * part / whole).quantize(Decimal("0.01"), ROUND_UP)
    return min(part, need.left) or part


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: Person, reason: str) -> Proposal:
    """Say why it doesn't fit; this pair isn't proposed again."""
    proposal = _locked(proposal)
    may_decide(by, proposal).require()
    if not reason.strip():
        raise ValidationError(_("Write why it doesn't fit; it is remembered."))
    proposal.state, proposal.reason = Proposal.State.REFUSED, reason.strip()[:200]
    proposal.save(update_fields=["state", "reason"])
    record(
        "proposal_refused", proposal, by=by, scope=proposal.run.alliance_id,
        audience=Audience.STAFF, reason=proposal.reason,
        need=str(proposal.need), resource=str(proposal.resource),
    )  # fmt: skip
    return proposal


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, by: Person) -> Proposal:
    """Undo a refusal."""
    proposal = _locked(proposal)
    may_propose(by, proposal.run.alliance).require()
    if proposal.state == Proposal.State.REFUSED:
        proposal.state, proposal.reason = Proposal.State.OPEN, ""
        proposal.save(update_fields=["state", "reason"])
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("run__alliance", "need", "resource")
        .get(pk=proposal.pk)
    )
