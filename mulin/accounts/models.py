"""Persons and the one-answer links and codes that let them answer without a password."""

import hashlib
import secrets
from typing import Self

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key


class TextSize(models.TextChoices):
    NORMAL = "normal", _("Normal text")
    LARGE = "large", _("Large text")
    LARGER = "larger", _("Larger text")


class PersonManager(UserManager["Person"]):
    # No address between the two: here it may be missing, and is given by name.
    def create_user(  # type: ignore[override]
        self, username: str, password: str | None = None, **fields: object
    ) -> "Person":
        person = self.model(username=username.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who acts in mulin; what they may do follows from their posts."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    username = models.CharField(
        _("sign-in name"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", _("Letters, digits and . @ + - _ only."))],
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    text_size = models.CharField(
        _("text size"), max_length=8, choices=TextSize.choices, default=TextSize.NORMAL
    )
    wants_email = models.BooleanField(_("send me e-mail"), default=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(_("operator"), default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)


def hash_of(token: str) -> str:
    """Tokens are stored as SHA-256: a copy of the database opens no link."""
    return hashlib.sha256(token.encode()).hexdigest()


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def usable(self) -> Self:
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())


class AnswerLink(models.Model):
    """A personal link that answers one thing, once, for one person."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answer_links")
    purpose = models.CharField(max_length=30)
    subject = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject", "person"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"

    @property
    def is_usable(self) -> bool:
        return not self.used_at and not self.revoked_at and self.expires_at > timezone.now()


class AnswerCode(models.Model):
    """A short code sent to a person who chose their unit behind a group link."""

    MAX_TRIES = 5

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answer_codes")
    purpose = models.CharField(max_length=30)
    subject = models.UUIDField()
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject", "person"])]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"


def new_token() -> str:
    return secrets.token_urlsafe(24)


def new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"
