"""Ten sheets as members really send them: one layout, format and kind of mess each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.burden_items import NEXT, Row, Supply, again
from benchmarks.sheets_corpus.layouts import Made, Sheet
from benchmarks.sheets_corpus.writers import write

RED = ["临江港湾社区", "二街社区", "三街社区", "和悦社区", "六街社区", "和畅社区", "青扬社区"]
NEW = ["临江社区", "馨园社区", "车站社区", "蒋家墩社区", "热电社区", "新桥社区", "光明社区"]
PEOPLE = ("王秀英", "张建国", "李桂兰", "刘志强", "陈淑珍", "赵国庆", "孙玉梅")
NUMERALS = [ten + one for ten in ("", "十") for one in "一二三四五六七八九"]
Columns = list[tuple[str, str]]
Table = tuple[list[Row], Columns]


@dataclass
class Sent:
    """One file or pasted text, what it holds, and what the sender says beside it."""

    name: str
    path: Path | None
    text: str = ""
    tables: list[tuple[list[Row], Columns]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    sections: bool = False

    def told(self) -> list[tuple[Row, set[str]]]:
        """Each item with the fields that this sheet says."""
        return [
            (row, {name for name, _ in columns} - {"number", "personal"} | self._implied())
            for rows, columns in self.tables
            for row in rows
        ]

    def _implied(self) -> set[str]:
        """Sections name the category of the rows below them."""
        return {"category"} if self.sections else set()


class Desk:
    """Writes the ten sheets into a folder."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder, self.supply = folder, Supply(seed)
        self.sent: list[Sent] = []

    def write_all(self) -> list[Sent]:
        for make in LAYOUTS:
            make(self)
        return self.sent

    def file(
        self, name: str, ending: str, sheets: list[Sheet], *tables: Table, **more: Any
    ) -> None:
        path = write(Made(name, ending, sheets), self.folder)
        self.sent.append(Sent(name, path, tables=list(tables), **more))

    def secret(self) -> tuple[str, str]:
        """An invented person and a telephone number, neither of which may be kept."""
        chance = self.supply.chance
        return chance.choice(PEOPLE), f"13{chance.randint(0, 9)}{chance.randint(10**7, 10**8 - 1)}"


def lines_of(rows: list[Row], columns: Columns, first: int = 1) -> list[list[str]]:
    """A line per item; a number column counts, an unknown one stays empty."""
    return [
        [str(at) if name == "number" else row.texts.get(name, "") for name, _ in columns]
        for at, row in enumerate(rows, first)
    ]


def heads(columns: Columns) -> list[str]:
    return [heading for _, heading in columns]


def summed_up(desk: Desk) -> None:
    """1: xlsx of a sub-district: two header rows, units merged down and shortened, a total."""
    rows = desk.supply.rows("need", RED, 4)
    columns = [
        *(("number", "序号"), ("unit", "提的单位"), ("title", "反映问题/内容")),
        *(("category", "类别"), ("serving", "服务对象"), ("quantity", "几个")),
        *(("due", "啥时候要"), ("remark", "备注")),
    ]
    sheet = Sheet("Sheet1", [["红钢城街道睦邻党建需求清单汇总表"], ["填报时间：    填报人："]])
    sheet.lines.append(["序号", "提的单位", "需求情况", "", "", "", "啥时候要", "备注"])
    sheet.lines.append(["", "", *heads(columns)[2:6], "", ""])
    sheet.merges += [(0, 0, 0, 7), (2, 2, 2, 5), (2, 0, 3, 0), (2, 1, 3, 1), (2, 6, 3, 6)]
    for at, line in enumerate(lines_of(rows, columns)):
        line[1] = line[1].removesuffix("社区") if at % 4 == 0 else ""
        sheet.lines.append(line)
        if at % 4 == 0:
            sheet.merges.append((len(sheet.lines) - 1, 1, len(sheet.lines) + 2, 1))
    sheet.lines += [["合计", "", f"{len(rows)}项"], ["注：本表由各社区填报，街道汇总。"]]
    desk.file("红钢城街道需求汇总(最终版2)", "xlsx", [sheet], (rows, columns))


def several_in_a_cell(desk: Desk) -> None:
    """2: a Word table in which each community has one cell with numbered items."""
    sheet = Sheet("", [["新沟桥街道各社区需求征集表"], ["序号", "社区", "需求内容", "备注"]])
    rows, marks = [], ("{}.", "（{}）", "{}、", "{}．")
    for number, unit in enumerate(NEW, 1):
        some = desk.supply.rows("need", [unit], 3)
        for row in some:
            row.values["remark"] = some[0].texts["remark"]
        mark = marks[number % 4]
        cell = "\n".join(mark.format(at) + row.texts["title"] for at, row in enumerate(some, 1))
        sheet.lines.append([str(number), unit, cell, (some[0].texts["remark"])])
        rows += some
    columns = [("number", "序号"), ("unit", "社区"), ("title", "需求内容"), ("remark", "备注")]
    desk.file("新沟桥各社区需求征集表", "docx", [sheet], (rows, columns))


def old_workbook(desk: Desk) -> None:
    """3: an old workbook of offers under units' everyday names, with contacts and telephones."""
    names = {
        **{"七彩小学": "示例七彩小学", "同心中学": "示例同心中学", "印象城": "武汉印象城"},
        **{"春晖社区卫生服务中心": "示例春晖社区卫生服务中心", "区图书馆": "青山区图书馆"},
        **{"绿岛养老服务中心": "示例绿岛养老服务中心", "新桥物业": "示例新桥物业服务有限公司"},
        **{"春晖律师事务所": "示例春晖律师事务所", "向阳书店": "示例向阳书店"},
        **{"和悦消防救援站": "示例和悦消防救援站"},
    }
    columns = [
        *(("number", "序号"), ("unit", "单位名称"), ("title", "资源名称"), ("category", "类别")),
        *(("quantity", "数量"), ("period", "可提供时间"), ("conditions", "使用条件")),
        *(("personal", "联系人"), ("personal", "电话")),
    ]
    sheet = Sheet("Sheet1", [["睦邻党建共同体成员单位资源清单"]])
    sheet.lines.append([*heads(columns)[:7], "联系方式", ""])
    sheet.lines.append([*[""] * 7, "联系人", "电话"])
    sheet.merges += [(0, 0, 0, 8), (1, 7, 1, 8), *((1, at, 2, at) for at in range(7))]
    rows = [row for name in names.values() for row in desk.supply.rows("resource", [name], 3)]
    secrets, everyday = [], {full: short for short, full in names.items()}
    for line in lines_of(rows, columns):
        secrets += (private := desk.secret())
        sheet.lines.append([line[0], everyday[line[1]], *line[2:7], *private])
    desk.file("成员单位资源清单", "xls", [sheet], (rows, columns), secrets=secrets)


def in_sections(desk: Desk) -> None:
    """4: an open-document sheet in sections, its units ditto-marked."""
    units = ["示例七彩商业广场", "示例知行中学", "示例同心养老服务中心"]
    units += ["示例七彩志愿服务队", "示例绿岛银行青山支行", "示例科苑物业服务有限公司"]
    columns = [
        *(("unit", "资源单位"), ("title", "能提供什么"), ("quantity", "可提供数量")),
        *(("period", "开放时间"), ("place", "地点"), ("conditions", "要求")),
    ]
    rows = desk.supply.rows("resource", units, 3)
    rows.sort(key=lambda row: (row.values["category"], row.unit))
    sheet, sections, unit = Sheet("资源", [heads(columns)]), [], ""
    for row, line in zip(rows, lines_of(rows, columns), strict=True):
        if row.values["category"] not in sections:
            sections.append(row.values["category"])
            unit = ""
            sheet.lines.append(
                [
                    f"{NUMERALS[len(sections) - 1]}、{sections[-1]}类",
                    *[""] * (len(columns) - 1),
                ]
            )
        line[0], unit = "同上" if row.unit == unit else row.unit, row.unit
        sheet.lines.append(line)
    desk.file("场地和物资", "ods", [sheet], (rows, columns), sections=True)


def exported(desk: Desk) -> None:
    """5: a GB18030 export with headings of its own and people in it."""
    columns = [
        *(("number", "编号"), ("unit", "报送社区"), ("title", "居民急需事项")),
        *(("place", "涉及点位"), ("quantity", "需求规模"), ("due", "希望办结日期")),
        *(("personal", "反映人"), ("personal", "身份证号"), ("personal", "手机")),
    ]
    rows = desk.supply.rows("need", ["十九街社区", "科苑社区", "光明社区", "六街社区"], 6)
    sheet, secrets = Sheet("", [heads(columns)]), []
    for line in lines_of(rows, columns):
        name, phone = desk.secret()
        number = f"42010719{desk.supply.chance.randint(40, 75)}0315{len(sheet.lines):04d}"
        secrets += [name, phone, number]
        sheet.lines.append([*line[:6], name, number, phone])
    desk.file("居民急需事项导出", "gb18030", [sheet], (rows, columns), secrets=secrets)


def pasted_chat(desk: Desk) -> None:
    """6: what communities wrote into a chat, copied together; two ask again for what 1 has."""
    text, rows = "各位，三季度需求收上来了：\n", []
    repeated = [row for row, _ in desk.sent[0].told() if row.unit in ("和悦社区", "青扬社区")]
    for unit in ("和悦社区", "青扬社区", "馨园社区"):
        some = [again(row) for row in repeated if row.unit == unit][:1]
        some += desk.supply.rows("need", [unit], 4 - len(some))
        lines = [f"{at}、{row.texts['title']}" for at, row in enumerate(some, 1)]
        text += f"{unit}：\n" + "\n".join(lines) + "\n"
        rows += some
    columns = [("unit", "单位"), ("title", "需求内容")]
    desk.sent.append(Sent("群里发的", None, text=text, tables=[(rows, columns)]))


def traditional(desk: Desk) -> None:
    """7: a sheet in traditional characters."""
    from benchmarks.sheets import _convert

    columns = [
        *(("number", "序号"), ("unit", "需求单位"), ("title", "需求内容")),
        *(("serving", "服务对象"), ("quantity", "数量"), ("due", "完成时限")),
    ]
    rows = desk.supply.rows("need", ["临江社区", "蒋家墩社区", "青扬社区", "热电社区"], 5)
    lines = [["睦邻党建共同体需求清单"], heads(columns), *lines_of(rows, columns)]
    sheet = Sheet("工作表1", [[_convert(cell) for cell in line] for line in lines])
    for row in rows:
        for name in ("title", "serving"):
            row.values[name] = _convert(row.values[name])
        amount, measure, about = row.values["quantity"]
        row.values["quantity"] = (amount, _convert(measure), about)
    desk.file("需求清單", "xlsx", [sheet], (rows, columns))


def slips(desk: Desk) -> None:
    """8: a Word file of slips, one a unit, labels beside their values."""
    columns = [
        *(("unit", "报送单位"), ("serving", "服务对象"), ("title", "需求事项")),
        *(("quantity", "数量"), ("place", "地点"), ("due", "完成时限")),
    ]
    units = ["二街社区", "三街社区", "科苑社区", "新桥社区", "和畅社区"]
    rows, sheets = desk.supply.rows("need", units, 1), []
    for line in lines_of(rows, columns):
        pairs = [[heading, cell] for (_, heading), cell in zip(columns, line, strict=True)]
        cells = [left + right for left, right in zip(pairs[::2], pairs[1::2], strict=True)]
        sheets.append(Sheet("", [["需求登记表", "", "", ""], *cells], [(0, 0, 0, 3)]))
    desk.file("需求登记表5份", "docx", sheets, *(([row], columns) for row in rows))


def two_tables(desk: Desk) -> None:
    """9: needs above, offers below, in one sheet of the road that two sub-districts share."""
    needs, offers = (
        desk.supply.rows("need", ["热电社区", "科苑社区", "六街社区"], 5),
        desk.supply.rows("resource", ["示例科苑物业服务有限公司", "示例向阳社会工作服务中心"], 6),
    )
    above = [("unit", "哪个单位"), ("title", "想要什么"), ("quantity", "要几个")]
    above += [("place", "在哪儿"), ("due", "最晚哪天")]
    below = [("unit", "哪个单位"), ("title", "能给什么"), ("quantity", "有多少")]
    below += [("period", "啥时有空")]
    sheet = Sheet("建设七路", [["建设七路示范路两张清单"], ["一、需求清单"], heads(above)])
    sheet.lines += [*lines_of(needs, above), [], ["二、资源清单"], heads(below)]
    sheet.lines += lines_of(offers, below)
    # What people write wrongly: a month that is none, a unit's name with a slip in it.
    sheet.lines[4][4], needs[1].values["due"] = f"{NEXT}年13月", f"{NEXT}-12-31"
    sheet.lines[10][0] = "科苑设区"
    desk.file("建设七路清单", "xlsx", [sheet], (needs, above), (offers, below))


def of_projects(desk: Desk) -> None:
    """10: a “project list”, which here means needs nobody has taken yet."""
    columns = [
        *(("number", "序号"), ("title", "项目名称"), ("unit", "申报单位"), ("serving", "受益群体")),
        *(("quantity", "规模"), ("due", "完成时间")),
    ]
    rows = desk.supply.rows("need", ["临江港湾社区", "和畅社区", "新桥社区", "蒋家墩社区"], 4)
    sheet = Sheet("Sheet1", [["年度睦邻项目清单"], heads(columns), *lines_of(rows, columns)])
    desk.file("年度项目清单", "xlsx", [sheet], (rows, columns))


LAYOUTS: tuple[Callable[[Desk], None], ...] = (
    *(summed_up, several_in_a_cell, old_workbook, in_sections, exported),
    *(pasted_chat, traditional, slips, two_tables, of_projects),
)
