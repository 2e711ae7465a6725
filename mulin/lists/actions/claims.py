"""Claiming needs, asking for resources, and both sides' yes or no."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Organisation
from mulin.history.actions import record
from mulin.lists.actions.amounts import give_back, take
from mulin.lists.actions.items import locked
from mulin.lists.actions.numbers import give_number
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import Claim, Item
from mulin.lists.rules.claims import may_ask, may_claim, may_refuse, may_withdraw, speaks_for


@transaction.atomic
def claim_need(
    need: Item,
    *,
    by: Person,
    organisation: Organisation,
    amount: Decimal,
    note: str = "",
    resource: Item | None = None,
    partners: Iterable[Organisation] = (),
) -> Claim:
    """Take `amount` of a published need for a unit; the unit that asked is told to confirm.

    resource: the unit's own listed resource it would use, of which as much is taken.
    partners: units that do it together with it. Raises `NothingLeft` when others were faster.
    """
    need = locked(need)
    may_claim(by, need, organisation).require()
    if resource and resource.organisation_id != organisation.pk:
        raise ValidationError(_("Choose a resource of the unit that claims."))
    claim = hold(need, organisation, amount, resource, note=note[:200], by=by)
    claim.partners.set(partner for partner in partners if partner != organisation)
    say_yes(claim, "provider")
    _record_made(claim, by)
    title = format_lazy(_("{unit} offers to help: {title}"), unit=organisation, title=need.title)
    people = set(voices_of(need.organisation, need.alliance)) - {by}
    tell(people, f"claim_made:{claim.pk}", title, item=need, body=claim.note)
    for partner in claim.partners.all():
        words = format_lazy(
            _("{unit} names you as a partner: {title}"), unit=organisation, title=need
        )
        tell(voices_of(partner, need.alliance), f"partner:{claim.pk}", words, item=need)
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
    give_number(need)
    record("asked_for", need, by=by, causes=[resource], resource=resource.title)
    claim = hold(need, resource.organisation, amount, resource, origin=Claim.Origin.ASKER, by=by)
    say_yes(claim, "asker")
    _record_made(claim, by)
    words = format_lazy(_("{unit} asks for: {title}"), unit=organisation, title=resource.title)
    people = set(voices_of(resource.organisation, resource.alliance)) - {by}
    tell(people, f"claim_made:{claim.pk}", words, item=need)
    return claim


def hold(
    need: Item,
    organisation: Organisation,
    amount: Decimal,
    resource: Item | None,
    *,
    by: Person,
    origin: str = Claim.Origin.PROVIDER,
    note: str = "",
    resource_amount: Decimal | None = None,
) -> Claim:
    """Take the amounts from need and resource and write the claim; both or neither."""
    if amount <= 0:
        raise ValidationError(_("Write an amount above zero."))
    take(need, amount)
    used = Decimal(0)
    if resource:
        used = resource_amount or _used(need, resource, amount)
        take(resource, used)
    return Claim.objects.create(
        need=need,
        resource=resource,
        organisation=organisation,
        amount=amount,
        resource_amount=used,
        origin=origin,
        note=note,
        by=by,
    )


def _used(need: Item, resource: Item, amount: Decimal) -> Decimal:
    """As much as is claimed where both count in the same measure, else one."""
    if resource.measure == need.measure:
        return amount
    return min(Decimal(1), resource.amount)


def say_yes(claim: Claim, side: str) -> None:
    field = "provider_said_yes_at" if side == "provider" else "asker_said_yes_at"
    setattr(claim, field, timezone.now())
    claim.save(update_fields=[field])


def _record_made(claim: Claim, by: Person) -> None:
    causes = [claim.need, *([claim.resource] if claim.resource else [])]
    record(
        "claimed" if claim.origin == Claim.Origin.PROVIDER else "asked",
        claim,
        by=by,
        causes=causes,
        unit=claim.organisation.name,
        amount=claim.amount,
        measure=claim.need.measure,
        note=claim.note,
        partners=[partner.name for partner in claim.partners.all()],
    )


@transaction.atomic
def refuse_claim(claim: Claim, *, by: Person, reason: str) -> Claim:
    """Either side says no, with the reason; what was taken goes back to the lists."""
    claim = locked_claim(claim)
    may_refuse(by, claim).require()
    if not reason.strip():
        raise ValidationError(_("Write the reason, so that the other side can understand it."))
    asker = claim.need.organisation
    claim.refused_by = asker if speaks_for(by, asker, claim) else claim.organisation
    _end(claim, Claim.State.REFUSED, reason)
    record("refused", claim, by=by, unit=claim.refused_by.name, reason=claim.reason)
    other = claim.organisation if claim.refused_by == asker else asker
    title = format_lazy(_("Not possible: {title}"), title=claim.need.title)
    people = set(voices_of(other, claim.need.alliance)) - {by}
    tell(people, f"claim_refused:{claim.pk}", title, item=claim.need, body=claim.reason)
    return claim


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: Person) -> Claim:
    """The side that offered takes it back before both have agreed."""
    claim = locked_claim(claim)
    may_withdraw(by, claim).require()
    _end(claim, Claim.State.WITHDRAWN, "")
    record("took_back", claim, by=by, unit=claim.organisation.name)
    other = claim.need.organisation
    if claim.origin == Claim.Origin.ASKER:
        other = claim.organisation
    title = format_lazy(_("Taken back: {title}"), title=claim.need.title)
    people = set(voices_of(other, claim.need.alliance)) - {by}
    tell(people, f"claim_withdrawn:{claim.pk}", title, item=claim.need)
    return claim


def _end(claim: Claim, state: str, reason: str) -> None:
    claim.state, claim.reason = state, reason.strip()[:200]
    claim.save(update_fields=["state", "reason", "refused_by"])
    give_back(claim.need, claim.amount)
    if claim.resource:
        give_back(claim.resource, claim.resource_amount)


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
