"""Writes the example's sheets, as messy as real ones: `python -m mulin.home.demo.sheets FOLDER`."""

import csv
import sys
from pathlib import Path

from docx import Document
from openpyxl import Workbook

RED = "红钢城街道2026年睦邻党建需求清单汇总表"
NEEDS_RED = [
    ("六街社区", "楼道加装扶手12处", "助老服务", "楼内老人约60人", "12处", "抓紧"),
    ("六街社区", "5号楼门洞做一个无障碍坡道", "助残服务", "轮椅住户", "1处", ""),
    (
        "六街社区",
        "暑假孩子没人带，想开托管班",
        "课后托管与学业辅导",
        "双职工家庭",
        "约20人",
        "暑假期间",
    ),
    ("三街社区", "楼道装扶手，2号楼老人多", "助老服务", "2号楼老人", "4处", ""),
    ("三街社区", "请律师每月来坐一次班", "法律咨询与调解", "居民", "每月1次", ""),
    ("二街社区", "添置晾衣架4处", "物业与老旧小区改造", "居民", "4处", ""),
    ("二街社区", "楼道声控灯坏了11个单元", "物业与老旧小区改造", "", "11个", ""),
    ("和畅社区", "设一个儿童阅读角", "阅读推广与循环书屋", "儿童", "1处", ""),
    ("和悦社区", "中心花园添6张带靠背的长椅", "社区服务", "老人", "6张", ""),
    ("青扬社区", "国庆前做一次消防夜查", "平安巡防与应急", "", "1次", ""),
    ("临江港湾社区", "健身器材检修", "文化体育活动", "", "8件", ""),
]
NEEDS_NEW = [
    ("热电社区", "建设七路东段补齐路灯7盏", "物业与老旧小区改造", "7盏"),
    ("热电社区", "楼下建电动自行车充电棚2处", "物业与老旧小区改造", "2处"),
    ("馨园社区", "居民想就近量血压", "健康义诊与卫生", "每月2次"),
    ("车站社区", "想请医生每月来坐坐", "健康义诊与卫生", "每月1次"),
    ("科苑社区", "老年手机课要教室和讲师", "人才与讲师共享", "20人"),
    ("光明社区", "大件杂物集中堆放点", "环境治理与垃圾分类", "1处"),
    ("光明社区", "给老人办一次防诈骗讲座", "平安巡防与应急", "1次"),
    ("科苑社区", "周末邻里活动缺场地", "场地共享", "1处"),
    ("车站社区", "周末辅导孩子功课，缺学生志愿者", "关爱儿童与青少年", "10人"),
    ("临江社区", "独居老人需要上门陪护", "助老服务", "3户"),
]
OFFERS = [
    ("示例科苑物业服务有限公司", "水电木工小修小改", "物业与老旧小区改造", "每月10处"),
    ("示例绿岛养老服务中心", "扶手库存12副，可上门教老人使用", "助老服务", "12副"),
    ("示例绿岛养老服务中心", "康复辅具借用", "助残服务", "若干"),
    ("示例春晖律师事务所", "免费法律咨询", "法律咨询与调解", "每月1次"),
    ("示例春晖社区卫生服务中心", "医生下社区义诊、量血压", "健康义诊与卫生", "每月2次"),
    ("示例向阳书店", "图书200册可以循环", "阅读推广与循环书屋", "200册"),
    ("青山区图书馆", "阅读推广老师", "阅读推广与循环书屋", "2人"),
]
GIVEN = [
    ("单位", "能提供什么", "类别", "数量", "什么时候"),
    ("示例七彩商业广场", "三楼会议室", "场地共享", "1间", "周一至周四14:00-17:00"),
    ("武汉印象城", "周末中庭活动场地", "场地共享", "1处", "每周六上午9:00-11:30"),
    ("示例和悦消防救援站", "消防安全检查和培训", "平安巡防与应急", "每月2次", ""),
    ("示例新桥物业服务有限公司", "路灯维修队", "物业与老旧小区改造", "8人", ""),
    ("示例绿岛银行青山支行", "金融防诈骗讲座", "平安巡防与应急", "每季度1次", ""),
    ("示例知行中学", "学生志愿者", "关爱儿童与青少年", "约30人", "周末"),
]
CHAT = """新桥社区需求清单
1、给独居老人每周送两次热饭，约15人
2、小区门口路面坑洼要修
3、想办一场邻里节，缺音响一套
"""
TRADITIONAL = [
    ("序號", "需求單位", "需求內容", "服務對象", "數量", "完成時限"),
    (1, "臨江社區", "棋牌室缺桌椅", "老年居民", "6套", ""),
    (2, "蔣家墩社區", "請老師教剪紙", "婦女兒童", "每月2次", "常年"),
    (3, "十九街社區", "樓棟滅火器年檢更換", "全體居民", "40具", ""),
]


def main(folder: Path) -> None:
    """Write all sheets into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _red_needs(folder / "01-红钢城需求汇总.xlsx")
    _new_needs(folder / "02-新沟桥各社区需求.docx")
    _offers(folder / "03-成员单位资源清单.xlsx")
    _given(folder / "04-场地人才.csv")
    (folder / "05-群里发的.txt").write_text(CHAT, encoding="utf-8")
    _traditional(folder / "06-需求清單（繁體）.xlsx")
    _several_in_a_cell(folder / "07-资源（一格多条）.xlsx")
    _to_be_checked(folder / "08-还要改的.xlsx")


def _red_needs(path: Path) -> None:
    """Two-row merged headers, a unit merged down its rows, a total and a footnote."""
    book = Workbook()
    sheet = book.active
    sheet.append([RED])
    sheet.append(["填报时间：" + "　" * 6 + "填报人："])
    sheet.append(["序号", "提出单位", "需求情况", "", "", "", "备注"])
    sheet.append(["", "", "需求内容", "类别", "服务对象", "数量", ""])
    for number, (unit, title, category, serving, amount, remark) in enumerate(NEEDS_RED, 1):
        sheet.append([number, unit, title, category, serving, amount, remark])
    sheet.append(["合计", "", f"{len(NEEDS_RED)}项"])
    sheet.append(["注：本表由各社区填报，街道汇总。"])
    for area in ("A1:G1", "A2:G2", "A3:A4", "B3:B4", "C3:F3", "G3:G4", "B5:B7", "B8:B9", "B10:B11"):
        sheet.merge_cells(area)
    book.save(path)


def _new_needs(path: Path) -> None:
    document = Document()
    document.add_heading("新沟桥街道各社区需求", 1)
    document.add_paragraph("各社区：请核对后报街道。")
    table = document.add_table(rows=1, cols=5)
    for cell, words in zip(
        table.rows[0].cells, ["序号", "社区", "反映的需求", "类别", "数量"], strict=True
    ):
        cell.text = words
    for number, row in enumerate(NEEDS_NEW, 1):
        for cell, words in zip(table.add_row().cells, [str(number), *row], strict=True):
            cell.text = words
    document.save(str(path))


def _offers(path: Path) -> None:
    """A two-row header over contact columns; the phones are of a prefix no carrier uses."""
    book = Workbook()
    sheet = book.active
    sheet.append(["睦邻党建共同体成员单位资源清单"])
    sheet.append(["序号", "单位名称", "资源内容", "类别", "数量", "联系方式", ""])
    sheet.append(["", "", "", "", "", "联系人", "电话"])
    for number, row in enumerate(OFFERS, 1):
        sheet.append([number, *row, "示例联系人", f"100{number:08d}"])
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("F2:G2")
    for column in "ABCDE":
        sheet.merge_cells(f"{column}2:{column}3")
    book.save(path)


def _given(path: Path) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["场地和人才，二季度报"], [], *GIVEN])


def _traditional(path: Path) -> None:
    book = Workbook()
    book.active.append(["睦鄰黨建共同體需求清單"])
    for row in TRADITIONAL:
        book.active.append(row)
    book.save(path)


def _several_in_a_cell(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["资源单位", "资源清单", "备注"])
    sheet.append(["示例同心养老服务中心", "1.助餐点\n2.日间照料床位", ""])
    sheet.append(["示例七彩志愿服务队", "1.上门陪护\n2.文艺演出", "提前一周约"])
    book.save(path)


def _to_be_checked(path: Path) -> None:
    """One that still asks: an unknown unit, a date that is none."""
    book = Workbook()
    sheet = book.active
    sheet.append(["提的单位", "反映问题", "啥时候要", "数量"])
    sheet.append(["六街", "5号楼门口路面坑洼，下雨积水", "尽快", "1处"])
    sheet.append(["和悦社区", "宠物粪便没人管", "2026年13月", ""])
    sheet.append(["幸福里社区", "想要一个乒乓球台", "", "1张"])
    book.save(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
