"""Sheets that were read and then left: who brought one is asked to take it in or discard it."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.lists.models import ImportBatch
from mulin.notifications.notices import Answer, Waiting

DAYS = 3
"""By how many days after the reading it should be taken in or discarded."""

AT_MOST = 5


def imports_waiting(person: Person) -> list[Waiting]:
    """The person's own unfinished imports, the latest first."""
    left = ImportBatch.objects.filter(by=person, state=ImportBatch.State.PREVIEW)
    return [_import(batch) for batch in left.defer("grids", "answers")[:AT_MOST]]


def _import(batch: ImportBatch) -> Waiting:
    page = reverse("lists:import_preview", args=[batch.pk])
    discard = reverse("lists:import_discard", args=[batch.pk])
    return Waiting(
        seal="需",
        title=format_lazy(_("“{name}” has been read but not taken in"), name=batch.name),
        due_on=timezone.localdate(batch.created_at) + datetime.timedelta(days=DAYS),
        url=page,
        answers=(Answer(_("Go on with it"), page, opens=True), Answer(_("Discard"), discard)),
    )
