"""`mulin match` from real files to the workbook and the JSON, and what it refuses."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

OFFERS = (
    ("资源清单",),
    ("序号", "提供单位", "资源名称", "数量", "使用条件"),
    ("1", "示例商场", "三楼会议室", "30座", "需提前三天预约"),
    ("2", "示例律师事务所", "免费法律咨询", "每月2次", ""),
)
NEEDS = (
    ("需求清单",),
    ("序号", "提出单位", "需求内容", "数量"),
    ("1", "甲社区", "借一间会议室开议事会", "20人"),
    ("2", "甲社区", "請律師來講遺囑", "1次"),
    ("3", "乙社区", "=1+1 楼顶漏水", "2处"),
)
PROJECTS = (
    ("项目清单",),
    ("序号", "项目名称", "牵头单位", "责任人", "完成时限"),
    ("1", "口袋公园改造", "示例街道", "书记", "2027-06-30"),
    ("2", "老旧管网更新", "示例街道", "主任", "2027-09-30"),
)


def xlsx(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell in (cell for line in book.active.iter_rows() for cell in line if cell.value):
        cell.data_type = "s"
    book.save(path)


def csv_file(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def docx(path, rows):
    from docx import Document

    document = Document()
    document.add_paragraph(rows[0][0])
    table = document.add_table(0, len(rows[1]))
    for row in rows[1:]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(path)


def ods(path, rows):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, table = OpenDocumentSpreadsheet(), Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(path)


WRITERS = {"xlsx": xlsx, "csv": csv_file, "docx": docx, "ods": ods}


def match(folder, offers, needs, *more, ending="xlsx"):
    paths = [folder / f"{name}.{ending}" for name in ("offers", "needs")]
    for path, rows in zip(paths, (offers, needs), strict=True):
        WRITERS[ending](path, rows)
    call_command("match", *paths, "-o", folder / "plan.xlsx", *more)
    return load_workbook(folder / "plan.xlsx")


def refusal(folder, offers, needs) -> str:
    with pytest.raises(CommandError) as caught:
        match(folder, offers, needs)
    assert (caught.value.returncode, (folder / "plan.xlsx").exists()) == (1, False)
    return str(caught.value)


@pytest.mark.parametrize("ending", WRITERS)
def test_match_tells_as_json_what_it_found_in_any_kind_of_file(tmp_path, ending):
    match(tmp_path, OFFERS, NEEDS, "--json", str(tmp_path / "plan.json"), ending=ending)
    said = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    found = {(one["need"], one["resource"], one["units"]) for one in said["proposals"]}
    assert found == {
        ("借一间会议室开议事会", "三楼会议室", 20),
        ("請律師來講遺囑", "免费法律咨询", 1),
    }
    assert [one["need"] for one in said["unmet"]] == ["=1+1 楼顶漏水"]


def test_json_has_the_promised_shape(tmp_path):
    match(tmp_path, OFFERS, NEEDS, "--json", str(tmp_path / "plan.json"))
    said = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert list(said) == ["proposals", "unmet", "objective", "bound", "gap", "seconds"]
    assert list(said["proposals"][0]) == ["need", "resource", "units", "reasons"]
    assert list(said["unmet"][0]) == ["need", "cause"]
    assert said["bound"] >= said["objective"] > 0 <= said["gap"] < 1
    texts = [*said["proposals"][0]["reasons"], said["unmet"][0]["cause"]]
    assert all(isinstance(text, str) and text for text in texts)


def test_workbook_holds_the_lists_without_a_formula(tmp_path):
    book = match(tmp_path, OFFERS, NEEDS)
    cells = [cell for page in book for line in page.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert "'=1+1 楼顶漏水" in {cell.value for cell in cells}
    assert [(page.title, page.freeze_panes) for page in book] == [
        ("项目清单（提议）", "A3"),
        ("需求清单", "A3"),
        ("资源清单", "A3"),
        ("暂时没有着落", "A3"),
    ]
    assert [cell.value for cell in book["需求清单"][3]] == [
        "借一间会议室开议事会", "甲社区", None, "场地", "三楼会议室",
    ]  # fmt: skip


def test_both_lists_in_one_file_are_told_apart(tmp_path):
    rows = (*OFFERS, (), (), *NEEDS)
    book = match(tmp_path, rows, rows)
    assert (book["需求清单"].max_row, book["资源清单"].max_row) == (5, 4)


def test_swapped_files_are_refused(tmp_path):
    told = refusal(tmp_path, NEEDS, OFFERS)
    assert told == (
        "两个文件的次序反了：offers.xlsx 里是需求，needs.xlsx 里是资源。请把资源清单写在前面。"
    )


def test_project_list_in_the_place_of_needs_is_refused(tmp_path):
    told = refusal(tmp_path, OFFERS, PROJECTS)
    assert told == "needs.xlsx：这里要一份需求清单，这个文件里是项目清单"


def test_needs_in_the_place_of_resources_are_refused(tmp_path):
    told = refusal(tmp_path, NEEDS, NEEDS)
    assert told == "offers.xlsx：这里要一份资源清单，这个文件里是需求清单"


@pytest.mark.parametrize("rows", [(), (("资源清单",), ("序号", "提供单位", "资源名称"))])
def test_file_without_items_is_refused(tmp_path, rows):
    assert refusal(tmp_path, rows, NEEDS).startswith("offers.xlsx: ")


def test_broken_file_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(CommandError, match=r"^a\.xlsx: "):
        call_command("match", tmp_path / "a.xlsx", tmp_path / "a.xlsx", "-o", tmp_path / "p.xlsx")


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.xlsx：没有这个文件"):
        call_command("match", tmp_path / "nowhere.xlsx", tmp_path / "n.xlsx", "-o", tmp_path / "p")


def test_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        match(tmp_path, OFFERS, NEEDS, "--json", str(tmp_path / "nowhere" / "plan.json"))


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "1e9"])
def test_time_that_is_none_is_refused(tmp_path, seconds):
    with pytest.raises(CommandError, match="要大于 0"):
        match(tmp_path, OFFERS, NEEDS, "--seconds", seconds)


def test_same_seed_gives_the_same_plan(tmp_path):
    said = []
    for name in ("a", "b"):
        match(tmp_path, OFFERS, NEEDS, "--seed", "7", "--json", str(tmp_path / name))
        said.append(json.loads((tmp_path / name).read_text(encoding="utf-8")) | {"seconds": 0})
    assert said[0] == said[1]


def test_unknown_fairness_is_refused(tmp_path):
    with pytest.raises(CommandError, match="fairness"):
        match(tmp_path, OFFERS, NEEDS, "--fairness", "nonsense")
