"""Reads about imports: batches one may see, the units a name may mean, what a batch led to."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import is_coordinator, members_of, organisations_of
from mulin.lists.models import Category, Claim, ImportBatch, ImportRow, ImportTable, Item

PAGE = 50


def batches_visible_to(person: Person) -> QuerySet[ImportBatch]:
    """One's own batches, those of one's unit, and for a coordinator all of the alliance."""
    alliances = list(Alliance.objects.visible_to(person))
    coordinated = [alliance.pk for alliance in alliances if is_coordinator(person, alliance)]
    own = Q(by=person) | Q(organisation__in=organisations_of(person).order_by())
    return ImportBatch.objects.filter(alliance__in=alliances).filter(
        own | Q(alliance__in=coordinated)
    )


def importable_units(person: Person, alliance: Alliance) -> list[Organisation]:
    """Members the person may import for: all for a coordinator, else those they answer for."""
    members = members_of(alliance)
    if not is_coordinator(person, alliance):
        members = members.filter(pk__in=organisations_of(person).order_by().values("pk"))
    return list(members.order_by("name"))


def categories_of(alliance: Alliance) -> list[Category]:
    return list(Category.objects.filter(alliance=alliance))


@dataclass(frozen=True)
class Tally:
    """How many cells were read, guessed and rejected, in how many rows."""

    rows: int = 0
    read: int = 0
    guessed: int = 0
    rejected: int = 0


def tally_of(batch: ImportBatch) -> Tally:
    """Counts over rows that will be taken in; skipped rows and tables don't count."""
    found = rows_to_take(batch).aggregate(
        rows=Count("pk"), guessed=Sum("guessed"), rejected=Sum("rejected")
    )
    guessed, rejected = found["guessed"] or 0, found["rejected"] or 0
    cells = int(batch.answers.get("cells_read", 0))
    return Tally(found["rows"], max(0, cells - guessed - rejected), guessed, rejected)


def rows_to_take(batch: ImportBatch) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(table__batch=batch, table__skipped=False, skipped=False)


def rows_shown(table: ImportTable, *, every: bool) -> QuerySet[ImportRow]:
    """The table's rows; unless `every`, only those with a cell to look at."""
    rows = table.rows.order_by("row", "part")
    return rows if every else rows.filter(Q(rejected__gt=0) | Q(guessed__gt=0), skipped=False)


def decisions_left(batch: ImportBatch) -> dict[tuple[int, str, str], int]:
    """How many rejected cells share table, field and wording: one answer settles each group."""
    found: dict[tuple[int, str, str], int] = {}
    rows = rows_to_take(batch).filter(rejected__gt=0)
    for table, cells in rows.values_list("table_id", "cells").iterator(chunk_size=500):
        for name, cell in cells.items():
            if cell["state"] == "rejected":
                key = table, name, cell["text"]
                found[key] = found.get(key, 0) + 1
    return found


@dataclass
class Consequences:
    """Items of a batch that something depends on, each with what does."""

    kept: dict[Any, set[str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    free: int = 0

    def note(self, keys: QuerySet | list, why: str) -> None:
        for key in keys:
            if key is not None:
                self.kept.setdefault(key, set()).add(why)


def consequences_of(batch: ImportBatch) -> Consequences:
    """What depends on the batch's items: claims, merges, publication, rounds, proposals, words."""
    items = Item.objects.filter(batch=batch)
    found = Consequences()
    ids = items.order_by().values("pk")
    claims = Claim.objects.order_by()
    found.note(claims.filter(need__in=ids).values_list("need", flat=True), "claim")
    found.note(claims.filter(resource__in=ids).values_list("resource", flat=True), "claim")
    in_project = claims.filter(need__in=ids, project__isnull=False)
    found.note(in_project.values_list("need", flat=True), "project")
    into = Item.objects.filter(merged_into__in=ids).exclude(batch=batch).order_by()
    found.note(into.values_list("merged_into", flat=True), "merge")
    merged = items.filter(state=Item.State.MERGED).exclude(merged_into__batch=batch).order_by()
    found.note(merged.filter(_not_by_import()).values_list("pk", flat=True), "merge")
    published = items.filter(Q(published_at__isnull=False) | ~Q(number="")).order_by()
    found.note(published.values_list("pk", flat=True), "published")
    carried = items.filter(carried_to__isnull=False).order_by()
    found.note(carried.values_list("pk", flat=True), "carried")
    said = items.filter(comments__isnull=False).order_by()
    found.note(said.values_list("pk", flat=True), "comment")
    _spread_over_merges(batch, found)
    found.items = list(items.filter(pk__in=list(found.kept)[:200]).select_related("organisation"))
    found.free = items.count() - len(found.kept)
    return found


def _not_by_import() -> Q:
    """Merged by a person later, or into something that somebody has taken on since."""
    return Q(merged_into__taken__gt=0) | ~Q(reason="import")


def _spread_over_merges(batch: ImportBatch, found: Consequences) -> None:
    """A request merged into an item that stays, stays with it; and the other way round."""
    inside = Item.objects.filter(batch=batch, merged_into__batch=batch).order_by()
    pairs = list(inside.values_list("pk", "merged_into"))
    for request, target in pairs:
        if target in found.kept:
            found.note([request], "merge")
