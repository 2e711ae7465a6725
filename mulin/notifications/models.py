"""The outbox: what a person is told, in the inbox and by e-mail, once."""

from django.db import models
from django.utils import timezone

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person


class Message(models.Model):
    """One notice to one person; an e-mail goes out when `email_due_at` is set and reached."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120)
    scope = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    email_due_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["person", "-created_at"]),
            models.Index(fields=["email_due_at"]),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_secret(self) -> bool:
        """Written for e-mail only: it was never unread in the inbox."""
        return self.read_at == self.created_at
