"""Sheets drawn at random: columns, layout, words and format, from a seed and a vocabulary."""

import random
from dataclasses import dataclass
from typing import Any

from benchmarks.sheets_corpus.contents import items
from benchmarks.sheets_corpus.layouts import Made, Sheet
from benchmarks.sheets_corpus.vocabularies import Vocabulary

EACH = 6
FORMATS = ("xlsx", "xlsx", "xls", "ods", "csv", "gb18030", "docx")
_MERGING = ("xlsx", "xls", "ods", "docx")
COLUMNS = {
    "need": ("unit", "category", "serving", "place", "quantity", "due", "detail", "remark"),
    "resource": ("unit", "category", "serving", "place", "quantity", "period", "conditions"),
    "project": ("unit", "detail", "claimers", "owner", "due", "state", "remark"),
}
TEXTS = {
    "serving": ("失能长者", "新业态骑手", "小学低年级", "辖区商户"),
    "place": ("桂花里7栋旁", "邻里中心二楼", "旧菜场东口", "滨河步道"),
    "conditions": ("须自带教具", "仅限非节假日", "每批四十人以内", "要求持健康证"),
    "claimers": ("区园林所", "第三税务分局", "惠丰超市党支部", "市九中团委"),
    "owner": ("综合执法队", "公共服务办", "平安法治办"),
    "state": ("已签约", "方案论证中", "材料报审", "验收合格"),
    "remark": ("去年顺延", "配套资金已到位", "与网格巡查合并进行"),
    "detail": ("楼龄三十年以上，管线老化", "由退休教师轮流授课", "两侧同步施工，分段围挡"),
    "category": ("助老", "便民", "平安", "文体"),
}
MARKS = (
    ("1.", "2."),
    ("1、", "2、"),
    ("（1）", "（2）"),
    ("①", "②"),
    ("一是", "二是"),
    ("1）", "2）"),
    ("●", "●"),
    ("A.", "B."),
)
FOOTERS = (
    "填表说明：本表一式两份。",
    "经办：党建办　　日期：2026.3.1",
    "※带星号为必填项",
    "此表每季度末报送",
)


def drawn(seeds: tuple[int, ...], words: Vocabulary) -> list[Made]:
    """Draw `EACH` sheets for every seed."""
    return [
        _Drawn(random.Random(seed * 100 + turn), f"drawn{seed}_{turn}", words).made
        for seed in seeds
        for turn in range(EACH)
    ]


@dataclass
class _Item:
    texts: dict[str, str]
    values: dict[str, Any]


class _Drawn:
    """One sheet: its columns, what stands above, between and below its items."""

    def __init__(self, chance: random.Random, name: str, words: Vocabulary) -> None:
        self.chance, self.words = chance, words
        self.kind = chance.choice(list(COLUMNS))
        ending = chance.choice(FORMATS)
        self.made = Made(name, ending, [Sheet("表格" if ending in ("xlsx", "xls", "ods") else "")])
        self.made.loose = ending == "docx"
        self.made.kinds.append(self.kind)
        self.sheet = self.made.sheets[0]
        self.merging = ending in _MERGING
        self.left = chance.choice((0, 0, 1)) if ending != "docx" else 0
        self.columns = self._choose_columns()
        self._above()
        self._head()
        self._body()
        self._below()

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def _choose_columns(self) -> list[tuple[str, str]]:
        fields = list(COLUMNS[self.kind])
        self.chance.shuffle(fields)
        chosen = ["title", *fields[: self.chance.randint(3, 6)]]
        if "unit" not in chosen:
            chosen.append("unit")
        self.chance.shuffle(chosen)
        words = {**self.words.headings, "title": self.words.titles[self.kind]}
        columns = [(name, self.chance.choice(words[name])) for name in chosen]
        if self._maybe(0.5):
            heading = self.chance.choice(list(self.words.unknown))
            columns.insert(self.chance.randint(1, len(columns)), ("?", heading))
        if self._maybe(0.7):
            columns.insert(0, ("number", self.chance.choice(self.words.headings["number"])))
        return columns

    def _line(self, cells: list[str]) -> None:
        self.sheet.lines.append([""] * self.left * bool(cells) + cells)

    def _across(self, text: str) -> None:
        """Write a line that is merged over the whole table, where the format can."""
        at, last = len(self.sheet.lines), self.left + len(self.columns) - 1
        self._line([text, *[""] * (len(self.columns) - 1)])
        if self.merging:
            self.sheet.merges.append((at, self.left, at, last))

    def _above(self) -> None:
        noun = {"need": "需求", "resource": "资源", "project": "项目推进"}[self.kind]
        if self._maybe(0.8):
            self._across(
                f"桂花街道党建共建{noun}表（{self.chance.choice(('上半年', '试行', '汇总'))}）"
            )
        if self._maybe(0.3):
            self._line([])
        if self._maybe(0.3):
            self._across("制表时间：2026年3月")

    def _head(self) -> None:
        width = len(self.columns)
        if width >= 6 and self._maybe(0.35):
            first = self.chance.randint(1, width - 4)
            group = [""] * width
            for index, (_, heading) in enumerate(self.columns):
                group[index] = "" if first <= index < first + 3 else heading
            group[first] = "基本信息"
            at = len(self.sheet.lines)
            self._line(group)
            self._line(
                [h if first <= i < first + 3 else "" for i, (_, h) in enumerate(self.columns)]
            )
            if self.merging:
                self._merge_head(at, first, width)
            return
        self._line([heading for _, heading in self.columns])

    def _merge_head(self, at: int, first: int, width: int) -> None:
        left = self.left
        self.sheet.merges.append((at, left + first, at, left + first + 2))
        for index in range(width):
            if not first <= index < first + 3:
                self.sheet.merges.append((at, left + index, at + 1, left + index))

    def _items(self) -> list[_Item]:
        pool = [item for item in items() if item["kind"] == self.kind]
        drawn = self.chance.sample(pool, 8)
        return [self._item(item) for item in drawn]

    def _item(self, item: dict[str, str]) -> _Item:
        texts = {name: self.chance.choice(words) for name, words in TEXTS.items()}
        texts |= {"title": item["title"], "unit": item["unit"]}
        values: dict[str, Any] = {}
        for name, draw in (("quantity", _quantity), ("period", _period), ("due", _due)):
            texts[name], values[name] = draw(self.chance)
        return _Item(texts, values)

    def _body(self) -> None:
        drawn, style = self._items(), self.chance.choice(("plain", "merged", "sections", "parts"))
        given = {}
        number = 0
        for index, item in enumerate(drawn):
            if style == "sections" and index % 4 == 0:
                name = self.chance.choice(("助老服务", "环境提升", "平安守护", "文化惠民"))
                self._across(("一、", "二、")[index // 4] + name)
                given = {} if any(n == "category" for n, _ in self.columns) else {"category": name}
            if style == "merged" and index % 3:
                item.texts["unit"] = drawn[index - 1].texts["unit"]
            if style == "parts" and index % 3 == 1:
                continue
            number += 1
            other = drawn[index + 1] if style == "parts" and index % 3 == 0 else None
            self._row(item, number, given, other)
            if style == "merged" and index % 3:
                self._merge_up()
            if self._maybe(0.1):
                self._line([])

    def _merge_up(self) -> None:
        """Join the unit with the one above, or leave it blank where the format has no merges."""
        column = self.left + [n for n, _ in self.columns].index("unit")
        at = len(self.sheet.lines) - 1
        if not self.sheet.lines[at - 1] or self.sheet.lines[at - 1][0:1] == []:
            return
        for index, (top, left, bottom, right) in enumerate(self.sheet.merges):
            if left == right == column and bottom == at - 1:
                self.sheet.merges[index] = (top, left, at, right)
                break
        else:
            self.sheet.merges.append((at - 1, column, at, column))
        self.sheet.lines[at][column] = ""
        if not self.merging:
            self.sheet.merges.pop()

    def _row(self, item: _Item, number: int, given: dict[str, str], other: _Item | None) -> None:
        marks = self.chance.choice(MARKS)
        cells = []
        for name, heading in self.columns:
            text = str(number) if name == "number" else item.texts.get(name, "")
            if name == "?":
                text = self.chance.choice(self.words.unknown[heading])
            if name == "title" and other:
                gap = "；" if marks[0] == "一是" else "\n"
                text = f"{marks[0]}{text}{gap}{marks[1]}{other.texts['title']}"
            cells.append(text)
        self._line(cells)
        for part, own in enumerate([item, other] if other else [item], 1):
            self._true(item, own, number, given, part)

    def _true(
        self, item: _Item, own: _Item | None, number: int, given: dict[str, str], part: int
    ) -> None:
        at = len(self.sheet.lines)
        for name in [n for n, _ in self.columns if n != "?"] + list(given):
            text = str(number) if name == "number" else item.texts.get(name, "")
            value = item.values.get(name, given.get(name, text))
            if name == "title" and own:
                value = own.texts["title"]
            self.made.truth.append((self.sheet.name, at, part, name, value))

    def _below(self) -> None:
        if self._maybe(0.4):
            self._line(["合　计", *[""] * (len(self.columns) - 1)])
        for footer in FOOTERS:
            if self._maybe(0.2):
                self._across(footer)


def _quantity(chance: random.Random) -> tuple[str, Any]:
    n, measure = chance.randint(2, 90), chance.choice("人户次场套台张本盏个处")
    return chance.choice(
        [
            (f"{n}{measure}", (n, measure, False)),
            (f"约{n}{measure}", (n, measure, True)),
            (f"{n}{measure}左右", (n, measure, True)),
            (f"{n}—{n + 5}{measure}", (n, measure, True)),
            (f"每周{n % 5 + 1}次", (n % 5 + 1, "次", False)),
            (f"每季度{n % 3 + 1}场", (n % 3 + 1, "场", False)),
            (f"{n}.5万元", (n * 10000 + 5000, "元", False)),
            (f"不少于{n}{measure}", (n, measure, True)),
            (f"十五{measure}", (15, measure, False)),
            (f"{n}余{measure}", (n, measure, True)),
            (f"{n} {measure}", (n, measure, False)),
            ("若干", (None, "", True)),
            (str(n), (n, "", False)),
        ]
    )


def _period(chance: random.Random) -> tuple[str, Any]:
    day, month = chance.randint(0, 5), chance.randint(3, 9)
    name, then = "一二三四五六日"[day], "一二三四五六日"[day + 1]
    hour = chance.randint(8, 10)
    clock = (f"{hour:02d}:00", f"{hour + 2}:30")
    both = ((day, *clock), (day + 1, *clock))
    months = (f"2026-{month:02d}-01", f"2026-{month + 2:02d}-{_DAYS[month + 2]}", ())
    return chance.choice(
        [
            (f"每周{name} {hour}:00至{hour + 2}:30", (None, None, ((day, *clock),))),
            (f"星期{name}{hour}:00～{hour + 2}:30", (None, None, ((day, *clock),))),
            (f"周{name}、周{then} {hour}:00-{hour + 2}:30", (None, None, both)),
            (f"2026年{month}月至{month + 2}月", months),
            (f"2026.{month}.1-2026.{month + 2}.{_DAYS[month + 2]}", months),
            (f"{month}月到{month + 2}月", months),
            ("常年开放", (None, None, ())),
            ("每周三下午3点到5点", (None, None, ((2, "15:00", "17:00"),))),
        ]
    )


_DAYS = {5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30}


def _due(chance: random.Random) -> tuple[str, Any]:
    month, day = chance.randint(5, 11), chance.randint(10, 28)
    end, on = f"2026-{month:02d}-{_DAYS[month]}", f"2026-{month:02d}-{day}"
    return chance.choice(
        [
            (f"{month}月底", end),
            (f"2026年{month}月{day}日之前", on),
            (f"2026-{month}-{day}", on),
            (f"{month}.{day}", on),
            (f"2026年{month}月份", end),
            (f"{month}月{day}号", on),
            ("第三季度末", "2026-09-30"),
            ("立即", None),
            ("2026年国庆前", "2026-10-01"),
        ]
    )
