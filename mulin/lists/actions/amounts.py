"""Taking from an item's amount and giving back, so that two can't take the last unit."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import F
from django.db.models.functions import Round
from django.utils.translation import gettext as _

from mulin.lists.models import Item
from mulin.web.templatetags.look import quantity


class NothingLeft(ValidationError):
    """Somebody else was faster: less is left than was asked for."""


def take(item: Item, amount: Decimal) -> None:
    """Take `amount` of a published item in one conditional UPDATE; raises `NothingLeft`."""
    # Rounded, because SQLite keeps 0.1 + 0.2 as a float just above 0.3.
    room = Round(F("amount") - F("taken"), precision=2)
    changed = (
        Item.objects.alias(room=room)
        .filter(pk=item.pk, state=Item.State.PUBLISHED, room__gte=amount)
        .update(taken=Round(F("taken") + amount, precision=2))
    )
    item.refresh_from_db(fields=["taken", "state"])
    if not changed:
        raise _nothing_left(item)


def _nothing_left(item: Item) -> NothingLeft:
    if item.state != Item.State.PUBLISHED:
        return NothingLeft(_("“%(title)s” is no longer on the list.") % {"title": item.title})
    words = {"title": item.title, "left": quantity(item.left, item.measure)}
    return NothingLeft(
        _("Of “%(title)s” only %(left)s is left: perhaps somebody was faster. Look again.") % words
    )


def give_back(item: Item, amount: Decimal) -> None:
    """Undo `take`."""
    Item.objects.filter(pk=item.pk).update(taken=Round(F("taken") - amount, precision=2))
    item.refresh_from_db(fields=["taken"])
