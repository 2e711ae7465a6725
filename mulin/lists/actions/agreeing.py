"""The yes of both sides and of every partner, and the project that comes of it."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Organisation, Side
from mulin.alliance.queries import coordinators_of, people_answering_for, side_of
from mulin.history.actions import record
from mulin.history.models import Event
from mulin.lists.actions.claims import locked_claim, say_yes, tell_others
from mulin.lists.models import Claim, Item, Partner
from mulin.lists.rules.claims import may_answer_claim, may_join
from mulin.projects.actions import OwnerSpec, open_project
from mulin.projects.models import Project

DAYS_TO_DO = 30
"""Due that many days from today where the need names no date still to come."""


@transaction.atomic
def confirm_claim(
    claim: Claim,
    *,
    by: Person,
    side: str,
    due_on: datetime.date | None = None,
    seen: int | None = None,
) -> Claim:
    """Say yes for one side ("provider" or "asker"); the last yes of all opens the project.

    due_on: by when it will be done (default: what was said before, else the need's own date).
    seen: the version of the promise the yes is for; ValidationError where it has changed since.
    """
    claim = locked_claim(claim)
    may_answer_claim(by, claim, side).require()
    _require_unchanged(claim, seen)
    if due_on:
        claim.due_on = due_on
        claim.save(update_fields=["due_on"])
    say_yes(claim, side)
    unit = claim.organisation if side == "provider" else claim.need.organisation
    event = record("said_yes", claim, by=by, unit=unit.name, side=side)
    _settle(claim, by, event, unit)
    return claim


@transaction.atomic
def join_claim(partner: Partner, *, by: Person, seen: int | None = None) -> Partner:
    """Say a partner's yes to a promise made together; the last yes of all opens the project."""
    claim, partner = locked_partner(partner)
    may_join(by, partner).require()
    _require_unchanged(claim, seen)
    partner.said_yes_at = timezone.now()
    partner.save(update_fields=["said_yes_at"])
    unit = partner.organisation
    event = record("said_yes", claim, by=by, unit=unit.name, side="partner")
    _settle(claim, by, event, unit)
    return partner


def locked_partner(partner: Partner) -> tuple[Claim, Partner]:
    """The claim, locked, and its partner as it is now."""
    claim = locked_claim(partner.claim)
    partner = claim.partners.select_related("organisation__successor").get(pk=partner.pk)
    partner.claim = claim
    return claim, partner


def _require_unchanged(claim: Claim, seen: int | None) -> None:
    if seen is not None and seen != claim.version:
        raise ValidationError(_("What is promised has changed meanwhile. Look again."))


def _settle(claim: Claim, by: Person, event: Event, unit: Organisation) -> None:
    """After a yes: open the project where it was the last one, and tell the others."""
    title = format_lazy(_("{unit} said yes: {title}"), unit=unit.name, title=claim.need.title)
    if not claim.missing:
        claim.state = Claim.State.CONFIRMED
        claim.project = _open(claim, by, claim.due_on or due_day(claim.need))
        claim.save(update_fields=["state", "project"])
        title = format_lazy(_("Agreed by all: {title}"), title=claim.need.title)
    tell_others(claim, event, title, by=by)


def _open(claim: Claim, by: Person, due_on: datetime.date) -> Project:
    need = claim.need
    return open_project(
        alliance=need.alliance,
        title=need.title,
        due_on=due_on,
        owners=owners_of(claim),
        askers=askers_of(need),
        by=by,
        origin=claim,
        group=need.group,
        detail="\n\n".join(part for part in (need.detail, _together(claim)) if part),
    )


def _together(claim: Claim) -> str:
    """Who promised it together: an alliance keeps one owner a side, so the others stand here."""
    names = [partner.organisation.name for partner in partners_of(claim)]
    if not names:
        return ""
    units = pgettext("between words of a list", ", ").join([claim.organisation.name, *names])
    return gettext("Promised together by %(units)s.") % {"units": units}


def partners_of(claim: Claim) -> list[Partner]:
    return list(claim.partners.select_related("organisation__successor"))


def due_day(need: Item) -> datetime.date:
    """The need's own date while it is to come, else `DAYS_TO_DO` from today."""
    today = timezone.localdate()
    if need.due_on and need.due_on > today:
        return need.due_on
    return today + datetime.timedelta(days=DAYS_TO_DO)


def owners_of(claim: Claim) -> list[OwnerSpec]:
    """Provider and partners, each for its side; the coordinator of an asking side without one.

    `open_project` keeps the first owner of each side, and adds the coordinator of a side that is
    still without one.
    """
    alliance = claim.need.alliance
    does = claim.note or str(claim.resource or "")
    together = [partner.organisation for partner in partners_of(claim)]
    owners = [_promising(unit.acting(), claim, does) for unit in (claim.organisation, *together)]
    asking = side_of(claim.need.organisation.acting(), alliance)
    if asking and asking not in [owner.side for owner in owners]:
        owners.append(_coordinating(asking, claim.need))
    return owners


def _promising(unit: Organisation, claim: Claim, does: str) -> OwnerSpec:
    liaison = next(iter(people_answering_for(unit)), None)
    side = side_of(unit, claim.need.alliance)
    return OwnerSpec(side=side, organisation=unit, person=liaison, does=does[:200])


def _coordinating(side: Side, need: Item) -> OwnerSpec:
    does = gettext("Answers for %(unit)s") % {"unit": need.organisation.name}
    person = next(iter(coordinators_of(side)), None)
    return OwnerSpec(side=side, organisation=side.organisation, person=person, does=does)


def askers_of(need: Item) -> list[Organisation]:
    """Every unit whose request the need stands for, its own first."""
    merged = need.merged_items.select_related("organisation")
    units = [need.organisation, *(item.organisation for item in merged)]
    return list(dict.fromkeys(units))
