"""Giving published items their numbers: XQ-2026-001 for needs, ZY-2026-001 for resources."""

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone

from mulin.alliance.models import Alliance
from mulin.lists.models import Item

LETTERS = {Item.Kind.NEED: "XQ", Item.Kind.RESOURCE: "ZY"}
TRIES = 5


def give_number(item: Item) -> None:
    """Save the item with the next free number of its alliance, kind and year.

    The alliance's row is locked, so numbers come one after the other; the constraint catches
    whoever got past that, and the next number is tried.
    """
    Alliance.objects.select_for_update().get(pk=item.alliance_id)
    for attempt in range(TRIES):
        item.number = next_number(item)
        try:
            with transaction.atomic():
                item.save()
            return
        except IntegrityError:
            if attempt == TRIES - 1:
                raise


def next_number(item: Item) -> str:
    stem = f"{LETTERS[Item.Kind(item.kind)]}-{timezone.localdate().year}-"
    last = (
        Item.objects.filter(alliance=item.alliance_id, number__startswith=stem)
        .order_by(-Length("number"), "-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{stem}{int(last.removeprefix(stem)) + 1 if last else 1:03d}"
