"""Both sides' yes, and the project that comes of it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Organisation, Side
from mulin.alliance.queries import coordinators_of, people_answering_for, side_of
from mulin.history.actions import record
from mulin.lists.actions.claims import locked_claim, say_yes
from mulin.lists.actions.telling import tell, voices_of
from mulin.lists.models import Claim, Item
from mulin.lists.rules.claims import may_answer_claim
from mulin.projects.actions import OwnerSpec, open_project
from mulin.projects.models import Project

DAYS_TO_DO = 30
"""Due that many days from today where the need names no date still to come."""


@transaction.atomic
def confirm_claim(
    claim: Claim, *, by: Person, side: str, due_on: datetime.date | None = None
) -> Claim:
    """Say yes for one side ("provider" or "asker"); the second yes opens the project.

    due_on: by when it will be done, used with the second yes (default: the need's own date).
    """
    claim = locked_claim(claim)
    may_answer_claim(by, claim, side).require()
    say_yes(claim, side)
    unit = claim.organisation if side == "provider" else claim.need.organisation
    record("said_yes", claim, by=by, unit=unit.name, side=side)
    if claim.provider_said_yes_at and claim.asker_said_yes_at:
        _agree(claim, by, due_on)
    else:
        _tell_other(claim, by, unit)
    return claim


def _tell_other(claim: Claim, by: Person, unit: Organisation) -> None:
    asker = claim.need.organisation
    other = claim.organisation if unit == asker else asker
    title = format_lazy(_("{unit} said yes: {title}"), unit=unit.name, title=claim.need.title)
    people = set(voices_of(other, claim.need.alliance)) - {by}
    tell(people, f"claim_yes:{claim.pk}:{unit.pk}", title, item=claim.need)


def _agree(claim: Claim, by: Person, due_on: datetime.date | None) -> None:
    claim.state = Claim.State.CONFIRMED
    claim.project = _open(claim, by, due_on or due_day(claim.need))
    claim.save(update_fields=["state", "project"])
    title = format_lazy(_("Agreed by both sides: {title}"), title=claim.need.title)
    people = {
        person
        for unit in (claim.organisation, claim.need.organisation, *claim.partners.all())
        for person in voices_of(unit, claim.need.alliance)
    }
    tell(people - {by}, f"agreed:{claim.pk}", title, item=claim.need)


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
        detail=need.detail,
    )


def due_day(need: Item) -> datetime.date:
    """The need's own date while it is to come, else `DAYS_TO_DO` from today."""
    today = timezone.localdate()
    if need.due_on and need.due_on > today:
        return need.due_on
    return today + datetime.timedelta(days=DAYS_TO_DO)


def owners_of(claim: Claim) -> list[OwnerSpec]:
    """The provider for its side, and the coordinator of the asking side where that is another.

    `open_project` adds the coordinator of a side that is still without an owner.
    """
    alliance, provider = claim.need.alliance, claim.organisation.acting()
    own = side_of(provider, alliance)
    liaison = next(iter(people_answering_for(provider)), None)
    does = claim.note or str(claim.resource or "")
    owners = [OwnerSpec(side=own, organisation=provider, person=liaison, does=does[:200])]
    asking = side_of(claim.need.organisation.acting(), alliance)
    if asking and asking != own:
        owners.append(_coordinating(asking, claim.need))
    return owners


def _coordinating(side: Side, need: Item) -> OwnerSpec:
    does = _now("Answers for %(unit)s") % {"unit": need.organisation.name}
    person = next(iter(coordinators_of(side)), None)
    return OwnerSpec(side=side, organisation=side.organisation, person=person, does=does)


def askers_of(need: Item) -> list[Organisation]:
    """Every unit whose request the need stands for, its own first."""
    merged = need.merged_items.select_related("organisation")
    units = [need.organisation, *(item.organisation for item in merged)]
    return list(dict.fromkeys(units))
