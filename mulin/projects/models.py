"""Joint projects: owners per side, progress notes, and the acceptance by those who asked."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Organisation, Side


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, person: Person) -> Self:
        return self.filter(alliance__in=Alliance.objects.visible_to(person))

    def running(self) -> Self:
        return self.filter(state__in=[Project.State.RUNNING, Project.State.DELIVERED])

    def late(self, on: datetime.date | None = None) -> Self:
        return self.filter(state=Project.State.RUNNING, due_on__lt=on or timezone.localdate())


class Project(models.Model):
    """What two sides agreed to do, by a date. What it came from is known to the app above."""

    class State(models.TextChoices):
        RUNNING = "running", _("in progress")
        DELIVERED = "delivered", _("awaiting acceptance")
        CLOSED = "closed", _("closed")
        DROPPED = "dropped", _("dropped")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="projects")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL)
    number = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    detail = models.TextField(_("detail"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(_("first promised for"), null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["alliance", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "number"], name="project_number_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def was_moved(self) -> bool:
        """Whether the date promised first was given up for a later one."""
        return bool(self.first_due_on and self.first_due_on != self.due_on)

    @property
    def look_state(self) -> str:
        """The state's name in the look: shape, word and colour follow from it."""
        if self.days_late:
            return "late"
        return {"running": "agreed", "delivered": "checking", "closed": "done"}.get(
            self.state, "declined"
        )

    @property
    def days_late(self) -> int:
        """Days past the due date while still running; 0 when in time."""
        if self.state != self.State.RUNNING:
            return 0
        return max(0, (timezone.localdate() - self.due_on).days)


class Owner(models.Model):
    """Who answers for the project on one side; no person means the organisation's liaison."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="owners")
    side = models.ForeignKey(Side, null=True, blank=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_projects"
    )
    does = models.CharField(_("what this side does"), max_length=200, blank=True)

    class Meta:
        ordering = ["side__position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "side"], name="one_owner_a_side"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(side=None), name="one_owner_without_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.person or ''}"


class Note(models.Model):
    """A progress note; `is_late_reason` where it says why the date moves, and to when."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("what happened"))
    is_late_reason = models.BooleanField(default=False)
    new_due_on = models.DateField(null=True, blank=True)
    is_supervision = models.BooleanField(default=False)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]


class Asker(models.Model):
    """A unit that asked for what the project does; each is asked to accept the result."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="askers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="asker_once")
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Acceptance(models.Model):
    """One asker's answer in one round of acceptance; no answer stays shown as silence."""

    class Answer(models.TextChoices):
        SILENT = "", _("no answer yet")
        ACCEPTED = "accepted", _("done as asked")
        OBJECTED = "objected", pgettext_lazy("acceptance", "not done yet")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="acceptances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateField(_("answer by"))
    answer = models.CharField(
        max_length=8, choices=Answer.choices, default=Answer.SILENT, blank=True
    )
    words = models.TextField(_("in your own words"), blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When the round ended without this answer: because of another's objection."""

    class Meta:
        ordering = ["round", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "round"], name="one_answer_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.organisation}"
