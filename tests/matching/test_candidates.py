"""The candidates of each part: the same by every way of looking, and with every filter in place."""

import random
from datetime import date, timedelta

import numpy as np
import pytest

from mulin.matching import Need, Resource, Window, problem
from mulin.matching.candidates import best_by_rows
from mulin.matching.compiled import FAST
from mulin.matching.items import Jurisdiction
from mulin.matching.parts import tag_bits_of
from mulin.matching.scanning import scan
from mulin.matching.settling import refused_keys
from mulin.matching.shelves import shelves

THINGS = ("路灯", "楼道灯", "车棚", "充电桩", "会议室", "教室", "捐款", "图书", "轮椅")
DEEDS = ("义诊", "量血压", "讲座", "合唱", "消防", "垃圾分类")
WHO = ("第一医院", "某某银行", "志愿服务队", "党员志愿者", "某某有限公司", "实验小学")
TAGS = ("money", "labour", "permission", "space")


def items(seed: int, count: int) -> tuple[list[Need], list[Resource]]:
    """Random needs and resources that use every field a filter looks at."""
    chance = random.Random(seed)

    def shared(name: str) -> dict:
        first = date(2026, 3, 2) + timedelta(chance.randrange(60))
        days = chance.choice([0, 2, 4, 30, 90])
        dated = chance.random() < 0.5
        return {
            "id": name,
            "title": "".join(chance.sample(THINGS + DEEDS, chance.randint(1, 3))),
            "detail": chance.choice(["", "", "每周一次", "给老人"]),
            "category": chance.choice(["", "助老服务", "场地共享", "文化体育活动"]),
            "community": chance.choice(["", "东苑", "西苑", "南苑"]),
            "side": chance.choice(["", "街道", "企业"]),
            "unit": chance.choice(["", "甲", "乙", "丙"]),
            "serving": chance.choice(["", "", "老人", "儿童", "居民", "残疾人、老人"]),
            "amount": chance.choice([None, 1, 5, 20, 80, 500]),
            "measure": chance.choice(["", "人", "元", "万元", "次", "台", "户"]),
            "starts_on": first if dated else None,
            "ends_on": first + timedelta(days) if dated else None,
            "windows": tuple(
                Window(chance.randrange(7), hour * 60, hour * 60 + chance.choice([30, 60, 150]))
                for hour in chance.sample(range(8, 20), chance.choice([0, 0, 1, 3]))
            ),
            "point": chance.choice(
                [None, (31 + chance.random() / 3, 121 + chance.random() / 3), (60.0, 179.99)]
            ),
        }

    tags = [frozenset(), frozenset(), *(frozenset({tag}) for tag in TAGS)]
    needs = [
        Need(
            **shared(f"n{row}"),
            wants=chance.choice(tags),
            due_on=chance.choice([None, None, date(2026, 4, 1)]),
            indivisible=chance.random() < 0.3,
            max_suppliers=chance.choice([1, 3]),
        )
        for row in range(count)
    ]
    resources = [
        Resource(
            **shared(f"r{row}") | ({"title": chance.choice(WHO)} if row % 5 == 0 else {}),
            gives=chance.choice(tags),
            min_lot=chance.choice([0, 0, 2, 30]),
            exclusive=chance.random() < 0.2,
            radius_km=chance.choice([None, 3, 15]),
            jurisdiction=(
                (Jurisdiction("东苑", until=date(2026, 4, 1)), Jurisdiction("南苑"))
                if chance.random() < 0.2
                else ()
            ),
        )
        for row in range(count)
    ]
    return needs, resources


@pytest.mark.skipif(not FAST, reason="numba is not installed or not wanted")
@pytest.mark.parametrize("seed", range(6))
def test_compiled_scan_finds_the_same_pairs_and_fits_as_whole_rows(seed):
    needs, resources = items(seed, 150)
    built = problem(resources, needs, k=9)
    refused = [(f"n{row}", f"r{row * 7 % 150}") for row in range(150)]
    keys = refused_keys(refused, built.need_row, built.resource_row)
    rows, parts = np.arange(len(built.parts.need)), built.parts
    slow = best_by_rows(built.screen, parts, rows, 9, keys)
    laid = shelves(built.screen.supply, built.screen.speech)
    quick = scan(built.screen, laid, parts.need, tag_bits_of(parts), k=9, refused=keys)
    np.testing.assert_array_equal(quick.ptr, slow.ptr)
    np.testing.assert_array_equal(quick.fit, slow.fit)
    np.testing.assert_array_equal(quick.resource, slow.resource)
    np.testing.assert_array_equal(quick.parts, slow.parts)


@pytest.mark.skipif(not FAST, reason="numba is not installed or not wanted")
@pytest.mark.parametrize(
    ("seed", "middle", "spread"),
    [
        (1, (31.2, 121.4), 0.2),
        (2, (-17.0, 179.9), 0.2),
        (3, (89.8, 0.0), 0.2),
        (4, (31.2, 121.4), 0.02),
        (5, (31.2, 121.4), 0.05),
    ],
)
def test_compiled_scan_finds_the_same_pairs_around_every_point(seed, middle, spread):
    chance = random.Random(seed)

    def point() -> tuple[float, float]:
        latitude = min(90.0, middle[0] + chance.gauss(0, spread))
        longitude = middle[1] + chance.gauss(0, 1.5 * spread)
        return latitude, (longitude + 180) % 360 - 180

    needs = [
        Need(f"n{row}", "".join(chance.sample(THINGS, 2)), category="物资共享", point=point())
        for row in range(120)
    ]
    resources = [
        Resource(
            f"r{row}", "".join(chance.sample(THINGS, 2)), category="物资共享", point=point(),
            radius_km=chance.choice([None, 5.0, 25.0]),
        )
        for row in range(600)
    ]  # fmt: skip
    built = problem(resources, needs, k=6)
    rows, parts = np.arange(len(built.parts.need)), built.parts
    slow = best_by_rows(built.screen, parts, rows, 6, np.zeros(0, dtype=np.int64))
    laid = shelves(built.screen.supply, built.screen.speech)
    none = np.zeros(0, dtype=np.int64)
    quick = scan(built.screen, laid, parts.need, tag_bits_of(parts), k=6, refused=none)
    np.testing.assert_array_equal(quick.resource, slow.resource)
    np.testing.assert_array_equal(quick.fit, slow.fit)
