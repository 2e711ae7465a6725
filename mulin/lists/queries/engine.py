"""The lists as the matching engine sees them, and its reasons as they are stored."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import F

from mulin import matching
from mulin.alliance.models import Alliance, Membership
from mulin.lists.models import Claim, Item, MatchRun, Proposal
from mulin.lists.queries.standing import left_of, supplies_of
from mulin.matching.amounts import OPEN_OFFER as LENDINGS
from mulin.matching.child import Pair, Question

SECONDS = 0.5
"""What a run searches for: a person waits, and twice the time serves some thousandths more."""

AT_ONCE = matching.Options(seconds=0.02, gap=1.0)
"""For who asks about one pair: what stands is kept, and nobody waits for the last percent."""

Words = dict[str, Any]
HUNDREDTH = Decimal("0.01")
DATED = ("due", "from", "to")
SEEN = (
    "alliance", "kind", "state", "title", "detail", "category", "organisation", "serving",
    "place_text", "place", "quantity_text", "amount", "measure", "taken", "starts_on", "ends_on",
    "weekly", "due_on", "conditions", "wants", "asked_on", "version",
)  # fmt: skip
"""What the engine sees of an item, and what tells whether it has changed since."""


def open_items(
    alliance: Alliance, kind: str, *, among: Collection[Any] | None = None
) -> list[Item]:
    """Published items of which something is left, requests counted; needs with `left_of` each.

    among: only those of these keys.
    """
    items = (
        Item.objects.filter(alliance=alliance, kind=kind)
        .published()
        .with_requests()
        .only(*SEEN)
        # Each unit, category and place once: a run reads thousands of items.
        .prefetch_related("organisation", "category", "place")
    )
    if among is not None:
        items = items.filter(pk__in=among)
    found = [item for item in items if item.left > 0]
    if kind == Item.Kind.RESOURCE:
        return found
    rest = left_of(found)
    for need in found:
        need.left_of = rest[need.pk]  # type: ignore[attr-defined]
        need.most_left = max(need.left_of.values(), default=Decimal(0))  # type: ignore[attr-defined]
    return [need for need in found if rest[need.pk]]


def question_of(run: MatchRun, needs: list[Item], resources: list[Item]) -> Question:
    """What the engine is asked for a run: these items of `open_items`, and what stands already."""
    sides = sides_by_unit(run.alliance)
    return Question(
        resources=tuple(as_resource(item, sides) for item in resources),
        needs=tuple(as_need(item, sides) for item in needs),
        agreed=standing_links(run.alliance, needs, resources),
        refused=frozenset(refused_pairs(run.alliance)),
        options=matching.Options(fairness=run.fairness, seconds=SECONDS),
    )


def standing_links(
    alliance: Alliance, needs: Iterable[Item], resources: Iterable[Item]
) -> tuple[matching.Link, ...]:
    """What is proposed and undecided, of items unchanged since: kept unless something forces it."""
    pairs = Proposal.objects.filter(
        run__alliance=alliance,
        state=Proposal.State.OPEN,
        need__version=F("need_version"),
        resource__version=F("resource_version"),
    )
    listed = {item.pk for item in (*needs, *resources)}
    keys = pairs.order_by("pk").values_list("need", "resource")
    return tuple(
        matching.Link(str(need), str(resource))
        for need, resource in keys
        if {need, resource} <= listed
    )


def plan_of(
    alliance: Alliance,
    needs: Iterable[Item],
    resources: Iterable[Item],
    *,
    agreed: Iterable[matching.Link] = (),
) -> matching.Plan:
    """The engine's plan for these items of `open_items`; `agreed` pairs are kept unless forced."""
    sides = sides_by_unit(alliance)
    problem = matching.problem(
        [as_resource(item, sides) for item in resources],
        [as_need(item, sides) for item in needs],
        agreed=agreed,
        refused=refused_pairs(alliance),
    )
    return matching.solve(problem, AT_ONCE)


def sides_by_unit(alliance: Alliance) -> dict[Any, str]:
    """The name of the side each member stands on; departments of neither are left out."""
    rows = Membership.objects.current().filter(alliance=alliance).exclude(side=None)
    return dict(rows.values_list("organisation", "side__organisation__name"))


def as_need(item: Any, sides: Mapping[Any, str]) -> matching.Need:
    """A need of `open_items` with what is left of it: of each supply it still wants."""
    wants = set(item.left_of) if len(supplies_of(item)) > 1 else set(item.wants)
    return matching.Need(
        **_shared(item, sides, item.most_left),
        due_on=item.due_on,
        wants=frozenset(wants) & frozenset(matching.TAGS),
        weight=float(getattr(item, "requests", 1)),
        asked_on=item.asked_on,
    )


def as_resource(item: Item, sides: Mapping[Any, str]) -> matching.Resource:
    words = _shared(item, sides, item.left)
    if is_unmeasured(item) and item.taken:
        # The engine lends such an offer three times; what it was lent already is known here.
        words |= {"amount": float(round(item.left * LENDINGS)), "measure": "次"}
    return matching.Resource(
        **words,
        gives=frozenset(item.wants) & frozenset(matching.TAGS),
        conditions=item.conditions,
    )


def _shared(item: Item, sides: Mapping[Any, str], left: Decimal) -> Words:
    unit = item.organisation
    backwards = item.starts_on and item.ends_on and item.starts_on > item.ends_on
    return {
        "id": str(item.pk),
        "title": item.title,
        "detail": item.detail,
        "category": item.category.name if item.category else "",
        "community": unit.name,
        "side": sides.get(unit.pk, ""),
        "unit": unit.name,
        "serving": item.serving,
        "amount": None if is_unmeasured(item) else float(left),
        "measure": item.measure,
        "starts_on": None if backwards else item.starts_on,
        "ends_on": None if backwards else item.ends_on,
        "windows": matching.week(item.weekly or ()),
        "place": item.place.name if item.place else item.place_text,
    }


def is_unmeasured(item: Item) -> bool:
    """Whether nobody wrote how much there is: the amount is then one, of nothing in particular."""
    return not item.quantity_text and not item.measure and item.amount == Decimal(1)


def used_by(pair: Pair, resource: Item) -> Decimal:
    """How much of the resource a proposal uses, in the resource's own measure.

    Of the seats of a room as many as there are people, all of them where that isn't counted.
    """
    used = float(pair.units) if pair.seated else float(resource.left) * pair.share
    # The sixth digit is the engine's rounding, which must not turn 8 into 7.99.
    whole = Decimal(f"{used:.6f}").quantize(HUNDREDTH, ROUND_DOWN)
    return min(max(whole, HUNDREDTH), resource.left)


def refused_pairs(alliance: Alliance) -> set[tuple[str, str]]:
    """Pairs somebody said no to, as a proposal or as a claim, while neither has changed."""
    unchanged = {
        "need__version": F("need_version"),
        "resource__version": F("resource_version"),
    }
    proposals = Proposal.objects.filter(
        run__alliance=alliance, state=Proposal.State.REFUSED, **unchanged
    )
    claims = Claim.objects.filter(
        need__alliance=alliance, state=Claim.State.REFUSED, resource__isnull=False, **unchanged
    )
    pairs = [*proposals.values_list("need", "resource"), *claims.values_list("need", "resource")]
    return {(str(need), str(resource)) for need, resource in pairs}


def read_reason(words: Mapping[str, Any]) -> matching.Reason:
    """The reason behind its JSON."""
    params = dict(words.get("params", {}))
    for key in DATED:
        if isinstance(params.get(key), str):
            params[key] = datetime.date.fromisoformat(params[key])
    return matching.Reason(str(words.get("code", "")), params)


def items_named_in(reasons: Iterable[matching.Reason]) -> set[str]:
    """Ids of the items the reasons speak of."""
    named: set[str] = set()
    for reason in reasons:
        for key in ("resource", "holders", "others"):
            value = reason.params.get(key, ())
            named |= {value} if isinstance(value, str) else set(value)
    return named
