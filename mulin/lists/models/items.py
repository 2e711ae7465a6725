"""The rows of the resource and need lists, their categories, and comments on them."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Group, Organisation, Place, Post, Side
from mulin.lists.models.imports import ImportBatch
from mulin.lists.models.rounds import Submission


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
        sides = Side.objects.current().filter(organisation__in=coordinated)
        inside = Q(state__in=Item.UNPUBLISHED) | Q(state=Item.State.WITHDRAWN, published_at=None)
        return seen.filter(
            ~inside | Q(organisation__in=answered) | Q(alliance__in=sides.values("alliance"))
        )

    def needs(self) -> Self:
        return self.filter(kind=Item.Kind.NEED)

    def resources(self) -> Self:
        return self.filter(kind=Item.Kind.RESOURCE)

    def published(self) -> Self:
        return self.filter(state=Item.State.PUBLISHED)

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

    UNPUBLISHED = (State.DRAFT, State.SUBMITTED, State.RETURNED)
    """States in which only its unit and the coordinators see an item."""

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
    # What its own unit says it repeats; a coordinator decides on merging them.
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="said_same"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    published_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    is_residents = models.BooleanField(_("said by a resident on the public page"), default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        indexes = [
            models.Index(fields=["alliance", "state", "kind", "asked_on"]),
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

    @property
    def age(self) -> int:
        """The highest of `AGES` it has reached by waiting, 0 for none."""
        return max((age for age in AGES if self.days_waiting >= age), default=0)


AGES = (30, 60, 90)
"""Days of waiting at which an open need is told more loudly."""


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
