"""What the ten sheets of the burden hold: who asks or offers what, as written and as meant."""

import csv
import datetime
import random
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

NEXT = datetime.datetime.now(datetime.UTC).year + 1
PLACES = ("社区活动室", "3号楼1单元", "中心花园", "东门口", "建设七路12号", "小区西侧围墙")
CONDITIONS = ("需提前三天预约", "自备投影", "每场不超过50人", "须由社区陪同", "免费")
REMARKS = ("已与物业沟通过", "往年做过", "居民反映多次", "")
# As written, then the day meant; None is no date.
DUES = {
    f"{NEXT}年3月底前": f"{NEXT}-03-31",
    f"{NEXT}.5.1": f"{NEXT}-05-01",
    "": None,
    f"{NEXT}年6月30日前完成": f"{NEXT}-06-30",
    "尽快": None,
    f"{NEXT}/4/15": f"{NEXT}-04-15",
    "长期": None,
    f"{NEXT}年上半年": f"{NEXT}-06-30",
    "越快越好": None,
    f"{NEXT}年9月": f"{NEXT}-09-30",
}
# As written, then first day, last day, and (day, from, to) of every week.
PERIODS: dict[str, tuple[str | None, str | None, list]] = {
    "每周六上午9:00-11:30": (None, None, [(5, "09:00", "11:30")]),
    "工作日晚上": (None, None, [(day, "19:00", "21:00") for day in range(5)]),
    "": (None, None, []),
    f"{NEXT}年3月至11月": (f"{NEXT}-03-01", f"{NEXT}-11-30", []),
    "长期": (None, None, []),
    "每周二、周四14:00-16:00": (None, None, [(1, "14:00", "16:00"), (3, "14:00", "16:00")]),
    f"{NEXT}年暑假期间": (f"{NEXT}-07-01", f"{NEXT}-08-31", []),
    "每周三下午2点-4点": (None, None, [(2, "14:00", "16:00")]),
}


@dataclass
class Row:
    """One true item: its texts as a sheet has them, and its values as the list must.

    also: another category that fits as well where the sheet names none. repeats: the title of
    an earlier request for the same.
    """

    kind: str
    unit: str
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    also: str = ""
    repeats: str = ""


@cache
def templates(kind: str) -> list[dict[str, str]]:
    path = Path(__file__).parent / "burden_items.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["kind"] == kind]


class Supply:
    """Hands out items: no unit asks twice for the same unless a sheet says so."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.given: dict[str, set[str]] = {}

    def rows(self, kind: str, units: list[str], each: int) -> list[Row]:
        """`each` items for every unit, unit by unit."""
        return [self._row(kind, unit) for unit in units for _ in range(each)]

    def _row(self, kind: str, unit: str) -> Row:
        known = self.given.setdefault(unit, set())
        left = [one for one in templates(kind) if one["title"] not in known]
        drawn = self.chance.choice(left)
        known.add(drawn["title"])
        number = str(self.chance.randint(1, 28))
        texts = {name: drawn[name].replace("{n}", number) for name in ("title", "serving")}
        texts |= {"unit": unit, "category": drawn["category"], "quantity": drawn["quantity"]}
        texts["due"] = self.chance.choice(list(DUES))
        texts["period"] = self.chance.choice(list(PERIODS))
        texts["place"] = self.chance.choice(PLACES)
        texts["conditions"] = self.chance.choice(CONDITIONS)
        texts["remark"] = self.chance.choice(REMARKS)
        return Row(kind, unit, texts, _values(drawn, texts), drawn["also"])


def _values(drawn: dict[str, str], texts: dict[str, str]) -> dict[str, Any]:
    """What each cell means; a quantity without a number counts as one."""
    values: dict[str, Any] = {
        name: texts[name]
        for name in ("title", "serving", "category", "place", "conditions", "remark")
    }
    amount = float(drawn["amount"] or 1)
    values["quantity"] = (amount, drawn["measure"], bool(drawn["about"]))
    values["due"] = DUES[texts["due"]]
    starts, ends, weekly = PERIODS[texts["period"]]
    values["period"] = (starts, ends, weekly)
    return values


def again(row: Row) -> Row:
    """The same request, said again in slightly other words."""
    title = f"希望解决：{row.texts['title']}"
    return replace(
        row,
        texts=row.texts | {"title": title},
        values=row.values | {"title": title},
        repeats=row.texts["title"],
    )
