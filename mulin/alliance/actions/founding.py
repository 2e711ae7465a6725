"""Founding an alliance between sub-districts."""

import datetime

from django.db import transaction

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Side
from mulin.alliance.rules import may_found
from mulin.history.actions import record


@transaction.atomic
def found_alliance(
    name: str,
    *,
    slug: str,
    organisations: list[Organisation],
    founded_on: datetime.date,
    by: Person | None = None,
    is_example: bool = False,
) -> Alliance:
    """An alliance whose sides are these sub-districts, in their order of rotation.

    What stands under each (its communities) becomes a member on its side from the same day.
    Raises IntegrityError for a slug that is taken.
    """
    if by:
        may_found(by).require()
    alliance = Alliance.objects.create(
        name=name,
        slug=slug,
        founded_on=founded_on,
        year_starts_on=founded_on,
        is_example=is_example,
    )
    for position, organisation in enumerate(organisations):
        side = Side.objects.create(alliance=alliance, organisation=organisation, position=position)
        roles = [(organisation, Membership.Role.SIDE)]
        below = organisation.children.filter(kind=Organisation.Kind.COMMUNITY, dissolved_on=None)
        roles += [(community, Membership.Role.MEMBER) for community in below]
        Membership.objects.bulk_create(
            Membership(
                alliance=alliance, organisation=body, side=side, role=role, from_on=founded_on
            )
            for body, role in roles
        )
    record("alliance_founded", alliance, by=by, scope=alliance.pk)
    return alliance
