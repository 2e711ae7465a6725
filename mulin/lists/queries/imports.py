"""Reads about imports: batches one may see, the units a name may mean, what a batch led to."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import is_coordinator, members_of, organisations_of
from mulin.lists.models import Category, Claim, ImportBatch, ImportRow, ImportTable, Item

PAGE = 50

Mark = tuple[str, str, str, str, int]


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
    """The table's rows; unless `every`, only those with something to look at not shown before."""
    rows = table.rows.order_by("row", "part")
    return rows if every else rows.filter(pk__in=_first_of_each(rows))


def _first_of_each(rows: QuerySet[ImportRow]) -> list[int]:
    """Rows with a question of their own; one answer serves all cells alike, so one is shown."""
    marked = rows.filter(Q(rejected__gt=0) | Q(guessed__gt=0), skipped=False)
    seen: set[Mark] = set()
    first = []
    for key, cells, like in marked.values_list("pk", "cells", "like").iterator(chunk_size=500):
        marks = {mark for name, cell in cells.items() if (mark := mark_of(name, cell, key))}
        if not marks <= seen or (like and not like.get("decision")):
            first.append(key)
        seen |= marks
    return first


def mark_of(name: str, cell: dict, row: int) -> Mark | None:
    """What makes a marked cell like another: field, wording, and what was made of it.

    What no cell says was guessed from the rest of its row, so it is like no other.
    """
    if cell["state"] not in ("rejected", "guessed"):
        return None
    alone = row if cell["state"] == "guessed" and not cell["text"] else 0
    return name, cell["state"], cell["text"], json.dumps(cell["value"], sort_keys=True), alone


def decisions_left(batch: ImportBatch) -> dict[tuple[int, str, str], int]:
    """How many rejected cells share field and wording: one answer settles each group.

    Keys begin with the table for empty cells, which are alike only there, else with 0.
    """
    found: dict[tuple[int, str, str], int] = {}
    rows = rows_to_take(batch).filter(rejected__gt=0)
    for table, cells in rows.values_list("table_id", "cells").iterator(chunk_size=500):
        for name, cell in cells.items():
            if cell["state"] == "rejected":
                key = 0 if cell["text"] else table, name, cell["text"]
                found[key] = found.get(key, 0) + 1
    return found


Kept = dict[Any, set[str]]


@dataclass
class Consequences:
    """Items of a batch that something depends on, each with what does; `free` are the others."""

    kept: Kept = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    free: int = 0


def consequences_of(batch: ImportBatch) -> Consequences:
    """What depends on the batch's items, and the items themselves, as far as a page shows them."""
    kept, items = dependants(batch), Item.objects.filter(batch=batch)
    shown = items.filter(pk__in=list(kept)[:200]).select_related("organisation")
    return Consequences(kept, list(shown), items.count() - len(kept))


def dependants(batch: ImportBatch) -> Kept:
    """What depends on the batch's items: claims, merges, publication, rounds, proposals, words."""
    items = Item.objects.filter(batch=batch).order_by()
    ids, claims = items.values("pk"), Claim.objects.order_by()
    into = Item.objects.filter(merged_into__in=ids).exclude(batch=batch).order_by()
    merged = items.filter(state=Item.State.MERGED).exclude(merged_into__batch=batch)
    kept: Kept = {}
    for why, rows, key in (
        ("claim", claims.filter(need__in=ids), "need"),
        ("claim", claims.filter(resource__in=ids), "resource"),
        ("project", claims.filter(need__in=ids, project__isnull=False), "need"),
        ("merge", into, "merged_into"),
        ("merge", merged.filter(_not_by_import()), "pk"),
        ("published", items.filter(Q(published_at__isnull=False) | ~Q(number="")), "pk"),
        ("carried", items.filter(carried_to__isnull=False), "pk"),
        ("comment", items.filter(comments__isnull=False), "pk"),
    ):
        for item in rows.values_list(key, flat=True):
            kept.setdefault(item, set()).add(why)
    _spread_over_merges(batch, kept)
    return kept


def _not_by_import() -> Q:
    """Merged by a person later, or into something that somebody has taken on since."""
    return Q(merged_into__taken__gt=0) | ~Q(reason="import")


def _spread_over_merges(batch: ImportBatch, kept: Kept) -> None:
    """A request merged into an item that stays, stays with it; and the other way round."""
    inside = Item.objects.filter(batch=batch, merged_into__batch=batch).order_by()
    for request, target in inside.values_list("pk", "merged_into"):
        if target in kept:
            kept.setdefault(request, set()).add("merge")
