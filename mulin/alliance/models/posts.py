"""Who holds which post, from when and until when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mulin.accounts.keys import new_key
from mulin.accounts.models import Person
from mulin.alliance.models.dated import Dated, ordered
from mulin.alliance.models.organisations import Organisation


class Post(Dated):
    """A person holds a post in an organisation, from–to; rights follow posts, not persons."""

    class Role(models.TextChoices):
        SECRETARY = "secretary", _("secretary")
        LIAISON = "liaison", _("liaison officer")
        ALTERNATE = "alternate", _("alternate")
        COORDINATOR = "coordinator", _("coordinator")
        SUPERVISOR = "supervisor", _("supervisor")
        STEWARD = "steward", _("steward")
        TEACHER = "teacher", _("teacher")

    ANSWERS = (Role.LIAISON, Role.ALTERNATE, Role.SECRETARY, Role.COORDINATOR)

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("post"), max_length=12, choices=Role.choices)

    class Meta:
        ordering = ["role"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(until_on=None),
                name="one_open_post",
            ),
            ordered("post_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation} · {self.get_role_display()}"
