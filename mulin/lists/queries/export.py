"""Reads for downloads: the rows with all a sheet says of them, and the layouts on offer."""

from django.db.models import Prefetch, QuerySet

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.lists.models import Claim, ImportBatch, ImportTable, ItemQuerySet
from mulin.lists.queries import listing
from mulin.lists.queries.imports import batches_visible_to
from mulin.lists.queries.listing import Filters
from mulin.projects.models import Project

MOST = 10_000
LAYOUTS = 20


def items_to_export(
    person: Person, alliance: Alliance, kind: str, filters: Filters
) -> ItemQuerySet:
    """What the list page shows under these filters, in its order, with owners and users."""
    visible = listing.filtered(alliance, kind, filters).visible_to(person)
    found = listing.in_tab(visible, filters.state)
    uses = Claim.objects.active().select_related("need__organisation")
    rows = listing.with_holders(listing.sorted_items(found, filters.sort))
    # with_holders puts `held` on the rows, which django-stubs can't see.
    return rows.select_related(
        "organisation__parent", "category", "place"
    ).prefetch_related(  # type: ignore[misc]
        "held__project__owners__organisation", Prefetch("uses", queryset=uses, to_attr="used")
    )[:MOST]


def projects_to_export(person: Person, alliance: Alliance) -> QuerySet[Project]:
    """The alliance's projects by due date, with owners and those who asked."""
    return (
        Project.objects.visible_to(person)
        .filter(alliance=alliance)
        .prefetch_related("owners__organisation", "owners__side__organisation")
        .prefetch_related("askers__organisation")
        .order_by("due_on", "pk")[:MOST]
    )


def layouts(person: Person, alliance: Alliance, kind: str) -> QuerySet[ImportTable]:
    """Tables of that kind the person may see, of sheets taken in; the newest first."""
    batches = batches_visible_to(person).filter(alliance=alliance, state=ImportBatch.State.TAKEN)
    return (
        ImportTable.objects.filter(batch__in=batches.values("pk"), kind=kind, skipped=False)
        .exclude(columns=[])
        .select_related("batch")
        .order_by("-batch__created_at", "position")
    )
