"""Who belongs to the alliance, from when and until when."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Side
from mulin.alliance.queries import people_answering_for
from mulin.alliance.rules import may_admit, may_end_membership
from mulin.history.actions import record
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice


@transaction.atomic
def admit_member(
    alliance: Alliance,
    *,
    by: Person,
    organisation: Organisation,
    side: Side | None,
    from_on: datetime.date,
    role: str = Membership.Role.MEMBER,
) -> Membership:
    """The organisation belongs from that day; side None for one that stands on neither."""
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    may_admit(by, organisation, alliance).require()
    membership = Membership.objects.create(
        alliance=alliance, organisation=organisation, side=side, role=role, from_on=from_on
    )
    record("member_admitted", organisation, by=by, scope=alliance.pk, on=from_on)
    notice = Notice(
        key=f"member_admitted:{membership.pk}",
        title=_("Your unit joins the alliance"),
        url="/alliance/charter/",
        why=_("You answer for this unit."),
        scope=alliance.pk,
    )
    notify(people_answering_for(organisation), notice)
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: Person, until_on: datetime.date) -> Membership:
    """The last day of the membership; what was offered and promised stays readable."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    may_end_membership(by, membership).require()
    membership.until_on = until_on
    membership.save(update_fields=["until_on"])
    scope = membership.alliance_id
    record("member_left", membership.organisation, by=by, scope=scope, on=until_on)
    return membership


@transaction.atomic
def reopen_membership(membership: Membership, *, by: Person) -> Membership:
    """Take back `end_membership`."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    may_admit(by, membership.organisation, membership.alliance).require()
    membership.until_on = None
    membership.save(update_fields=["until_on"])
    record("member_kept", membership.organisation, by=by, scope=membership.alliance_id)
    return membership
