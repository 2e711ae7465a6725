"""Who may change what in an alliance, and the refusals a person can read."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.accounts.models import Person
from mulin.accounts.verdict import NO, YES, Verdict
from mulin.alliance.models import (
    Alliance,
    LeadTerm,
    MechanismNode,
    Membership,
    Organisation,
    Post,
    Side,
)
from mulin.alliance.queries import (
    alliances_of,
    has_entered,
    is_coordinator,
    is_lead,
    leading_side,
    organisations_under,
    sides_of,
)


def may_edit(person: Person, alliance: Alliance) -> Verdict:
    """Members, groups, places, mechanism: the coordinators of either side."""
    if is_coordinator(person, alliance):
        return YES
    return NO(_("Only a coordinator of one of the sides may change this."))


def may_edit_organisation(
    person: Person, organisation: Organisation, alliance: Alliance
) -> Verdict:
    """An organisation's name, codes and posts: coordinators of every alliance it belongs to.

    Otherwise whoever admits another alliance's member could appoint themselves into it.
    """
    if not (verdict := may_edit(person, alliance)):
        return verdict
    if person.is_operator:
        return YES
    if not organisations_under(alliance).filter(pk=organisation.pk).exists():
        return NO(_("This organisation isn't part of the alliance; first make it a member."))
    for other in alliances_of(organisation):
        if not is_coordinator(person, other):
            words = _("It also belongs to “%(other)s”; only the operator may change it.")
            return NO(words % {"other": other})
    return YES


def may_found(person: Person) -> Verdict:
    """Found another alliance: the operator, because its coordinators aren't known yet."""
    return YES if person.is_operator else NO(_("Only the operator founds an alliance."))


def may_change_sides(person: Person, alliance: Alliance) -> Verdict:
    """Add and end sides: the operator, or the coordinator of the side that leads."""
    if is_lead(person, alliance):
        return YES
    return NO(_("Only the operator or a coordinator of the leading side changes the sides."))


def may_end_side(person: Person, side: Side, until_on: datetime.date) -> Verdict:
    if not (verdict := may_change_sides(person, side.alliance)):
        return verdict
    after = until_on + datetime.timedelta(days=1)
    if sides_of(side.alliance, after).exclude(pk=side.pk).count() < 2:
        return NO(_("An alliance needs two sides or more."))
    if leading_side(side.alliance, after) == side or side.terms.filter(starts_on__gt=after):
        return NO(_("It would lead after that day: swap or skip its turns in the rotation first."))
    return YES


def may_admit(person: Person, organisation: Organisation, alliance: Alliance) -> Verdict:
    if not (verdict := may_edit(person, alliance)):
        return verdict
    if has_entered(organisation, alliance):
        return NO(_("It is a member already."))
    if organisation.dissolved_on and organisation.dissolved_on <= timezone.localdate():
        return NO(_("It was dissolved; admit its successor."))
    return YES


def may_end_membership(person: Person, membership: Membership) -> Verdict:
    if membership.role == Membership.Role.SIDE:
        return NO(_("A side is ended on the page of the alliance, its members with it."))
    return may_edit(person, membership.alliance)


def may_dissolve(
    person: Person, organisation: Organisation, alliance: Alliance, successor: Organisation | None
) -> Verdict:
    if not (verdict := may_edit_organisation(person, organisation, alliance)):
        return verdict
    if organisation.dissolved_on:
        return NO(_("It is dissolved already."))
    if alliance.sides.filter(organisation=organisation).exists():
        return NO(_("A side of the alliance can't be dissolved here; ask the operator."))
    if successor and successor.acting() == organisation:
        return NO(_("The successor leads back to the organisation itself."))
    return YES


def may_rename(
    person: Person, organisation: Organisation, alliance: Alliance, on: datetime.date
) -> Verdict:
    if not (verdict := may_edit_organisation(person, organisation, alliance)):
        return verdict
    if on > timezone.localdate():
        return NO(_("A new name is entered on its day or later, not before."))
    if organisation.names.filter(from_on__gte=on).exists():
        return NO(_("A later name is already entered."))
    return YES


def may_appoint(
    person: Person, organisation: Organisation, alliance: Alliance, role: str
) -> Verdict:
    if not (verdict := may_edit_organisation(person, organisation, alliance)):
        return verdict
    is_side = alliance.sides.filter(organisation=organisation).exists()
    if role == Post.Role.COORDINATOR and not is_side:
        return NO(_("Coordinators belong to a side: choose the sub-district."))
    return YES


def may_run_rotation(person: Person, alliance: Alliance) -> Verdict:
    if is_lead(person, alliance):
        return YES
    side = leading_side(alliance)
    words = _("Only the coordinator of the leading side (%(side)s) may change the rotation.")
    return NO(words % {"side": side or "—"})


def may_change_term(person: Person, term: LeadTerm) -> Verdict:
    if not (verdict := may_run_rotation(person, term.alliance)):
        return verdict
    if term.starts_on <= timezone.localdate():
        return NO(_("This term has begun; what was can't be changed."))
    return YES


def may_move_under(person: Person, node: MechanismNode, parent: MechanismNode | None) -> Verdict:
    if not (verdict := may_edit(person, node.alliance)):
        return verdict
    above = parent
    while above is not None:
        if above.pk == node.pk:
            return NO(_("A heading can't stand under itself."))
        above = above.parent
    return YES
