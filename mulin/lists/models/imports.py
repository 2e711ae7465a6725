"""Files and pasted texts on their way into the lists: what was read, corrected and taken in."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Organisation


class ImportBatch(models.Model):
    """One file or pasted text taken in: read, corrected in place, taken in whole, undone whole."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        PREVIEW = "preview", _("to be checked")
        TAKEN = "taken", _("taken in")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="imports")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State.choices, default=State.READING)
    grids = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    cuts = models.JSONField(default=list)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class ImportTable(models.Model):
    """A table found in the file: its columns in their own order and headings, what was left out."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="tables")
    position = models.PositiveSmallIntegerField()
    where = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    columns = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.where


class ImportRow(models.Model):
    """A row as read: `cells` holds per field the text, the reading, its state and the reason."""

    table = models.ForeignKey(ImportTable, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    cells = models.JSONField()
    rejected = models.PositiveSmallIntegerField(default=0)
    guessed = models.PositiveSmallIntegerField(default=0)
    like = models.JSONField(default=dict)
    skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["row", "part"]
        indexes = [models.Index(fields=["table", "rejected"])]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
