"""How far published items are, computed from their claims and the projects these became."""

from django.db import models
from django.db.models import Case, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
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
    """Annotate `stage` (see Stage): the least advanced active claim; unpublished ones are OPEN.

    A need is open until somebody claims of it, and again when every claim is met but some of it
    is left; a resource as long as something is left.
    """
    of_need = _least(Claim.objects.active().filter(need=OuterRef("pk")), "need")
    of_resource = _least(Claim.objects.active().filter(resource=OuterRef("pk")), "resource")
    untouched = ~Q(state=Item.State.PUBLISHED) | Q(taken=0)
    partly = Q(taken__lt=F("amount"))
    # MET where some is left, else null, from which nothing differs.
    not_all = Case(When(partly, then=Value(int(Stage.MET))), output_field=models.IntegerField())
    stage = Case(
        When(untouched | Q(kind=Item.Kind.RESOURCE) & partly, then=None),
        When(kind=Item.Kind.NEED, then=NullIf(of_need, not_all)),
        default=of_resource,
        output_field=models.IntegerField(),
    )
    return items.annotate(stage=Coalesce(stage, Value(int(Stage.OPEN))))


def _least(claims: QuerySet[Claim], item: str) -> Subquery:
    """The stage of the least advanced of an item's claims; null without any."""
    reached = Case(
        When(project__state=Project.State.CLOSED, then=Value(Stage.MET)),
        When(project__state=Project.State.DELIVERED, then=Value(Stage.TO_ACCEPT)),
        When(project__state=Project.State.RUNNING, then=Value(Stage.IN_PROJECT)),
        default=Value(Stage.CLAIMED),
    )
    least = claims.order_by().values(item).annotate(least=Min(reached)).values("least")
    return Subquery(least)
