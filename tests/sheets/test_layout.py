"""Where tables are found and how their rows are read."""

from datetime import date

import pytest

from mulin.sheets import Grid, interpret, read_text

TODAY = date(2026, 3, 1)


def _read(rows, merges=(), answers=None, **grid):
    return interpret([Grid("表", rows, list(merges), **grid)], today=TODAY, answers=answers)


def _texts(table):
    return [{name: cell.text for name, cell in row.cells.items()} for row in table.rows]


def test_a_table_without_headings_is_guessed_and_says_so():
    rows = [
        ["1", "八一路社区", "装路灯和扶手", "2盏"],
        ["2", "白马山社区", "增设电动车充电棚", "1处"],
    ]
    (table,) = _read(rows).tables
    assert {c.field: c.sure for c in table.columns} == {
        "number": 0.5, "unit": 0.5, "title": 0.5, "quantity": 0.5,
    }  # fmt: skip
    assert {c.state for r in table.rows for c in r.cells.values()} <= {"guessed", "read"}
    assert _texts(table)[0]["title"] == "装路灯和扶手"


def test_a_form_is_one_row():
    rows = [
        ["需求登记表"],
        ["单位名称", "八一路社区", "需求类别", "环境"],
        ["需求内容", "装路灯", "数量", "2盏"],
        ["完成时限", "3月底前", "", ""],
    ]
    (table,) = _read(rows).tables
    assert [(r.row, r.part) for r in table.rows] == [(2, 1)]
    assert _texts(table) == [
        {"unit": "八一路社区", "category": "环境", "title": "装路灯", "quantity": "2盏",
         "due": "3月底前"}
    ]  # fmt: skip


def test_fields_down_the_side_give_an_item_a_column():
    rows = [
        ["需求内容", "装路灯", "修扶手"],
        ["数量", "2盏", "3处"],
        ["提出单位", "甲社区", "乙社区"],
    ]
    (table,) = _read(rows).tables
    assert [t["title"] for t in _texts(table)] == ["装路灯", "修扶手"]


def test_tables_side_by_side_are_two():
    rows = [
        ["需求内容", "数量", "", "需求内容", "数量"],
        ["装路灯", "2盏", "", "修扶手", "3处"],
    ]
    found = [_texts(t) for t in _read(rows).tables]
    assert found == [
        [{"title": "装路灯", "quantity": "2盏"}],
        [{"title": "修扶手", "quantity": "3处"}],
    ]


def test_ditto_marks_take_the_cell_above():
    rows = [["单位", "需求内容"], ["甲社区", "装路灯"], ["同上", "修扶手"], ["〃", "增座椅"]]
    cells = [r.cells["unit"] for r in _read(rows).tables[0].rows]
    assert [(c.text, c.state) for c in cells] == [
        ("甲社区", "read"), ("甲社区", "guessed"), ("甲社区", "guessed"),
    ]  # fmt: skip


def test_a_line_above_names_the_unit():
    rows = [["需求清单"], ["填报单位（盖章）：甲社区"], ["需求内容", "数量"], ["装路灯", "2盏"]]
    cell = _read(rows).tables[0].rows[0].cells["unit"]
    assert (cell.text, cell.state, cell.sure) == ("甲社区", "guessed", 0.85)


def test_hidden_sheets_and_rows_are_read_and_told():
    reading = _read([["需求内容", "数量"], ["装路灯", "2"]], hidden=True, hidden_rows=[2])
    assert [p.code for p in reading.problems] == ["hidden", "hidden_rows"]
    assert len(reading.tables[0].rows) == 1


def test_quantities_go_with_the_items_they_are_numbered_as():
    rows = [["需求内容", "数量"], ["1.装路灯\n2.修扶手", "1.2盏\n2.3处"]]
    found = [(t["title"], t["quantity"]) for t in _texts(_read(rows).tables[0])]
    assert found == [("装路灯", "2盏"), ("修扶手", "3处")]


def test_a_heading_merged_across_tells_whose_unit():
    rows = [
        ["需求方", "", "认领方", ""],
        ["单位", "需求内容", "单位", "数量"],
        ["甲社区", "装路灯", "乙公司", "2盏"],
    ]
    (table,) = _read(rows, [(0, 0, 0, 1), (0, 2, 0, 3)]).tables
    assert _texts(table) == [
        {"unit": "甲社区", "title": "装路灯", "claimers": "乙公司", "quantity": "2盏"}
    ]


def test_a_repeated_heading_row_is_no_item_and_no_table():
    rows = [["需求内容", "数量"], ["装路灯", "2盏"], ["需求内容", "数量"], ["修扶手", "3处"]]
    (table,) = _read(rows).tables
    assert [t["title"] for t in _texts(table)] == ["装路灯", "修扶手"]


def test_section_rows_give_their_category():
    rows = [["需求内容", "数量"], ["一、小微改造类", ""], ["装路灯", "2盏"]]
    (row,) = _read(rows).tables[0].rows
    assert row.cells["category"].text == "小微改造类"


def test_prose_without_a_table_is_told():
    assert [p.code for p in _read([["请各单位尽快报送"]]).problems] == ["no_header"]


@pytest.mark.parametrize("title", ["2026年项目清单", "資源清單"])
def test_a_name_that_differs_by_place_is_asked(title):
    rows = [[title], ["单位", "名称"], ["甲社区", "装路灯"]]
    (question,) = _read(rows).questions
    assert (question.key, question.choices) == ("表!2:kind", ["resource", "need", "project"])


def test_answers_settle_kind_columns_and_total_rows():
    rows = [
        ["项目清单"],
        ["单位", "说法", "数量"],
        ["甲社区", "装路灯", "2"],
        ["合计", "全部", "2"],
    ]
    answers = {"表!2:kind": "need", "表!2:columns": {"1": "title"}, "表!4:item": True}
    reading = _read(rows, answers=answers)
    (table,) = reading.tables
    assert (table.kind, reading.questions) == ("need", [])
    assert [t["title"] for t in _texts(table)] == ["装路灯", "全部"]


def test_reading_again_is_the_same():
    reading = read_text('单位\t需求内容\n甲社区\t"1.装路灯\n2.修扶手"', today=TODAY)
    assert interpret(reading.grids, today=TODAY).tables == reading.tables


def test_a_table_of_amounts_by_unit_gives_one_item_for_each():
    rows = [["需求", "甲社区", "乙社区"], ["扶手（处）", "4", ""], ["长椅（张）", "1", "2"]]
    (table,) = _read(rows).tables
    assert [
        (r.row, r.part, r.cells["unit"].text, r.cells["quantity"].text) for r in table.rows
    ] == [
        (2, 1, "甲社区", "4处"),
        (3, 1, "甲社区", "1张"),
        (3, 2, "乙社区", "2张"),
    ]


def test_a_table_by_quarter_gives_each_item_its_time():
    rows = [["类别", "一季度", "二季度"], ["助老", "送手套", "量血压"], ["便民", "修伞", "磨刀"]]
    (table,) = _read(rows).tables
    assert _texts(table)[1] == {"category": "助老", "title": "量血压", "period": "二季度"}


def test_units_left_blank_below_the_first_are_filled():
    rows = [["单位", "需求"], ["甲社区", "路灯"], ["", "扶手"], ["乙社区", "长椅"]]
    (table,) = _read(rows).tables
    units = [(r.cells["unit"].text, r.cells["unit"].state) for r in table.rows]
    assert units == [("甲社区", "read"), ("甲社区", "guessed"), ("乙社区", "read")]


def test_a_blank_unit_stays_blank_where_units_are_repeated():
    rows = [
        ["单位", "需求"],
        ["甲社区", "路灯"],
        ["甲社区", "扶手"],
        ["", "长椅"],
        ["乙社区", "门禁"],
    ]
    (table,) = _read(rows).tables
    assert ["unit" in r.cells for r in table.rows] == [True, True, False, True]


def test_groups_whose_merges_were_lost_stand_over_their_headings():
    rows = [
        ["序号", "基本信息", "", "数量"],
        ["", "单位", "需求", ""],
        ["1", "甲社区", "路灯", "2盏"],
    ]
    (table,) = _read(rows).tables
    assert _texts(table) == [{"number": "1", "unit": "甲社区", "title": "路灯", "quantity": "2盏"}]


def test_headings_again_on_a_new_page_are_no_item():
    head = ["序号", "需求内容", "数量"]
    rows = [head, ["1", "路灯", "2"], ["第1页 共2页", "", ""], head, ["2", "扶手", "3"]]
    (table,) = _read(rows).tables
    assert [r.row for r in table.rows] == [2, 5]


def test_a_line_across_names_the_unit_below_it():
    rows = [["序号", "需求", "数量"], ["甲社区", "", ""], ["1", "路灯", "2盏"]]
    (table,) = _read(rows, [(1, 0, 1, 2)]).tables
    assert _texts(table)[0]["unit"] == "甲社区"


def test_hidden_columns_are_told():
    reading = _read([["需求", "数量"], ["路灯", "2"]], hidden_columns=[2, 9])
    assert [(p.code, p.params) for p in reading.problems] == [("hidden_columns", {"columns": "B"})]


def test_a_chat_line_gives_unit_amount_and_time():
    (table,) = read_text(
        "需求：\n1. 甲社区 装路灯 2盏\n2. 乙社区 修扶手（3处，4月底前）", today=TODAY
    ).tables
    assert _texts(table)[1] == {
        "unit": "乙社区", "title": "修扶手", "quantity": "3处", "due": "4月底前",
    }  # fmt: skip


def test_one_blank_unit_among_many_stays_blank():
    rows = [["单位", "需求"], *([f"{n}号社区", f"路灯{n}"] for n in range(1, 9)), ["", "长椅"]]
    (table,) = _read(rows).tables
    assert "unit" not in table.rows[-1].cells
