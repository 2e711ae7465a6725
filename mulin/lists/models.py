"""Collection rounds, the items of the lists, who asked, claims, imports, and what was proposed."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Organisation, Place, Post, Side
from mulin.projects.models import Project


class Category(models.Model):
    """A kind of resource and need; each alliance edits its own list."""

    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="categories")
    code = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["alliance", "code"], name="category_once")]

    def __str__(self) -> str:
        return self.name


class RoundQuerySet(models.QuerySet["CollectionRound"]):
    def visible_to(self, person: Person) -> Self:
        return self.filter(alliance__in=Alliance.objects.visible_to(person))


class CollectionRound(models.Model):
    """A call to the members for their resources and needs, with a deadline and a freeze."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("collecting")
        FROZEN = "frozen", _("frozen")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="rounds")
    title = models.CharField(_("title"), max_length=80)
    message = models.TextField(_("what to say to the units"), blank=True)
    closes_on = models.DateField(_("last day"))
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    group_token = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on"]

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """One asked unit's answer to a round."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    round = models.ForeignKey(CollectionRound, on_delete=models.CASCADE, related_name="submissions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="asked_once_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.organisation}"


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


class Stage(models.IntegerChoices):
    """How far a published item is, computed from its claims and their projects, never typed."""

    OPEN = 0, _("to be claimed")
    CLAIMED = 25, _("claimed")
    IN_PROJECT = 50, _("in a project")
    TO_ACCEPT = 75, _("awaiting acceptance")
    MET = 100, _("closed")


class ItemQuerySet(models.QuerySet["Item"]):
    def visible_to(self, person: Person) -> Self:
        """Items of the person's alliances; the unpublished only to their unit and coordinators."""
        seen = self.filter(alliance__in=Alliance.objects.visible_to(person))
        seen = seen.exclude(state=Item.State.STAGED)
        if person.is_operator:
            return seen
        held = Post.objects.filter(person=person).current()
        answered = held.filter(role__in=Post.ANSWERS).values("organisation")
        coordinated = held.filter(role=Post.Role.COORDINATOR).values("organisation")
        reviewed = Side.objects.filter(organisation__in=coordinated).values("alliance")
        unpublished = [Item.State.DRAFT, Item.State.SUBMITTED, Item.State.RETURNED]
        return seen.filter(
            ~Q(state__in=unpublished) | Q(organisation__in=answered) | Q(alliance__in=reviewed)
        )

    def needs(self) -> Self:
        return self.filter(kind=Item.Kind.NEED)

    def resources(self) -> Self:
        return self.filter(kind=Item.Kind.RESOURCE)

    def published(self) -> Self:
        return self.filter(state=Item.State.PUBLISHED)

    def with_stage(self) -> Self:
        """Annotate `stage` (see Stage): the least advanced active claim.

        A need is open until somebody claims of it, a resource as long as something is left.
        """
        mine = Q(need=OuterRef("pk")) | Q(resource=OuterRef("pk"))
        active = Claim.objects.active().filter(mine).order_by()
        least = (
            active.annotate(of=Value(1))
            .values("of")
            .annotate(
                least=Min(
                    Case(
                        When(project__state=Project.State.CLOSED, then=Value(Stage.MET)),
                        When(project__state=Project.State.DELIVERED, then=Value(Stage.TO_ACCEPT)),
                        When(project__state=Project.State.RUNNING, then=Value(Stage.IN_PROJECT)),
                        default=Value(Stage.CLAIMED),
                    )
                )
            )
            .values("least")
        )
        stage = Case(
            When(taken=0, then=Value(Stage.OPEN)),
            default=Coalesce(Subquery(least), Value(Stage.OPEN)),
            output_field=models.IntegerField(),
        )
        return self.annotate(
            least=stage,
            stage=Case(
                When(least=Stage.MET, taken__lt=F("amount"), then=Value(Stage.OPEN)),
                When(kind="resource", taken__lt=F("amount"), then=Value(Stage.OPEN)),
                default=F("least"),
                output_field=models.IntegerField(),
            ),
        )

    def with_requests(self) -> Self:
        """Annotate `requests`: how many requests the item stands for, merged ones included."""
        merged = (
            Item.objects.filter(merged_into=OuterRef("pk"))
            .order_by()
            .values("merged_into")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(requests=Coalesce(Subquery(merged), Value(0)) + 1)


class Item(models.Model):
    """A row of the resource or need list, kept as it was worded, with readings beside the words."""

    class Kind(models.TextChoices):
        NEED = "need", _("need")
        RESOURCE = "resource", _("resource")

    class State(models.TextChoices):
        STAGED = "staged", _("being taken in")
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("to be reviewed")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        MERGED = "merged", _("merged into another")
        PARKED = "parked", _("carried open")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    class Wants(models.TextChoices):
        MONEY = "money", _("money")
        LABOUR = "labour", _("people")
        PERMISSION = "permission", _("permission")
        SPACE = "space", _("space")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="items")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=20, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    detail = models.TextField(_("detail"), blank=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="items")
    serving = models.CharField(_("for whom"), max_length=120, blank=True)
    place_text = models.CharField(_("where"), max_length=120, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL)
    quantity_text = models.CharField(_("how much, as written"), max_length=120, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, default=Decimal(1))
    measure = models.CharField(_("measure"), max_length=20, blank=True)
    is_about = models.BooleanField(default=False)
    taken = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    period_text = models.CharField(_("when, as written"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    weekly = models.JSONField(default=list, blank=True)
    due_text = models.CharField(_("by when, as written"), max_length=120, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    wants = models.JSONField(default=list, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    batch = models.ForeignKey(
        ImportBatch, null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )
    source_row = models.PositiveIntegerField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_items"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        indexes = [
            models.Index(fields=["alliance", "kind", "state", "asked_on"]),
            models.Index(fields=["organisation", "state"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="item_amount_positive"),
            models.CheckConstraint(
                condition=Q(taken__gte=0) & Q(taken__lte=F("amount")), name="item_not_overtaken"
            ),
            models.UniqueConstraint(
                fields=["alliance", "number"], condition=~Q(number=""), name="item_number_once"
            ),
            models.UniqueConstraint(
                fields=["submission", "carried_from"],
                condition=Q(carried_from__isnull=False),
                name="carried_once_a_round",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> Decimal:
        return self.amount - self.taken

    @property
    def is_need(self) -> bool:
        return self.kind == self.Kind.NEED

    @property
    def days_waiting(self) -> int:
        return max(0, (timezone.localdate() - self.asked_on).days)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def active(self) -> Self:
        return self.filter(state__in=[Claim.State.OFFERED, Claim.State.CONFIRMED])

    def visible_to(self, person: Person) -> Self:
        return self.filter(need__alliance__in=Alliance.objects.visible_to(person))


class Claim(models.Model):
    """A provider takes (part of) a need, perhaps with a listed resource; both sides confirm."""

    class State(models.TextChoices):
        OFFERED = "offered", _("waiting for both sides")
        CONFIRMED = "confirmed", _("agreed by both sides")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Origin(models.TextChoices):
        PROVIDER = "provider", _("offered by the provider")
        ASKER = "asker", _("asked for by the unit in need")
        PROPOSAL = "proposal", _("proposed by the matching")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    need = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="claims")
    resource = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="uses"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="joint_claims")
    amount = models.DecimalField(_("how much"), max_digits=14, decimal_places=2)
    resource_amount = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    note = models.CharField(_("what we would do"), max_length=200, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OFFERED)
    provider_said_yes_at = models.DateTimeField(null=True, blank=True)
    asker_said_yes_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    refused_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        indexes = [
            models.Index(fields=["need", "state"]),
            models.Index(fields=["organisation", "state"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="claim_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.need}"

    @property
    def alliance_id(self):
        return self.need.alliance_id


class MatchRun(models.Model):
    """One pressing of "propose": what the engine found, with its certificate."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    alliance = models.ForeignKey(Alliance, on_delete=models.CASCADE, related_name="runs")
    made_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    objective = models.FloatField()
    bound = models.FloatField()
    gap = models.FloatField()
    seconds = models.FloatField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.alliance} {self.made_at:%F %T}"


class Proposal(models.Model):
    """A pairing the engine proposes; one refused is kept with its reason, not proposed again."""

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        SENT = "sent", _("sent to both sides")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="proposals")
    need = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposals")
    resource = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="proposed_for")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    reason = models.CharField(_("why it doesn't fit"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.resource} → {self.need}"


class Unmet(models.Model):
    """A need the run could not serve (wholly), with the first true cause."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="unmet")
    need = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    cause = models.JSONField()

    def __str__(self) -> str:
        return str(self.need)


class Comment(models.Model):
    """A supervisor's or coordinator's word on an item."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]
