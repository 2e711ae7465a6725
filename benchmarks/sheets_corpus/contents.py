"""What the made sheets hold: published items with columns written as people write them."""

import csv
import random
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 3, 1)
WORKDAYS = (0, 1, 2, 3, 4)


def _weekly(days: tuple[int, ...], start: str | None, end: str | None) -> tuple[Any, ...]:
    return tuple((day, start, end) for day in days)


# As written, then (amount, measure, about).
QUANTITIES = {
    "2间，24小时": (2, "间", False),
    "约80人": (80, "人", True),
    "每月2次": (2, "次", False),
    "5万元": (50000, "元", False),
    "若干": (None, "", True),
    "10户+3户": (10, "户", False),
    "100余万元": (1000000, "元", True),
    "停车棚1个，充电桩2组20个": (1, "个", False),
    "20": (20, "", False),
    "３场": (3, "场", False),
    "两名": (2, "名", False),
    "30余盏": (30, "盏", True),
    "120平方米": (120, "平方米", False),
    "15人左右": (15, "人", True),
    "1.2万元": (12000, "元", False),
    "不少于6场": (6, "场", True),
}
# As written, then (first day, last day, weekly).
PERIODS = {
    "每周六上午9:00-11:30": (None, None, _weekly((5,), "09:00", "11:30")),
    "暑假期间": ("2026-07-01", "2026-08-31", ()),
    "工作日晚上": (None, None, _weekly(WORKDAYS, "19:00", "21:00")),
    "2026年第一季度": ("2026-01-01", "2026-03-31", ()),
    "1-6月": ("2026-01-01", "2026-06-30", ()),
    "长期": (None, None, ()),
    "2026年7月1日至8月31日": ("2026-07-01", "2026-08-31", ()),
    "每周三下午2点-4点": (None, None, _weekly((2,), "14:00", "16:00")),
    "周一至周五8:30-17:30": (None, None, _weekly(WORKDAYS, "08:30", "17:30")),
    "2026年5月": ("2026-05-01", "2026-05-31", ()),
    "每周二、周四14:00-16:00": (None, None, _weekly((1, 3), "14:00", "16:00")),
}
DUES = {
    "2026年3月底前": "2026-03-31",
    "10.30号前": "2026-10-30",
    "2026.8.28": "2026-08-28",
    "46200": "2026-06-27",
    "年底前": "2026-12-31",
    "尽快": None,
    "6月30日": "2026-06-30",
    "2026年6月": "2026-06-30",
    "2026/5/1": "2026-05-01",
    "2026年9月15日前完成": "2026-09-15",
    "第二季度": "2026-06-30",
}
SERVING = ("辖区老年人", "青少年", "全体居民", "残疾人", "户外劳动者", "亲子家庭")
PLACES = ("东郡A区", "3号楼1单元", "社区活动室", "建设四路25号", "文化广场", "和平公园东门")
CONDITIONS = ("需提前三天预约", "由社区提供场地", "每场不超过50人", "自备工具", "免费")
CLAIMERS = ("委员活动小组", "天地和诚物业集团党支部", "厦门仁军医院党支部", "在职党员")
OWNERS = ("社区党委", "街道党建办", "白马山社区", "物业服务中心")
STATES = ("进行中", "已完成", "未开始", "洽谈中")
REMARKS = ("已与物业沟通", "往年延续", "与文明实践站合办", "冬季优先")
DETAILS = ("共两处，均在主干道旁", "由专业人员上门", "每场约两小时", "含材料和人工")


@dataclass
class Record:
    """One true item; `texts` as written and `values` as they must be read, by field."""

    kind: str
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)


def items() -> list[dict[str, str]]:
    """Return the published items: kind, title, unit, category."""
    path = Path(__file__).parent / "items.csv"
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@dataclass
class Words:
    """The wordings that a generator draws from; the held-out one has its own."""

    quantities: dict[str, Any] = field(default_factory=lambda: QUANTITIES)
    periods: dict[str, Any] = field(default_factory=lambda: PERIODS)
    dues: dict[str, Any] = field(default_factory=lambda: DUES)


def records(chance: random.Random, kind: str, count: int, words: Words) -> list[Record]:
    """Draw `count` items of `kind` and write every column for them."""
    pool = [item for item in items() if item["kind"] == kind]
    drawn = [pool[i % len(pool)] for i in chance.sample(range(max(count, len(pool))), count)]
    return [_record(chance, item, words) for item in drawn]


def _record(chance: random.Random, item: dict[str, str], words: Words) -> Record:
    quantity = chance.choice(list(words.quantities))
    period, due = chance.choice(list(words.periods)), chance.choice(list(words.dues))
    texts = {name: item[name] for name in ("title", "unit", "category")}
    texts |= {"quantity": quantity, "period": period, "due": due}
    for name, choices in (
        *(("serving", SERVING), ("place", PLACES), ("conditions", CONDITIONS)),
        *(("claimers", CLAIMERS), ("owner", OWNERS), ("state", STATES)),
        *(("remark", REMARKS), ("detail", DETAILS)),
    ):
        texts[name] = chance.choice(choices)
    values = {
        "quantity": words.quantities[quantity],
        "period": words.periods[period],
        "due": words.dues[due],
    }
    return Record(item["kind"], texts, values)
