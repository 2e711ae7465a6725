"""Changing what was promised before all have agreed, and taking a yes or a no back."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Organisation
from mulin.history.actions import record
from mulin.lists.actions.amounts import give_back, take
from mulin.lists.actions.asking import CHANGED, ask_missing
from mulin.lists.actions.claims import (
    invite,
    locked_claim,
    promise_of,
    require_positive,
    tell_others,
    used_of,
)
from mulin.lists.models import Claim, Item
from mulin.lists.rules.claims import (
    may_change,
    may_go_on,
    may_reopen,
    may_take_yes_back,
    offering_body,
)
from mulin.projects.actions import take_opening_back


@transaction.atomic
def change_claim(
    claim: Claim,
    *,
    by: Person,
    amount: Decimal,
    resource_amount: Decimal | None = None,
    note: str = "",
    partners: Iterable[Organisation] = (),
) -> Claim:
    """Who helps promises otherwise: how much, with how much of its resource, and with whom.

    The others' yes was for the earlier promise, so all of them are asked again. Raises
    `NothingLeft` where less is left than is newly taken.
    """
    claim = locked_claim(claim)
    may_change(by, claim).require()
    require_positive(amount)
    used = used_of(claim.need, claim.resource, amount, resource_amount)
    was, kept = promise_of(claim), list(partners)
    _take_instead(claim, amount, used)
    claim.note = note[:200]
    claim.partners.exclude(organisation__in=kept).delete()
    invite(claim, kept)
    _promise_anew(claim)
    record("claim_changed", claim, by=by, was=was, **promise_of(claim))
    ask_missing(claim, by=by, titles=CHANGED)
    return claim


@transaction.atomic
def go_on_without(claim: Claim, *, by: Person, amount: Decimal | None = None) -> Claim:
    """Promise without the partners that said no; the others are asked whether they go on too.

    amount: what is still promised (default: all of it, with as much of the resource).
    """
    claim = locked_claim(claim)
    may_go_on(by, claim).require()
    gone = [partner.organisation.name for partner in claim.declined_partners]
    if amount is not None and amount != claim.amount:
        require_positive(amount)
        share = amount / claim.amount
        _take_instead(claim, amount, (claim.resource_amount * share).quantize(Decimal("0.01")))
    claim.partners.exclude(refused_at=None).delete()
    _promise_anew(claim)
    record("went_on_without", claim, by=by, without=gone, **promise_of(claim))
    ask_missing(claim, by=by, titles=CHANGED)
    return claim


def _take_instead(claim: Claim, amount: Decimal, used: Decimal) -> None:
    """Take or give back the difference, from the need and from the resource."""
    _move(claim.need, amount - claim.amount)
    if claim.resource:
        require_positive(used)
        _move(claim.resource, used - claim.resource_amount)
        claim.resource_amount = used
    claim.amount = amount


def _move(item: Item, more: Decimal) -> None:
    if more > 0:
        take(item, more)
    elif more < 0:
        give_back(item, -more)


def _promise_anew(claim: Claim) -> None:
    """The unit that changes it promises it by that; everybody else hasn't answered yet."""
    claim.version += 1
    claim.provider_said_yes_at, claim.asker_said_yes_at = timezone.now(), None
    claim.save()
    claim.partners.update(said_yes_at=None, refused_at=None, reason="")


@transaction.atomic
def take_yes_back(claim: Claim, *, by: Person, side: str) -> Claim:
    """The side that was asked ("provider" or "asker") takes its yes back.

    After the last yes that is possible for a day, until something is done on the project.
    """
    claim = locked_claim(claim)
    may_take_yes_back(by, claim, side).require()
    unsettle(claim, by=by)
    setattr(claim, "provider_said_yes_at" if side == "provider" else "asker_said_yes_at", None)
    claim.save(update_fields=["provider_said_yes_at", "asker_said_yes_at"])
    unit = claim.organisation if side == "provider" else claim.need.organisation
    tell_taken_back(claim, by, unit)
    return claim


def unsettle(claim: Claim, *, by: Person) -> None:
    """Drop the project of a claim to which not all say yes any more."""
    if not claim.project:
        return
    take_opening_back(claim.project, by=by)
    claim.state, claim.project = Claim.State.OFFERED, None
    claim.save(update_fields=["state", "project"])


def tell_taken_back(claim: Claim, by: Person, unit: Organisation) -> None:
    event = record("answer_taken_back", claim, by=by, unit=unit.name)
    words = _("{unit} took its answer back: {title}")
    title = format_lazy(words, unit=unit.name, title=claim.need.title)
    tell_others(claim, event, title, by=by)


@transaction.atomic
def reopen_claim(claim: Claim, *, by: Person) -> Claim:
    """Undo a no or a withdrawal: the same promise waits for the answers still missing.

    Who had said no is asked again. Raises `NothingLeft` where others have taken it meanwhile.
    """
    claim = locked_claim(claim)
    may_reopen(by, claim).require()
    take(claim.need, claim.amount)
    if claim.resource:
        take(claim.resource, claim.resource_amount)
    unit = claim.refused_by or offering_body(claim)
    _forget_no(claim)
    event = record("claim_reopened", claim, by=by, **{**promise_of(claim), "unit": unit.name})
    words = _("{unit} reconsidered: {title}")
    title = format_lazy(words, unit=unit.name, title=claim.need.title)
    tell_others(claim, event, title, by=by)
    return claim


def _forget_no(claim: Claim) -> None:
    if claim.refused_by and claim.refused_by != offering_body(claim):
        asker = claim.refused_by == claim.need.organisation
        setattr(claim, "asker_said_yes_at" if asker else "provider_said_yes_at", None)
    claim.state, claim.reason, claim.refused_by = Claim.State.OFFERED, "", None
    claim.version += 1
    claim.save()
