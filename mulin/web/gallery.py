"""Invented specimens for the gallery of components."""

import datetime

from django import forms
from django.utils import timezone

from mulin.web.moons import WORDS
from mulin.web.rings import Ring, Segment


def _ring() -> Ring:
    def on(month: int, day: int, year: int = 2023) -> datetime.date:
        return datetime.date(year, month, day)

    borders = [
        ("立约", on(6, 16)),
        ("征集", on(7, 8)),
        ("合并审定", on(8, 8)),
        ("匹配认领", on(9, 1)),
        ("办理", on(10, 8)),
        ("答复", on(3, 28, 2024)),
        ("结算", on(5, 1, 2024)),
        ("交接", on(5, 30, 2024)),
    ]
    ends = [start for _name, start in borders[1:]] + [on(6, 16, 2024)]
    return Ring(
        starts_on=on(6, 16),
        ends_on=on(6, 16, 2024),
        today=on(9, 15),
        segments=tuple(
            Segment(name, start, end) for (name, start), end in zip(borders, ends, strict=True)
        ),
        dates=((on(6, 16), "联席会"), (on(9, 27), "联席会")),
        above="2023 年度，第 92 天",
        below="再过 12 天开联席会",
    )


class GalleryForm(forms.Form):
    title = forms.CharField(label="需求是什么", help_text="一句话，别人看得懂就行")
    due_on = forms.DateField(
        label="哪天前", error_messages={"invalid": "要一个日子，例如 9月30日；没有就选“不限期”"}
    )
    kind = forms.ChoiceField(
        label="归在哪张清单",
        choices=[("need", "需求"), ("resource", "资源")],
        widget=forms.RadioSelect,
    )
    detail = forms.CharField(label="细说", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="办结时一起验收", required=False)


HEAT = [
    ("新沟桥街道", [("临江", [-2, -1, 0, None]), ("热电", [-3, -4, 2, 1])]),
    ("红钢城街道", [("三街", [None, -3, 3, 4]), ("六街", [None, -1, -3, 1])]),
]


def specimens() -> dict:
    """The context of the gallery page."""
    return {
        "states": WORDS.items(),
        "seals": "需资项议员书督征钱人许地",
        "ring": _ring(),
        "parts": [(21, 0, "30 天内"), (12, 1, "31—60 天"), (4, 2, "60 天以上")],
        "heat": HEAT,
        "heat_columns": ["小微改造", "停车充电", "助老", "文化体育"],
        "scale": range(-4, 5),
        "today": timezone.localdate(),
        "some_days_ago": timezone.localdate() - datetime.timedelta(days=9),
        "steps": ["选表", "认列", "改格", "入库"],
        "waiting_count": 4,
        "form": GalleryForm({"title": "楼下建充电棚 2 处", "due_on": "尽快", "kind": "need"}),
    }
