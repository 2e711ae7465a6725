"""Claiming needs, asking for resources, and saying no or taking an offer back."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Organisation
from mulin.history.actions import record
from mulin.history.models import Event
from mulin.lists.actions.amounts import give_back, take
from mulin.lists.actions.asking import ask_missing
from mulin.lists.actions.items import locked
from mulin.lists.actions.numbers import give_number
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import Claim, Item, Partner
from mulin.lists.rules.claims import (
    may_ask,
    may_claim,
    may_refuse,
    may_withdraw,
    offering_body,
    speaks_for,
)
from mulin.lists.wording.promises import part_of, served
from mulin.web.templatetags.look import quantity


@transaction.atomic
def claim_need(
    need: Item,
    *,
    by: Person,
    organisation: Organisation,
    amount: Decimal,
    note: str = "",
    resource: Item | None = None,
    resource_amount: Decimal | None = None,
    partners: Iterable[Organisation] = (),
) -> Claim:
    """Take `amount` of a published need for a unit; the unit that asked and the partners are asked.

    resource: the unit's own listed resource it would use, and `resource_amount` how much of it in
    the resource's measure (default: as much as is claimed, where both are counted alike).
    partners: units that promise it together with it. Raises `NothingLeft` when others were faster.
    """
    need = locked(need)
    may_claim(by, need, organisation).require()
    if resource and resource.organisation_id != organisation.pk:
        raise ValidationError(_("Choose a resource of the unit that claims."))
    used = used_of(need, resource, amount, resource_amount)
    claim = hold(need, organisation, amount, resource, used, note=note[:200], by=by)
    invite(claim, partners)
    say_yes(claim, "provider")
    _record_made(claim, by)
    ask_missing(claim, by=by)
    return claim


@transaction.atomic
def ask_for_resource(
    resource: Item, *, by: Person, organisation: Organisation, amount: Decimal, title: str = ""
) -> Claim:
    """Ask for a published resource: makes the need it answers, published, and the claim for it.

    title: what the unit needs it for (default: the resource's own title).
    """
    resource = locked(resource)
    may_ask(by, resource, organisation).require()
    need = Item(
        alliance=resource.alliance,
        kind=Item.Kind.NEED,
        organisation=organisation,
        title=(title or resource.title)[:200],
        category=resource.category,
        amount=amount,
        measure=resource.measure,
        state=Item.State.PUBLISHED,
        published_at=timezone.now(),
        by=by,
    )
    require_positive(amount)
    give_number(need)
    record("asked_for", need, by=by, causes=[resource], resource=resource.title)
    provider, origin = resource.organisation, Claim.Origin.ASKER
    claim = hold(need, provider, amount, resource, amount, origin=origin, by=by)
    say_yes(claim, "asker")
    _record_made(claim, by)
    ask_missing(claim, by=by)
    return claim


def hold(
    need: Item,
    organisation: Organisation,
    amount: Decimal,
    resource: Item | None,
    used: Decimal,
    *,
    by: Person,
    origin: str = Claim.Origin.PROVIDER,
    **fields: Any,
) -> Claim:
    """Take `amount` from the need and `used` from the resource and write the claim; all or none."""
    require_positive(amount)
    take(need, amount)
    if resource:
        require_positive(used)
        take(resource, used)
    return Claim.objects.create(
        need=need,
        resource=resource,
        organisation=organisation,
        amount=amount,
        resource_amount=used if resource else Decimal(0),
        origin=origin,
        by=by,
        **fields,
    )


def used_of(
    need: Item, resource: Item | None, amount: Decimal, resource_amount: Decimal | None
) -> Decimal:
    """How much of the resource a claim uses: what was said, else the amount of what is counted
    alike; where it isn't, it has to be said (ValidationError)."""
    if resource is None:
        return Decimal(0)
    if resource_amount is not None:
        return resource_amount
    if resource.measure.strip() != need.measure.strip():
        left = quantity(resource.left, resource.measure)
        words = _("Say how much of “{title}” is used; {left} of it is left.")
        raise ValidationError(format_lazy(words, title=resource.title, left=left))
    return amount


def require_positive(amount: Decimal) -> None:
    if amount <= 0:
        raise ValidationError(_("Write an amount above zero."))


def invite(claim: Claim, units: Iterable[Organisation]) -> None:
    """Name these units as partners; the claim's own two units can't be."""
    own = {claim.organisation_id, claim.need.organisation_id}
    named = {unit.pk: unit for unit in units if unit.pk not in own}
    Partner.objects.bulk_create(
        [Partner(claim=claim, organisation=unit) for unit in named.values()], ignore_conflicts=True
    )


def say_yes(claim: Claim, side: str) -> None:
    field = "provider_said_yes_at" if side == "provider" else "asker_said_yes_at"
    setattr(claim, field, timezone.now())
    claim.save(update_fields=[field])


def _record_made(claim: Claim, by: Person) -> None:
    causes = [claim.need, *([claim.resource] if claim.resource else [])]
    verb = "claimed" if claim.origin == Claim.Origin.PROVIDER else "asked"
    record(verb, claim, by=by, causes=causes, **promise_of(claim))


def promise_of(claim: Claim) -> dict[str, Any]:
    """What is promised, as the history keeps it."""
    partners = claim.partners.select_related("organisation")
    promise: dict[str, Any] = {
        "unit": claim.organisation.name,
        "amount": f"{served(claim.need, claim.amount, claim.supplies).normalize():f}",
        "measure": claim.need.measure,
        "note": claim.note,
        "partners": [partner.organisation.name for partner in partners],
    }
    if claim.resource:
        used = part_of(claim.resource, claim.resource_amount)
        promise |= {"resource": claim.resource.title, "used": used}
    return promise


@transaction.atomic
def refuse_claim(claim: Claim, *, by: Person, reason: str) -> Claim:
    """Either side says no, with the reason; what was taken goes back to the lists."""
    claim = locked_claim(claim)
    may_refuse(by, claim).require()
    reason = required_reason(reason)
    asker = claim.need.organisation
    claim.refused_by = asker if speaks_for(by, asker, claim) else claim.organisation
    _end(claim, Claim.State.REFUSED, reason)
    event = record("refused", claim, by=by, unit=claim.refused_by.name, reason=claim.reason)
    title = format_lazy(_("Not possible: {title}"), title=claim.need.title)
    tell_others(claim, event, title, by=by, body=claim.reason)
    return claim


def required_reason(reason: str) -> str:
    """The reason, trimmed to its column; without one a ValidationError."""
    if not reason.strip():
        raise ValidationError(_("Write the reason, so that the other side can understand it."))
    return reason.strip()[:200]


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: Person) -> Claim:
    """The side that offered takes it back before all have agreed."""
    claim = locked_claim(claim)
    may_withdraw(by, claim).require()
    _end(claim, Claim.State.WITHDRAWN, "")
    event = record("took_back", claim, by=by, unit=offering_body(claim).name)
    title = format_lazy(_("Taken back: {title}"), title=claim.need.title)
    tell_others(claim, event, title, by=by)
    return claim


def _end(claim: Claim, state: str, reason: str) -> None:
    claim.state, claim.reason = state, reason
    if claim.resource:
        claim.need_version = claim.need.version
        claim.resource_version = claim.resource.version
    versions = ["need_version", "resource_version"]
    claim.save(update_fields=["state", "reason", "refused_by", *versions])
    give_back(claim.need, claim.amount)
    if claim.resource:
        give_back(claim.resource, claim.resource_amount)


def tell_others(
    claim: Claim, event: Event, title: str | Promise, *, by: Person, body: str = ""
) -> None:
    """Tell of an event, once, everybody of all units concerned but the one who acted."""
    partners = [partner.organisation for partner in claim.partners.select_related("organisation")]
    units = {claim.organisation, claim.need.organisation, *partners}
    people = {one for unit in units for one in voices_of(unit, claim.need.alliance)}
    tell(people - {by}, f"claim_event:{event.pk}", title, item=claim.need, body=body)


def locked_claim(claim: Claim) -> Claim:
    """The claim's row, locked, with what a rule or a notice needs."""
    return (
        Claim.objects.select_for_update(of=("self",))
        .select_related(
            "need__alliance",
            "need__organisation__parent",
            "resource__organisation",
            "organisation__parent",
        )
        .get(pk=claim.pk)
    )
