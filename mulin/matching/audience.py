"""Whom an item is for: groups of people, read from what it says it serves."""

from __future__ import annotations

import re
from functools import lru_cache

from mulin.hanzi import fold
from mulin.matching.listed import LONGEST

AUDIENCES = {
    "elderly": ("老人", "老年", "长者", "高龄", "独居", "空巢", "银发", "退休"),
    "children": ("儿童", "少年", "孩子", "学生", "幼儿", "婴", "亲子", "未成年", "小朋友", "青少"),
    "disabled": ("残疾", "残障", "盲人", "聋", "失能", "智障", "肢残"),
    "women": ("妇女", "女性", "孕", "妈妈", "母亲", "女童"),
    "veterans": ("退役", "退伍", "军人", "军属", "烈属", "优抚", "老兵"),
    "workers": ("职工", "员工", "骑手", "快递", "外卖", "白领", "务工", "劳动者", "就业群体"),
    "jobless": ("失业", "待业", "求职", "下岗", "未就业"),
    "poor": ("困难", "低保", "特困", "困境", "贫困", "低收入"),
    "business": ("企业", "商户", "商家", "店铺", "个体"),
    "members": ("党员", "团员"),
}
"""Groups of people and what tells of them; residents are no group, since everybody is one."""

EVERYBODY = ("居民", "群众", "市民", "大众", "公众", "所有人", "全体", "人人", "业主", "村民")

BETWEEN = re.compile(r"[、,，;；/和及与\s|]+")


@lru_cache(maxsize=100_000)
def audience(serving: str) -> int:
    """Bits of the groups named, 0 for everybody: 老年居民 are elderly, 居民、老人 are all."""
    named = 0
    for part in filter(None, BETWEEN.split(fold(serving[:LONGEST]))):
        own = sum(
            1 << at
            for at, words in enumerate(AUDIENCES.values())
            if any(word in part for word in words)
        )
        if not own and any(word in part for word in EVERYBODY):
            return 0
        named |= own
    return named
