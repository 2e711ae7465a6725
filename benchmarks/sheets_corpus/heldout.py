"""Sheets in wordings and layouts that the reader was not tuned on; never adjust it to these."""

import random

from benchmarks.sheets_corpus.contents import WORKDAYS, Record, Words, _weekly
from benchmarks.sheets_corpus.layouts import PERSONAL, Draft, Mess, Sheet

WORDS = Words(
    quantities={
        "3个班次，每班40人": (3, "个", False),
        "大约200户": (200, "户", True),
        "每周1场": (1, "场", False),
        "叁万元": (30000, "元", False),
        "200余册": (200, "册", True),
        "十二把": (12, "把", False),
        "1,500元": (1500, "元", False),
        "5-8名": (5, "名", True),
        "一批": (None, "", True),
        "4": (4, "", False),
    },
    periods={
        "每周日 14:30—16:00": (None, None, _weekly((6,), "14:30", "16:00")),
        "星期二至星期四9:00-17:00": (None, None, _weekly((1, 2, 3), "09:00", "17:00")),
        "2026.4.1-2026.6.30": ("2026-04-01", "2026-06-30", ()),
        "3月至11月": ("2026-03-01", "2026-11-30", ()),
        "第三季度": ("2026-07-01", "2026-09-30", ()),
        "常年": (None, None, ()),
        "工作日9:00-17:00": (None, None, _weekly(WORKDAYS, "09:00", "17:00")),
        "周末": (None, None, _weekly((5, 6), None, None)),
    },
    dues={
        "2026年10月底": "2026-10-31",
        "5月1日之前": "2026-05-01",
        "2026-12-15": "2026-12-15",
        "三季度末": "2026-09-30",
        "2026年内": "2026-12-31",
        "26年8月30日": "2026-08-30",
        "越快越好": None,
        "20260930": "2026-09-30",
    },
)
COLUMN_SETS = {
    "need": (
        "need",
        [
            *(("number", "次序"), ("title", "居民急需事项"), ("unit", "需求报送社区")),
            *(("place", "涉及点位"), ("quantity", "需求规模"), ("due", "希望办结日期")),
            ("owner", "牵头落实单位"),
        ],
    ),
    "resource": (
        "resource",
        [
            *(("unit", "资源提供单位名称"), ("title", "拟提供资源内容"), ("category", "资源大类")),
            *(("serving", "主要服务人群"), ("quantity", "资源总量"), ("period", "可开放时段")),
            *(("conditions", "使用注意事项"), (PERSONAL, "单位联络员手机")),
        ],
    ),
    "project": (
        "project",
        [
            *(("number", "No."), ("title", "共建项目名称"), ("detail", "项目主要内容")),
            *(
                ("claimers", "项目承接单位"),
                ("owner", "项目牵头责任人单位"),
                ("due", "计划办结期限"),
            ),
            *(("state", "目前推进情况"), ("remark", "其他补充")),
        ],
    ),
}


def transposed(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    """Draw fields down the side and items across."""
    sheet, across = draft.sheet(), Sheet("")
    mark = len(draft.made.truth)
    for number, record in enumerate(records[:3], 1):
        draft.row(across, columns, record, number)
    lines = [[h for _, h in columns], *across.lines]
    sheet.lines += [list(line) for line in zip(*lines, strict=True)]
    # A reader may number items in any way here, so rows count by column.
    draft.made.truth[mark:] = [
        (sheet.name, row + 1, *rest) for _, row, *rest in draft.made.truth[mark:]
    ]


def pushed_in(
    draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]
) -> None:
    """Leave blank lines above and a blank column at the left, with notes above the header."""
    sheet = draft.sheet()
    sheet.lines += [[], ["", "各成员单位2026年申报汇总"], ["", "说明：请于3月底前报送街道"], []]
    sheet.lines.append(["", *(heading for _, heading in columns)])
    for number, record in enumerate(records, 1):
        draft.row(sheet, columns, record, number)
        sheet.lines[-1].insert(0, "")
    sheet.lines.append(["", "小计", *[""] * (len(columns) - 2), str(len(records))])


def marked(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    """Mark headings as forms do, repeat the header on a second page, and sign at the foot."""
    sheet = draft.sheet()
    half = len(records) // 2
    for part in (records[:half], records[half:]):
        sheet.lines.append([f"＊{heading}（请填写）" for _, heading in columns])
        for number, record in enumerate(part, 1):
            draft.row(sheet, columns, record, number)
    sheet.lines += [[], ["单位负责人（签字）：        2026年3月5日"]]


def bare(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    sheet = draft.sheet()
    draft.head(sheet, columns)
    for number, record in enumerate(records, 1):
        draft.row(sheet, columns, record, number)


def circled(draft: Draft, kind: str, columns: list[tuple[str, str]], records: list[Record]) -> None:
    """Hold two items in one cell, numbered with circles and on one line."""
    sheet = draft.sheet()
    draft.head(sheet, columns)
    for number, pair in enumerate(zip(records[::2], records[1::2], strict=False), 1):
        first, second = (record.texts["title"] for record in pair)
        written = {"title": f"①{first}；②{second}"}
        draft.row(sheet, columns, pair[0], number, written=written, known={"title": first})
        draft.true(sheet, columns, pair[0], number, known={"title": second}, part=2)


MESSES: dict[str, Mess] = {
    mess.__name__: mess for mess in (bare, pushed_in, marked, circled, transposed)
}


def shuffled(chance: random.Random, columns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the columns in another order, numbers still first."""
    rest = [column for column in columns if column[0] != "number"]
    chance.shuffle(rest)
    return [column for column in columns if column[0] == "number"] + rest
