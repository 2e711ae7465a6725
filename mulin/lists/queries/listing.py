"""The lists as their pages show them: filtered, counted by stage, with who holds what."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Prefetch, Q, Value, When
from django.utils import timezone

from mulin.alliance.models import Alliance, Group, Membership, Organisation
from mulin.lists.models import Category, Claim, Item, ItemQuerySet
from mulin.lists.queries.finding import matching_items
from mulin.lists.queries.stages import Stage, staged
from mulin.projects.models import Project

HELD = (Item.State.PARKED, Item.State.EXPIRED)
SHOWN = (Item.State.PUBLISHED, *HELD)
STAGE_STATES = {
    Stage.OPEN: "open",
    Stage.CLAIMED: "claimed",
    Stage.IN_PROJECT: "agreed",
    Stage.TO_ACCEPT: "checking",
    Stage.MET: "done",
}
TABS = ("", "open", "claimed", "agreed", "checking", "held", "done", "late")
# How many days ago an item was asked for, first and last day.
AGES = {"30": (0, 30), "60": (31, 60), "longer": (61, None), "over30": (31, None)}
FIRST = 20
MORE = 50


@dataclass(frozen=True)
class Filters:
    """What a reader asked to see; empty means all."""

    q: str = ""
    community: str = ""
    category: str = ""
    wants: str = ""
    group: str = ""
    age: str = ""
    sort: str = ""
    state: str = ""
    show: int = FIRST


def listed(alliance: Alliance, kind: str) -> ItemQuerySet:
    """Items on the list with `stage` and `late`; what was carried forward or merged is left out."""
    items = Item.objects.filter(alliance=alliance, kind=kind, state__in=SHOWN)
    return judged(items, alliance)


def judged(items: ItemQuerySet, alliance: Alliance) -> ItemQuerySet:
    """Annotate `stage`, and `late`: whether a project for it is past its date."""
    late = Claim.objects.active().filter(
        project__alliance=alliance,
        project__state=Project.State.RUNNING,
        project__due_on__lt=timezone.localdate(),
    )
    return staged(items).annotate(late=Q(pk__in=late.order_by().values("need")))


def filtered(alliance: Alliance, kind: str, filters: Filters) -> ItemQuerySet:
    """Everything but the tab: words, unit, category, what it lacks, group."""
    items = listed(alliance, kind)
    if filters.q.strip():
        items = matching_items(items, filters.q, scope=alliance.pk, kind=kind)
    if filters.community:
        items = items.filter(organisation=UUID(filters.community))
    if filters.category:
        items = items.filter(category=int(filters.category))
    if filters.group:
        items = items.filter(group=UUID(filters.group))
    if filters.age:
        items = items.filter(_asked(*AGES[filters.age]))
    if filters.wants:
        # A text match, because SQLite can't ask whether a JSON list contains a word.
        items = items.filter(wants__icontains=f'"{filters.wants}"')
    return items


def _asked(least: int, most: int | None) -> Q:
    """Asked for between so many days ago; what is dated ahead was asked for today."""
    today = timezone.localdate()
    asked = Q(asked_on__lte=today - datetime.timedelta(days=least)) if least else Q()
    return asked & Q(asked_on__gte=today - datetime.timedelta(days=most)) if most else asked


def in_tab(items: ItemQuerySet, state: str) -> ItemQuerySet:
    """The items of one tab; "" is what isn't done yet."""
    return items.filter(_tab(state))


def _tab(state: str) -> Q:
    published = Q(state=Item.State.PUBLISHED)
    if state == "":
        return Q(state__in=(Item.State.PUBLISHED, Item.State.PARKED)) & ~Q(stage=Stage.MET)
    if state == "held":
        return Q(state__in=HELD)
    if state == "late":
        return published & Q(late=True)
    stage = next((stage for stage, word in STAGE_STATES.items() if word == state), Stage.OPEN)
    return published & Q(stage=stage)


def tab_counts(items: ItemQuerySet) -> dict[str, int]:
    """How many items each tab holds: what `in_tab` finds for each.

    The published are counted by stage, each worked out once; of the others, most of them of
    former years, no stage is asked.
    """
    counts = dict.fromkeys(TABS, 0)
    published: Any = items.filter(state=Item.State.PUBLISHED).order_by()
    for stage, late, count in published.values_list("stage", "late").annotate(Count("pk")):
        counts[""] += count if stage != Stage.MET else 0
        counts[STAGE_STATES[Stage(stage)]] += count
        counts["late"] += count if late else 0
    held = items.filter(state__in=HELD).order_by()
    for state, count in held.values_list("state").annotate(Count("pk")):
        counts[""] += count if state == Item.State.PARKED else 0
        counts["held"] += count
    return counts


def sorted_items(items: ItemQuerySet, sort: str) -> ItemQuerySet:
    """Late ones first, then by waiting time; or newest, by number, by when it is due."""
    orders = {
        "newest": ("-asked_on", "-pk"),
        "number": ("number", "pk"),
        "due": (F("due_on").asc(nulls_last=True), "asked_on"),
    }
    late_first = Case(When(late=True, then=Value(0)), default=Value(1))
    return items.order_by(*orders.get(sort, (late_first, "asked_on", "pk")))


def page_of(items: ItemQuerySet, kind: str, most: int) -> list[Any]:
    """The first `most` items in their order, all of one kind, ready to show.

    The keys are chosen first: what a row shows would otherwise be worked out for every item.
    """
    picked: Any = items.values_list("pk", "stage", "late")[:most]  # type: ignore[misc]
    chosen = {key: said for key, *said in picked}
    shown = with_units(Item.objects.filter(pk__in=chosen).order_by())
    found: Any = shown.prefetch_related(_held() if kind == Item.Kind.NEED else _users())
    rows = {item.pk: item for item in found}
    for key, (stage, late) in chosen.items():
        rows[key].stage, rows[key].late = stage, late
    return [rows[key] for key in chosen]


def with_holders(items: ItemQuerySet) -> ItemQuerySet:
    """Rows ready to show: unit, category, requests; active claims on it (`held`) and with it."""
    return with_units(items).prefetch_related(_held(), _users())


def with_units(items: ItemQuerySet) -> ItemQuerySet:
    return items.with_requests().select_related("organisation__parent", "category")


def _held() -> Prefetch:
    claims = Claim.objects.active().select_related("organisation", "project")
    return Prefetch("claims", queryset=claims, to_attr="held")


def _users() -> Prefetch:
    uses = Claim.objects.active().select_related("need__organisation", "project")
    return Prefetch("uses", queryset=uses, to_attr="users")


def choices(alliance: Alliance) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: units that belong or belonged to it, categories, groups."""
    belonged = Membership.objects.filter(alliance=alliance).values("organisation")
    units = Organisation.objects.filter(pk__in=belonged)
    return {
        "units": _pairs(units.values_list("pk", "name")),
        "categories": _pairs(Category.objects.filter(alliance=alliance).values_list("pk", "name")),
        "groups": _pairs(Group.objects.filter(alliance=alliance).values_list("pk", "name")),
    }


def _pairs(rows: Any) -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in rows]


def state_of(item: Any) -> str:
    """The word of the look for an item annotated with `stage`."""
    if item.state == Item.State.PUBLISHED:
        return STAGE_STATES[Stage(item.stage)]
    return {
        Item.State.PARKED: "held",
        Item.State.EXPIRED: "held",
        Item.State.MERGED: "claimed",
        Item.State.WITHDRAWN: "declined",
    }.get(item.state, "draft")
