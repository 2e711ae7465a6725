"""Who may import, for whom, and how long an import can be undone."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import is_coordinator
from mulin.lists.models import ImportBatch
from mulin.lists.queries.imports import importable_units

UNDO_DAYS = 30


def may_import(person: Person, alliance: Alliance, organisation: Organisation | None) -> Verdict:
    """A coordinator for any member (or the units a sheet names), a liaison for the own unit."""
    units = importable_units(person, alliance)
    if not units:
        return NO(_("Only a member unit's liaison or a coordinator can import lists."))
    if organisation is None:
        if is_coordinator(person, alliance):
            return YES
        return NO(_("Say for which of your units you import."))
    if organisation in units:
        return YES
    return NO(_("You can import for your own unit; a coordinator can for any member."))


def may_change_import(person: Person, batch: ImportBatch) -> Verdict:
    """Whoever brought it, while they may still import for that unit, or a coordinator."""
    if batch.state in (ImportBatch.State.TAKEN, ImportBatch.State.UNDONE):
        return NO(_("This import has been finished; nothing in it can be changed here."))
    if batch.state == ImportBatch.State.DISCARDED:
        return NO(_("This import was discarded."))
    return _may_touch(person, batch)


def may_merge_rows(person: Person, batch: ImportBatch) -> Verdict:
    """Who reads lists may say that two things are the same; making them one is a coordinator's."""
    if is_coordinator(person, batch.alliance):
        return YES
    return NO(_("A coordinator merges; say that they are the same, and it is suggested."))


def may_undo_import(person: Person, batch: ImportBatch) -> Verdict:
    if batch.state != ImportBatch.State.TAKEN or not batch.taken_at:
        return NO(_("Only an import that was taken in can be undone."))
    if timezone.now() > batch.taken_at + datetime.timedelta(days=UNDO_DAYS):
        return NO(_("An import can be undone for 30 days; withdraw its items one by one now."))
    return _may_touch(person, batch)


def _may_touch(person: Person, batch: ImportBatch) -> Verdict:
    if is_coordinator(person, batch.alliance):
        return YES
    if batch.organisation and may_import(person, batch.alliance, batch.organisation):
        return YES
    return NO(_("Only who imports for this unit, or a coordinator, can change this import."))
