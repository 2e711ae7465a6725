"""Organisations: adding, renaming, giving codes, dissolving."""

import datetime
from datetime import timedelta

from django.db import transaction

from mulin.accounts.models import Person
from mulin.alliance.models import (
    Alliance,
    Membership,
    Organisation,
    OrganisationCode,
    OrganisationName,
    Post,
)
from mulin.alliance.rules import may_dissolve, may_edit, may_edit_organisation, may_rename
from mulin.history.actions import record


@transaction.atomic
def add_organisation(
    alliance: Alliance, *, by: Person, kind: str, name: str, parent: Organisation | None = None
) -> Organisation:
    """A new organisation; it joins the alliance only by `admit_member`."""
    may_edit(by, alliance).require()
    organisation = Organisation.objects.create(
        kind=kind, name=name, parent=parent, is_example=alliance.is_example
    )
    OrganisationName.objects.create(organisation=organisation, name=name)
    record("organisation_added", organisation, by=by, scope=alliance.pk)
    return organisation


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


@transaction.atomic
def rename_organisation(
    organisation: Organisation, *, by: Person, alliance: Alliance, name: str, on: datetime.date
) -> Organisation:
    """From `on` (today or earlier) it bears the new name; papers of earlier days show the old."""
    organisation = _locked(organisation)
    may_rename(by, organisation, alliance, on).require()
    old = organisation.name
    if not organisation.names.exists():
        OrganisationName.objects.create(organisation=organisation, name=old)
    organisation.names.filter(until_on=None).update(until_on=on - timedelta(days=1))
    OrganisationName.objects.create(organisation=organisation, name=name, from_on=on)
    organisation.name = name
    organisation.save(update_fields=["name"])
    record("organisation_renamed", organisation, by=by, scope=alliance.pk, old=old, name=name)
    return organisation


@transaction.atomic
def give_code(
    organisation: Organisation,
    *,
    by: Person,
    alliance: Alliance,
    code: str,
    on: datetime.date,
    system: str = "stats",
) -> OrganisationCode:
    """From `on` this is its code in the system (e.g. "stats"); the earlier one ends before."""
    organisation = _locked(organisation)
    may_edit_organisation(by, organisation, alliance).require()
    earlier = organisation.codes.filter(system=system, until_on=None).exclude(from_on__gte=on)
    earlier.update(until_on=on - timedelta(days=1))
    given = OrganisationCode.objects.create(
        organisation=organisation, system=system, code=code, from_on=on
    )
    record("organisation_coded", organisation, by=by, scope=alliance.pk, code=code, system=system)
    return given


@transaction.atomic
def dissolve_organisation(
    organisation: Organisation,
    *,
    by: Person,
    alliance: Alliance,
    on: datetime.date,
    successor: Organisation | None = None,
) -> Organisation:
    """From `on` the successor acts for it; its memberships and posts end on that day."""
    organisation = _locked(organisation)
    may_dissolve(by, organisation, alliance, successor).require()
    organisation.dissolved_on, organisation.successor = on, successor
    organisation.save(update_fields=["dissolved_on", "successor"])
    for dated in (Membership, Post):
        dated.objects.filter(organisation=organisation, until_on=None).exclude(
            from_on__gt=on
        ).update(until_on=on)
    record(
        "organisation_dissolved",
        organisation,
        by=by,
        scope=alliance.pk,
        on=on,
        successor=str(successor or ""),
    )
    return organisation
