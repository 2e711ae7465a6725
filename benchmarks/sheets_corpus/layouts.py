"""Draws sheets from records: column sets of real lists, laid out with every usual mess."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.sheets_corpus.contents import Record

PERSONAL = "personal"
COLUMN_SETS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "need": (
        "need",
        [
            *(("number", "序号"), ("unit", "提出单位"), ("title", "需求内容")),
            *(("serving", "服务对象"), ("quantity", "数量"), ("due", "完成时限")),
            ("remark", "备注"),
        ],
    ),
    "resource": (
        "resource",
        [
            *(("number", "序号"), ("unit", "单位名称"), ("title", "资源名称")),
            *(("category", "资源类别"), ("quantity", "可提供数量"), ("period", "可提供时间")),
            *(("conditions", "使用条件"), ("place", "地点")),
        ],
    ),
    "project": (
        "project",
        [
            *(("number", "序号"), ("title", "项目名称"), ("detail", "具体内容")),
            *(("owner", "责任单位"), ("claimers", "认领单位"), ("due", "完成时间")),
            ("state", "进展情况"),
        ],
    ),
    "slip": (
        "need",
        [
            *(("unit", "报到单位"), ("category", "需求类别"), ("title", "需求事项")),
            *(("quantity", "人数"), ("period", "时间"), ("claimers", "认领党组织")),
        ],
    ),
    "persons": (
        "need",
        [
            *(("number", "序号"), (PERSONAL, "姓名"), (PERSONAL, "性别"), (PERSONAL, "年龄")),
            *((PERSONAL, "联系电话"), ("title", "需求内容"), ("category", "类别")),
            *(("unit", "社区"), ("claimers", "认领单位")),
        ],
    ),
}
TITLES = {"need": "2026年度需求清单", "resource": "共建资源一览表", "project": "年度项目推进表"}
NAMES = ("王秀英", "张建国", "李桂兰", "刘志强", "陈淑珍", "欧阳春华")


@dataclass
class Sheet:
    """One sheet to be written: its lines of cells, its merges, whether it is hidden.

    `typed` holds cells that are dates or numbers, by line and column from 0.
    """

    name: str
    lines: list[list[str]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    typed: dict[tuple[int, int], Any] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Made:
    """A sheet file with its truth: cells, kinds, what must be cut and what must survive.

    A `loose` one is compared without lines; `open` cells may be read in any way.
    """

    name: str
    ending: str
    sheets: list[Sheet]
    truth: list[tuple[str, int, int, str, Any]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    lures: list[str] = field(default_factory=list)
    loose: bool = False
    open: set[tuple[str, int, str]] = field(default_factory=set)


class Draft:
    """A file being laid out; each mess is a method that adds a table to its sheets."""

    def __init__(self, chance: random.Random, name: str, ending: str) -> None:
        self.chance = chance
        self.made = Made(name, ending, [])

    def sheet(self, name: str = "", *, hidden: bool = False) -> Sheet:
        if not name:
            name = "Sheet1" if self.made.ending in ("xlsx", "xls", "ods") else ""
        self.made.sheets.append(Sheet(name, hidden=hidden))
        return self.made.sheets[-1]

    def head(self, sheet: Sheet, columns: list[tuple[str, str]]) -> None:
        sheet.lines.append([heading for _, heading in columns])

    def row(
        self,
        sheet: Sheet,
        columns: list[tuple[str, str]],
        record: Record,
        number: int,
        *,
        written: dict[str, str] | None = None,
        known: dict[str, Any] | None = None,
    ) -> None:
        """Add one row; `written` replaces what is written, `known` adds to what is true."""
        cells = [self._written(name, heading, record, number) for name, heading in columns]
        for index, (name, _) in enumerate(columns):
            cells[index] = (written or {}).get(name, cells[index])
        private = [name == PERSONAL for name, _ in columns]
        self.made.lures += [c for c, own in zip(cells, private, strict=True) if c and not own]
        sheet.lines.append(cells)
        self.true(sheet, columns, record, number, known=known or {})

    def true(
        self,
        sheet: Sheet,
        columns: list[tuple[str, str]],
        record: Record,
        number: int,
        *,
        known: dict[str, Any],
        part: int = 1,
    ) -> None:
        names = {name for name, _ in columns} - {PERSONAL}
        for name in sorted(names | set(known)):
            value = record.values.get(name, record.texts.get(name, str(number)))
            value = known.get(name, value)
            self.made.truth.append((sheet.name, len(sheet.lines), part, name, value))

    def _written(self, name: str, heading: str, record: Record, number: int) -> str:
        if name == "number":
            return str(number)
        if name == PERSONAL:
            return self._personal(heading)
        return record.texts[name]

    def _personal(self, heading: str) -> str:
        if "性别" in heading:
            return self.chance.choice("男女")
        if "年龄" in heading:
            return str(self.chance.randint(60, 90))
        value = self.chance.choice(NAMES)
        if "电话" in heading or "手机" in heading:
            value = f"13{self.chance.randint(0, 9)}{self.chance.randint(10**7, 10**8 - 1)}"
        if "身份证" in heading:
            value = f"4201071948{self.chance.randint(1, 9):02d}15{self.chance.randint(1000, 9999)}"
        self.made.secrets.append(value)
        return value


Mess = Callable[[Draft, str, list[tuple[str, str]], list[Record]], None]


def plain(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    sheet = draft.sheet()
    sheet.lines.append([TITLES[kind]])
    draft.head(sheet, columns)
    for number, record in enumerate(records, 1):
        draft.row(sheet, columns, record, number)


def totals_and_notes(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    sheet.lines += [[TITLES[kind]], [], [h.replace("", " ").strip() for _, h in columns]]
    for number, record in enumerate(records, 1):
        draft.row(sheet, columns, record, number)
        if number == 3:
            sheet.lines.append([""] * len(columns))
    sheet.lines.append(["合计", *[""] * (len(columns) - 2), str(len(records))])
    sheet.lines.append(["注：以上内容由各单位于三月上旬报送。"])
    sheet.lines.append(["填表人：王秀英", "", "联系电话：13912345678", "", "审核人：张建国"])
    draft.made.secrets += ["13912345678", "王秀英", "张建国"]


def two_headers(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    half = len(columns) // 2
    sheet.lines.append([TITLES[kind]])
    group = ["基本情况", *[""] * (half - 1), "对接情况", *[""] * (len(columns) - half - 1)]
    sheet.lines.append(group)
    sheet.merges += [(1, 0, 1, half - 1), (1, half, 1, len(columns) - 1)]
    draft.head(sheet, [(n, f"{h}\n（必填）" if n == "title" else h) for n, h in columns])
    for number, record in enumerate(records, 1):
        draft.row(sheet, columns, record, number)


def merged_down(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    draft.head(sheet, columns)
    at = next((i for i, (name, _) in enumerate(columns) if name in ("unit", "owner")), 0)
    name = columns[at][0]
    for number, record in enumerate(records, 1):
        first = records[(number - 1) // 3 * 3]
        shared = {name: first.texts.get(name, str(number))}
        text = shared[name] if (number - 1) % 3 == 0 else ""
        draft.row(sheet, columns, record, number, written={name: text}, known=shared)
        if number % 3 == 0 or number == len(records):
            first_line = len(sheet.lines) - 1 - (number - 1) % 3
            sheet.merges.append((first_line, at, len(sheet.lines) - 1, at))


def several_items(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    sheet.lines.append([TITLES[kind]])
    draft.head(sheet, columns)
    marks = ("{}.", "（{}）", "{}、")
    for number, pair in enumerate(zip(records[::2], records[1::2], strict=False), 1):
        mark = marks[number % 3]
        titles = [record.texts["title"] for record in pair]
        text = "\n".join(mark.format(i) + title for i, title in enumerate(titles, 1))
        draft.row(sheet, columns, pair[0], number, written={"title": text})
        draft.true(sheet, columns, pair[0], number, known={"title": titles[1]}, part=2)


def sections(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    kept = [column for column in columns if column[0] != "category"]
    draft.head(sheet, kept)
    for number, record in enumerate(records, 1):
        if number % 4 == 1:
            section = ("公共服务类", "小微改造类", "文化体育类")[number // 4 % 3]
            sheet.lines.append([f"{'一二三'[number // 4 % 3]}、{section}", *[""] * (len(kept) - 1)])
        draft.row(sheet, kept, record, number, known={"category": section})


def two_tables(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    half = len(records) // 2
    for part in (records[:half], records[half:]):
        sheet.lines.append([TITLES[kind]])
        draft.head(sheet, columns)
        for number, record in enumerate(part, 1):
            draft.row(sheet, columns, record, number)
        sheet.lines.append([])
    draft.made.kinds.append(kind)


def headless(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    sheet.lines.append([TITLES[kind]])
    kept = [c for c in columns if c[0] in ("number", "unit", "title", "quantity", "due")]
    for number, record in enumerate(records, 1):
        draft.row(sheet, kept, record, number)


def ditto(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    sheet = draft.sheet()
    draft.head(sheet, columns)
    name = next((n for n, _ in columns if n in ("unit", "owner")), "title")
    for number, record in enumerate(records, 1):
        first = records[(number - 1) // 2 * 2].texts[name]
        text = first if number % 2 else "同上"
        draft.row(sheet, columns, record, number, written={name: text}, known={name: first})


def unit_above(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    kept = [column for column in columns if column[0] != "unit"]
    sheet.lines += [[TITLES[kind]], ["填报单位：八一路社区", "", "填报日期：2026年3月1日"]]
    draft.head(sheet, kept)
    for number, record in enumerate(records, 1):
        draft.row(sheet, kept, record, number, known={"unit": "八一路社区"})


def side_by_side(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    sheet = draft.sheet()
    draft.head(sheet, [*columns, (PERSONAL, ""), *columns])
    half = len(records) // 2
    for number, pair in enumerate(zip(records[:half], records[half:], strict=False), 1):
        draft.row(sheet, columns, pair[0], number)
        right = Sheet(sheet.name, [[]] * (len(sheet.lines) - 1))
        draft.row(right, columns, pair[1], number)
        sheet.lines[-1] += ["", *right.lines[-1]]
    draft.made.kinds.append(kind)


def form(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    """Draw one slip: labels beside their values, two pairs to a line."""
    sheet = draft.sheet()
    kept = [c for c in columns if c[0] not in ("number", PERSONAL)]
    sheet.lines.append([f"{TITLES[kind]}登记表"])
    cells = Sheet("")
    mark = len(draft.made.truth)
    draft.row(cells, kept, records[0], 1)
    draft.made.truth[mark:] = [
        (sheet.name, 2, 1, name, value) for _, _, _, name, value in draft.made.truth[mark:]
    ]
    pairs = [[h, text] for (_, h), text in zip(kept, cells.lines[0], strict=True)]
    for left, right in zip(pairs[::2], [*pairs[1::2], ["", ""]], strict=False):
        sheet.lines.append(left + right)


def aligned(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    """Number the quantities as the items beside them are numbered."""
    sheet = draft.sheet()
    kept = [c for c in columns if c[0] != "quantity"] + [("quantity", "数量")]
    draft.head(sheet, kept)
    for number, pair in enumerate(zip(records[::2], records[1::2], strict=False), 1):
        first, second = (record.texts["title"] for record in pair)
        written = {"title": f"1.{first}\n2.{second}", "quantity": "1.2场\n2.3次"}
        known: dict[str, Any] = {"quantity": (2, "场", False)}
        draft.row(sheet, kept, pair[0], number, written=written, known=known)
        known = {"title": second, "quantity": (3, "次", False)}
        draft.true(sheet, kept, pair[0], number, known=known, part=2)


def hidden(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    half = len(records) // 2
    for name, part in (("一季度", records[:half]), ("二季度", records[half:])):
        sheet = draft.sheet(name, hidden=name == "二季度")
        draft.head(sheet, columns)
        for number, record in enumerate(part, 1):
            draft.row(sheet, columns, record, number)
    draft.made.kinds.append(kind)


def personal(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    """Put people's details into every place they are found in, and lures beside them."""
    sheet = draft.sheet()
    sheet.lines.append([TITLES[kind]])
    wide = [*columns, (PERSONAL, "对象姓名"), (PERSONAL, "身份证号"), (PERSONAL, "联系人电话")]
    draft.head(sheet, wide)
    lures = (
        "王府社区会议室",
        "张三丰路5号院",
        "投资13800000000元",
        "20260315号文件",
        "李家湖社区302室",
    )
    for number, record in enumerate(records, 1):
        lure = lures[number % len(lures)]
        known = {"title": lure}
        draft.row(sheet, wide, record, number, written=dict(known), known=dict(known))
    sheet.lines.append(["注：独居老人王秀英（身份证420107194803151234）需要助浴，电话027-86543210"])
    draft.made.secrets += ["王秀英", "420107194803151234", "86543210"]


MESSES: dict[str, Mess] = {
    mess.__name__: mess
    for mess in (
        *(plain, totals_and_notes, two_headers, merged_down, several_items, sections),
        *(two_tables, headless, ditto, unit_above, side_by_side, form, aligned, hidden),
        personal,
    )
}
