"""How far published items are, computed from their claims and the projects these became."""

from django.db import models
from django.db.models import Case, F, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mulin.lists.models import Claim, Item, ItemQuerySet
from mulin.projects.models import Project


class Stage(models.IntegerChoices):
    """How far a published item is, computed from its claims and their projects, never typed."""

    OPEN = 0, _("to be claimed")
    CLAIMED = 25, _("claimed")
    IN_PROJECT = 50, _("in a project")
    TO_ACCEPT = 75, _("awaiting acceptance")
    MET = 100, _("closed")


def staged(items: ItemQuerySet) -> ItemQuerySet:
    """Annotate `stage` (see Stage): the least advanced active claim.

    A need is open until somebody claims of it, a resource as long as something is left.
    """
    of_need = Claim.objects.active().filter(need=OuterRef("pk"))
    of_resource = Claim.objects.active().filter(resource=OuterRef("pk"))
    least = Case(
        When(taken=0, then=Value(Stage.OPEN)),
        When(kind=Item.Kind.NEED, then=_least(of_need, "need")),
        default=_least(of_resource, "resource"),
        output_field=models.IntegerField(),
    )
    return items.annotate(
        least=least,
        stage=Case(
            When(taken=0, then=Value(Stage.OPEN)),
            When(kind=Item.Kind.RESOURCE, taken__lt=F("amount"), then=Value(Stage.OPEN)),
            When(least=Stage.MET, taken__lt=F("amount"), then=Value(Stage.OPEN)),
            default=F("least"),
            output_field=models.IntegerField(),
        ),
    )


def _least(claims: QuerySet[Claim], item: str) -> Coalesce:
    """The stage of the least advanced of an item's claims; OPEN without any."""
    reached = Case(
        When(project__state=Project.State.CLOSED, then=Value(Stage.MET)),
        When(project__state=Project.State.DELIVERED, then=Value(Stage.TO_ACCEPT)),
        When(project__state=Project.State.RUNNING, then=Value(Stage.IN_PROJECT)),
        default=Value(Stage.CLAIMED),
    )
    least = claims.order_by().values(item).annotate(least=Min(reached)).values("least")
    return Coalesce(Subquery(least), Value(Stage.OPEN))
