"""Whom to tell about projects, and the words of the notices."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise

from mulin.accounts.models import Person
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice
from mulin.projects.models import Project


def locked(project: Project) -> Project:
    """The project's row, held until the transaction ends: whoever changes it comes through here."""
    return Project.objects.select_for_update().get(pk=project.pk)


def tell(
    people: Iterable[Person],
    key: str,
    title: str | Promise,
    *,
    project: Project,
    body: str | Promise = "",
    url: str = "",
    why: str | Promise = "",
) -> None:
    """Put a notice about a project into the people's outbox, once per key."""
    address = url or reverse("projects:project", args=[project.pk])
    notify(people, Notice(key, title, body, address, why, scope=project.alliance_id))
