"""Whom to tell about items and claims, and the words of the notices."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import coordinators_of, people_answering_for, side_of
from mulin.lists.models import Item
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice


def voices_of(organisation: Organisation, alliance: Alliance) -> list[Person]:
    """Who answers for the unit; its side's coordinators where it has nobody."""
    people = people_answering_for(organisation)
    if people:
        return people
    side = side_of(organisation, alliance)
    return coordinators_of(side) if side else []


def item_url(item: Item) -> str:
    return reverse("lists:item", args=[item.pk])


def tell(
    people: Iterable[Person],
    key: str,
    title: str | Promise,
    *,
    item: Item,
    body: str | Promise = "",
    why: str | Promise = "",
) -> None:
    """Put a notice about an item into the people's outbox, once per key."""
    notice = Notice(
        key=key, title=title, body=body, url=item_url(item), why=why, scope=item.alliance_id
    )
    notify(people, notice)
