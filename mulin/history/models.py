"""Events (append-only), their erasable words, the seals that chain them, and what led to what."""

from django.db import models

from mulin.accounts.models import Person


class Audience(models.TextChoices):
    """Who may read an event in a story."""

    PUBLIC = "public"
    ALLIANCE = "alliance"
    STAFF = "staff"


class Event(models.Model):
    """One thing that happened. Names and words sit beside it in `Words`, so they can be erased."""

    verb = models.CharField(max_length=40)
    happened_at = models.DateTimeField(db_index=True)
    scope = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField(db_index=True)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["happened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.subject}"


class Words(models.Model):
    """The names and words of an event; erasing them leaves the chain verifiable."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.label


class Seal(models.Model):
    """A link of the hash chain over committed events, in the order in which they were sealed."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT)
    sealed_at = models.DateTimeField()
    chain = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.chain


class Link(models.Model):
    """`cause` led to `effect`: a need to its claim, a claim to its project."""

    cause = models.UUIDField()
    effect = models.UUIDField(db_index=True)
    scope = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "effect"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.cause} → {self.effect}"
