"""Under which words projects are found."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from mulin.projects.models import Project
from mulin.search.actions import index
from mulin.search.entries import Entry
from mulin.search.models import Document

KIND = "project"


def entry_of(project: Project) -> Entry:
    """Its title first, then its number, what it is about, and the units on both sides of it."""
    units = [owner.organisation.name for owner in project.owners.all()]
    units += [asker.organisation.name for asker in project.askers.all()]
    parts = [project.title, project.number, project.detail, *dict.fromkeys(units)]
    text = "\n".join(part for part in parts if part)
    return Entry(subject=project.pk, scope=project.alliance_id, kind=KIND, text=text)


def put_in_search(projects: Iterable[Project]) -> None:
    index(entry_of(project) for project in projects)


def index_missing() -> int:
    """Let projects be found that aren't in the index yet; returns how many."""
    indexed = Document.objects.filter(subject=OuterRef("pk"))
    missing = list(
        Project.objects.filter(~Exists(indexed)).prefetch_related(
            "owners__organisation", "askers__organisation"
        )[:500]
    )
    put_in_search(missing)
    return len(missing)
