"""Reads for the page of proposals: the latest run, what it left open, and its problem rebuilt."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from mulin import matching
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.lists.models import Item, MatchRun, Proposal, Unmet
from mulin.lists.queries.engine import items_named_in, open_items, plan_of, read_reason

CHOICES = 60
TAGS_OF_CODES = {
    "needs_approval": "permission",
    "needs_permission": "permission",
    "money_only": "money",
    "too_few_seats": "space",
}


@dataclass(frozen=True)
class Pairing:
    """A need with the offers proposed for it, the best first."""

    need: Item
    proposals: list[Proposal]

    @property
    def codes(self) -> set[str]:
        """What speaks for it, by the codes of its reasons."""
        return {reason["code"] for proposal in self.proposals for reason in proposal.reasons}


@dataclass(frozen=True)
class Lacking:
    """A need nobody can serve yet: the supply it lacks ("" where any would do) and why."""

    need: Item
    tag: str
    cause: matching.Reason


def proposals_visible_to(person: Person) -> QuerySet[Proposal]:
    return Proposal.objects.filter(run__alliance__in=Alliance.objects.visible_to(person))


def latest_run(alliance: Alliance) -> MatchRun | None:
    """The last one that came to an end; what it proposed is what can be decided."""
    return MatchRun.objects.filter(alliance=alliance, state=MatchRun.State.DONE).first()


def active_run(alliance: Alliance) -> MatchRun | None:
    return MatchRun.objects.active().filter(alliance=alliance).first()


def newest_run(alliance: Alliance) -> MatchRun | None:
    """The last one ordered, whatever became of it."""
    return MatchRun.objects.filter(alliance=alliance).first()


def runs_visible_to(person: Person) -> QuerySet[MatchRun]:
    return MatchRun.objects.filter(alliance__in=Alliance.objects.visible_to(person))


def pairings(run: MatchRun, needs: Sequence[uuid.UUID]) -> list[Pairing]:
    """The proposals for these needs, in their order."""
    found: dict[uuid.UUID, Pairing] = {}
    for proposal in _standing(run).filter(need__in=needs):
        need = proposal.need
        found.setdefault(need.pk, Pairing(need, [])).proposals.append(proposal)
    return [found[need] for need in needs if need in found]


def needs_from_best(run: MatchRun) -> list[uuid.UUID]:
    """Needs with a proposal that can still be decided; what fits in most ways first."""
    codes: dict[uuid.UUID, set[str]] = defaultdict(set)
    asked_on: dict[uuid.UUID, datetime.date] = {}
    rows = _standing(run).values_list("need", "need__asked_on", "reasons")
    for need, since, reasons in rows:
        codes[need] |= {reason["code"] for reason in reasons}
        asked_on[need] = since
    return sorted(
        codes,
        key=lambda need: ("conditions" in codes[need], -len(codes[need]), asked_on[need]),
    )


def _standing(run: MatchRun) -> QuerySet[Proposal]:
    """What is to be decided and can be done: both ends still listed and not used up."""
    listed = Item.State.PUBLISHED
    return (
        run.proposals.filter(state=Proposal.State.OPEN)
        .filter(need__state=listed, resource__state=listed)
        .filter(need__taken__lt=F("need__amount"), resource__taken__lt=F("resource__amount"))
        .select_related("need__organisation", "need__category", "resource__organisation")
        .order_by("pk")
    )


def decided(run: MatchRun) -> list[Proposal]:
    """What was sent to both sides, or refused, of this run."""
    settled = run.proposals.exclude(state=Proposal.State.OPEN)
    return list(settled.select_related("need", "resource").order_by("pk"))


def lacking(run: MatchRun) -> list[Lacking]:
    """Needs still without an answer, the longest waiting first."""
    return [_lacking(row) for row in _unmet(run)]


def long_unmet(run: MatchRun, days: int) -> QuerySet[Unmet]:
    """Those of the needs without an answer that have waited so many days or longer."""
    since = timezone.localdate() - datetime.timedelta(days=days)
    return _unmet(run).filter(need__asked_on__lte=since)


def _unmet(run: MatchRun) -> QuerySet[Unmet]:
    """What the run left open and still is, the longest waiting first."""
    return (
        Unmet.objects.filter(run=run, need__state=Item.State.PUBLISHED)
        .filter(need__taken__lt=F("need__amount"))
        .select_related("need__organisation")
        .order_by("need__asked_on", "pk")
    )


def _lacking(row: Unmet) -> Lacking:
    cause, wants = read_reason(row.cause), row.need.wants
    tag = row.cause.get("tag") or TAGS_OF_CODES.get(cause.code, "")
    return Lacking(row.need, tag or (wants[0] if len(wants) == 1 else ""), cause)


def titles_in(reasons: Iterable[matching.Reason]) -> dict[str, str]:
    """What the items the reasons speak of are called, by id, in one query."""
    keys = items_named_in(reasons)
    rows = Item.objects.filter(pk__in=keys).values_list("pk", "title") if keys else []
    return {str(key): title for key, title in rows}


def other_offers(pairing: Pairing) -> list[Item]:
    """Offers one might have thought of instead: those of the same category, then the rest."""
    proposed = [proposal.resource for proposal in pairing.proposals]
    category = pairing.need.category_id
    near = {category, *(resource.category_id for resource in proposed)} - {None}
    like_it = When(category__in=near, then=Value(0))
    offers = (
        Item.objects.filter(alliance=pairing.need.alliance_id)
        .resources()
        .published()
        .filter(taken__lt=F("amount"))
        .exclude(pk__in=[resource.pk for resource in proposed])
        .exclude(organisation=pairing.need.organisation_id)
        .select_related("organisation")
        .order_by(Case(like_it, default=Value(1)), "title", "pk")
    )
    return list(offers[:CHOICES])


def is_proposed(need: Item, resource: Item) -> bool:
    """Whether this pair waits to be decided."""
    return _open_in(need.alliance).filter(need=need, resource=resource).exists()


def why_not(need: Item, resource: Item) -> matching.Reason | None:
    """Why the resource was not proposed for the need; None where one of them is used up since.

    The problem is rebuilt from the lists as they are now, with the open proposals agreed, but of
    needs only those that compete for what this provider has: it answers at once.
    """
    plan = _plan_around(need, resource)
    try:
        return matching.why_not(plan, str(need.pk), str(resource.pk))
    except KeyError:
        return None


def _open_in(alliance: Alliance) -> QuerySet[Proposal]:
    """What the last run of an alliance proposed that can still be decided."""
    run = latest_run(alliance)
    return _standing(run) if run else Proposal.objects.none()


def _plan_around(need: Item, resource: Item) -> matching.Plan:
    alliance = need.alliance
    open_pairs = _open_in(alliance)
    rivals = open_pairs.filter(resource__organisation=resource.organisation_id)
    asking = {need.pk, *rivals.values_list("need", flat=True)}
    pairs = open_pairs.filter(need__in=asking).values_list("need", "resource")
    return plan_of(
        alliance,
        open_items(alliance, Item.Kind.NEED, among=asking),
        open_items(alliance, Item.Kind.RESOURCE),
        agreed=[matching.Link(str(asker), str(offer)) for asker, offer in pairs],
    )


def open_counts(alliance: Alliance) -> dict[str, int]:
    """How many needs and resources are listed and not used up."""
    items = Item.objects.filter(alliance=alliance, taken__lt=F("amount")).published()
    return items.aggregate(
        needs=Count("pk", filter=Q(kind=Item.Kind.NEED)),
        resources=Count("pk", filter=Q(kind=Item.Kind.RESOURCE)),
    )
