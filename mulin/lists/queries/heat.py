"""Where there is too little and where too much: resources minus needs by unit and category."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from mulin.alliance.models import Alliance, Membership, Organisation
from mulin.lists.models import Category, Item


@dataclass(frozen=True)
class HeatRow:
    """A unit and its balance per category; None where it reported nothing of the kind."""

    unit: Organisation
    balances: tuple[int | None, ...]


@dataclass(frozen=True)
class Heat:
    categories: list[Category]
    groups: list[tuple[str, list[HeatRow]]]


def heat_of(alliance: Alliance) -> Heat:
    """Open items of the communities, by side; categories nobody uses are left out."""
    counts = _balances(alliance)
    used = {category for _unit, category in counts}
    categories = [one for one in Category.objects.filter(alliance=alliance) if one.pk in used]
    groups: dict[str, list[HeatRow]] = defaultdict(list)
    for membership in _communities(alliance):
        unit = membership.organisation
        cells = tuple(counts.get((unit.pk, category.pk)) for category in categories)
        side = membership.side.organisation.name if membership.side else ""
        groups[side].append(HeatRow(unit, cells))
    return Heat(categories, list(groups.items()))


def _balances(alliance: Alliance) -> dict[tuple, int]:
    rows = (
        Item.objects.filter(alliance=alliance, taken__lt=F("amount"))
        .published()
        .exclude(category=None)
        .order_by()
        .values("organisation", "category", "kind")
        .annotate(count=Count("pk"))
    )
    balances: dict[tuple, int] = defaultdict(int)
    for row in rows:
        sign = 1 if row["kind"] == Item.Kind.RESOURCE else -1
        balances[row["organisation"], row["category"]] += sign * row["count"]
    return dict(balances)


def _communities(alliance: Alliance) -> QuerySet[Membership]:
    return (
        Membership.objects.current()
        .filter(alliance=alliance, organisation__kind=Organisation.Kind.COMMUNITY)
        .select_related("organisation", "side__organisation")
        .order_by("side__position", "organisation__name")
    )
