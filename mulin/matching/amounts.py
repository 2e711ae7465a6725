"""What amounts mean beside each other: money, people, occasions, things, and how much is used."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from mulin.matching.items import Need, Resource

FAMILIES = {
    "money": ("元", "万元", "块", "块钱", "千元"),
    "people": ("人", "名", "位", "座", "席", "个人", "人次", "个座位", "座位", "名老人", "位老人"),
    "occasions": ("次", "场", "课时", "节", "期", "回", "小时", "天", "场次", "个小时", "讲", "堂"),
    "households": ("户", "家", "家庭", "户家庭"),
}
SCALE = {"万元": 10_000, "千元": 1_000}
OPEN_OFFER = 3
"""How many needs an offer serves when it doesn't say how much it is."""

WORKERS = ("志愿", "义工", "老师", "讲师", "教师", "人手", "医生", "律师", "教练", "队员", "专家")


@dataclass(frozen=True)
class Terms:
    """An edge's least and most units (of the need) and its use of the lot per unit."""

    low: int
    high: int
    use: float


@lru_cache(maxsize=1000)
def family(measure: str) -> str:
    """The family of a measure: money, people, occasions, households, things, or "" for none."""
    written = measure.strip()
    if not written:
        return ""
    for name, measures in FAMILIES.items():
        if written in measures:
            return name
    return "things"


def amount_of(item: Need | Resource) -> float | None:
    """The amount in the family's own unit (元 for money), or None when it isn't said."""
    return None if item.amount is None else item.amount * SCALE.get(item.measure.strip(), 1)


def demand_of(need: Need) -> int:
    """Units asked for, at least one; a need that says no amount is one thing asked for."""
    amount = amount_of(need)
    return 1 if not amount else max(1, math.ceil(amount))


def capacity_of(resource: Resource) -> float:
    """Units offered; an offer that says no amount counts as `OPEN_OFFER` engagements.

    Seats are one room: they are filled by one need at a time, so the capacity is one.
    """
    amount = amount_of(resource)
    if amount is None:
        return 1.0 if resource.exclusive else float(OPEN_OFFER)
    return 1.0 if is_room(resource) else amount


def is_room(resource: Resource) -> bool:
    """Whether the amount counts the seats of a room rather than things handed out."""
    return "space" in resource.gives and family(resource.measure) == "people"


def terms(need: Need, resource: Resource, demand: int, capacity: float) -> Terms | None:
    """How the pair's amounts meet, or None when they cannot (too small, or money for a thing).

    Like measures divide: units move one by one. Unlike ones meet whole: one hall, one talk, or
    (where the share is unknown) a third of the offer, answers the need as a whole.
    """
    wanted, offered = family(need.measure), family(resource.measure)
    if capacity <= 0 or clash(need, resource):
        return None
    if is_room(resource):
        fits = wanted != "people" or (resource.amount or 0) >= demand
        return Terms(demand, demand, 1.0 / demand) if fits else None
    if amount_of(resource) is None:
        return Terms(demand, demand, 1.0 / demand)
    if need.amount is not None and wanted == offered and _same_role(need, resource):
        low = max(1, math.ceil(resource.min_lot))
        high = min(demand, math.floor(capacity + 1e-9))
        low = demand if need.indivisible and need.max_suppliers == 1 else low
        return Terms(low, high, 1.0) if low <= high else None
    whole = (
        max(1.0, resource.min_lot)
        if offered in ("occasions", "things", "households")
        else (max(capacity / OPEN_OFFER, resource.min_lot))
    )
    return Terms(demand, demand, whole / demand) if whole <= capacity + 1e-9 else None


def clash(need: Need, resource: Resource) -> bool:
    """Whether one side is a sum of money and the other can't be paid with it."""
    wanted, offered = family(need.measure), family(resource.measure)
    if wanted == "money":
        return offered != "money"
    return offered == "money" and bool(need.wants) and "money" not in need.wants


def _same_role(need: Need, resource: Resource) -> bool:
    """People counted on both sides must both be helpers, or both be those helped."""
    if family(need.measure) != "people":
        return True
    sides = (need.title + need.detail, resource.title + resource.detail)
    return len({any(word in text for word in WORKERS) for text in sides}) == 1
