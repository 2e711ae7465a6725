"""What of each need is promised already, by supply, so that only the rest is proposed again."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mulin import matching
from mulin.lists.models import Claim, Item

ROUNDING = Decimal("0.02")
"""Shares are rounded up to hundredths: as much may be missing of a supply that is served."""

Left = dict[str, Decimal]
"""What is still wanted of each supply ("" where any will do), in the measure of the need."""


def supplies_of(need: Item) -> list[str]:
    """The different things a need wants, all of them; one or none is the need as a whole."""
    named = [tag for tag in matching.TAGS if tag in need.wants]
    return named if len(named) > 1 else [""]


def left_of(needs: Sequence[Item]) -> dict[Any, Left]:
    """By need: each supply still wanted, and how much of it; one query for all.

    Where a need wants several things, a claim for one of them takes its share of the amount only:
    a room and a teacher for 20 people take ten each, and each of them serves all 20.
    """
    several = [need for need in needs if len(supplies_of(need)) > 1]
    claims = Claim.objects.active().filter(need__in=several).exclude(supplies=[])
    taken: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for need, amount, supplies in claims.values_list("need", "amount", "supplies"):
        for supply in supplies:
            taken[need][supply] += amount / len(supplies)
    return {need.pk: _left(need, taken[need.pk]) for need in needs}


def _left(need: Item, taken: dict[str, Decimal]) -> Left:
    supplies = supplies_of(need)
    if supplies == [""]:
        return {"": need.left}
    count, whole = len(supplies), need.taken - sum(taken.values())
    rest = {one: need.amount - whole - taken[one] * count for one in supplies}
    return {one: amount for one, amount in rest.items() if amount > ROUNDING * count}
