"""Asking the engine for proposals, and sending or refusing each."""

from decimal import ROUND_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin import matching
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.history.actions import record
from mulin.history.models import Audience
from mulin.lists.actions.asking import PROPOSED, ask_missing
from mulin.lists.actions.claims import hold, promise_of
from mulin.lists.actions.items import locked
from mulin.lists.models import Claim, Item, MatchRun, Proposal, Unmet
from mulin.lists.queries.engine import open_items, plan_of, refused_pairs, stored, used_by
from mulin.lists.queries.standing import supplies_of
from mulin.lists.rules.proposals import may_decide, may_propose


def propose(alliance: Alliance, *, by: Person) -> MatchRun:
    """Run the engine over the published items and keep what it found, with its certificate.

    It reads and computes outside the transaction, so that nobody waits for it to write; pairs of
    which an item was changed or taken on meanwhile are left out.
    """
    may_propose(by, alliance).require()
    needs = open_items(alliance, Item.Kind.NEED)
    resources = open_items(alliance, Item.Kind.RESOURCE)
    plan = plan_of(alliance, needs, resources)
    run = MatchRun(
        alliance=alliance,
        by=by,
        objective=plan.objective,
        bound=plan.bound,
        gap=plan.gap,
        seconds=plan.seconds,
    )
    found, open_needs = _proposals(run, plan, needs, resources), _unmet(run, plan)
    with transaction.atomic():
        found = _still_true(alliance, found)
        Proposal.objects.filter(run__alliance=alliance, state=Proposal.State.OPEN).delete()
        run.save(force_insert=True)
        Proposal.objects.bulk_create(found)
        Unmet.objects.bulk_create(open_needs)
        record(
            "proposed", run, by=by, audience=Audience.STAFF,
            proposals=len(found), unmet=len(open_needs),
        )  # fmt: skip
    return run


def _still_true(alliance: Alliance, found: list[Proposal]) -> list[Proposal]:
    """Those not refused since, whose items are as they were when the engine looked at them."""
    refused = refused_pairs(alliance)
    listed = Item.objects.filter(alliance=alliance).published().order_by()
    now = {row[0]: row for row in listed.values_list("pk", "version", "amount", "taken")}

    def same(item: Item) -> bool:
        return now.get(item.pk) == (item.pk, item.version, item.amount, item.taken)

    return [
        pair
        for pair in found
        if same(pair.need)
        and same(pair.resource)
        and (str(pair.need_id), str(pair.resource_id)) not in refused
    ]


def _proposals(
    run: MatchRun, plan: matching.Plan, needs: list[Item], resources: list[Item]
) -> list[Proposal]:
    """One proposal for each pair; parts of one need served by one resource are one pair."""
    need_of = {str(need.pk): need for need in needs}
    resource_of = {str(resource.pk): resource for resource in resources}
    pairs: dict[tuple[str, str], Proposal] = {}
    for one in matching.proposals(plan):
        need, resource = need_of[one.need], resource_of[one.resource]
        pair = pairs.setdefault(
            (one.need, one.resource),
            Proposal(
                run=run,
                need=need,
                resource=resource,
                amount=Decimal(0),
                resource_amount=used_by(plan, one, resource),
                reasons=[stored(reason) for reason in one.reasons],
            ),
        )
        pair.amount += _part_of(need, one)
        pair.supplies += [one.tag] if len(supplies_of(need)) > 1 else []
    return [pair for pair in pairs.values() if pair.amount > 0]


def _part_of(need: Any, one: matching.Proposal) -> Decimal:
    """What the offer takes of the need: its share where several different things answer it.

    A room and a teacher for 20 people each serve all 20, so that each takes ten of them.
    """
    count = len(supplies_of(need))
    tag = one.tag if count > 1 else ""
    served = min(need.most_left * one.units / one.demand, need.left_of[tag])
    need.left_of[tag] -= served
    return (served / count).quantize(Decimal("0.01"), ROUND_UP)


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
