"""What is cut from text and grids, and what stays."""

from collections import Counter
from datetime import date

import pytest

from mulin.sheets import Cut, Grid, interpret, read_text
from mulin.sheets.cutting import cut_grid
from mulin.sheets.personal import cut, is_name

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("独居老人王秀英腿脚不便", "独居老人王某腿脚不便"),
        ("为独居老人张桂芳理发", "为独居老人张某理发"),
        ("接送太挤，联系王桂兰老人", "接送太挤，联系王某老人"),
        ("空巢老人欧阳春华需陪护", "空巢老人欧阳某需陪护"),
        ("低保户李建国家漏水", "低保户李某家漏水"),
        ("孙大妈（孙玉珍）需要助浴", "孙大妈（孙某）需要助浴"),
        ("何美丽（78岁）独居", "何某（78岁）独居"),
        ("困难党员张三（身份证420107194803151234）", "困难党员张某（身份证〔已隐去〕）"),
        ("4201 0719 4803 1512 34", "〔已隐去〕"),
        ("增设座椅，联系人王秀英13812345678", "增设座椅，联系人王某〔已隐去〕"),
        ("420107480315123", "〔已隐去〕"),
        ("１３８１２３４５６７８", "〔已隐去〕"),
        ("138-1234-5678或(027)86543210", "〔已隐去〕或〔已隐去〕"),
        ("填表人：王秀英 電話：86543210", "填表人：王某 電話：〔已隐去〕"),
    ],
)
def test_cut_takes_personal_details(text, kept):
    assert cut(text)[0] == kept


@pytest.mark.parametrize(
    "text",
    [
        *(
            "老人高血压筛查",
            "儿童马拉松",
            "学生陶艺课",
            "居民周末活动",
            "居民代表大会",
            "残疾人毛巾发放",
        ),
        *("李家湖社区", "万达社区", "预算13800000000元", "工号13512", "2026-03-15至2026-06-30"),
        *("为老人安装扶手", "3号楼302室", "电话亭改造", "400-800-1234", "居民于3月前报名"),
    ],
)
def test_cut_keeps_ordinary_content(text):
    assert cut(text) == (text, Counter())


def _kept(rows, merges=()):
    grid, cuts = cut_grid(Grid("表", rows, list(merges)))
    return grid.rows, cuts


def test_names_under_two_headings_are_cut():
    rows = [["困难群众信息", "", "需求内容"], ["姓名", "住址", ""], ["王秀英", "3栋", "助浴"]]
    kept, cuts = _kept(rows, [(0, 0, 0, 1)])
    assert (kept[2], cuts) == (["", "", "助浴"], [Cut("表", "name", 1), Cut("表", "phone", 1)])


def test_names_without_any_heading_are_cut():
    rows = [["王秀英", "装路灯"], ["张建国", "修扶手"], ["李桂兰", "送书包"]]
    kept, cuts = _kept(rows)
    assert ([r[0] for r in kept], cuts) == (["王某", "张某", "李某"], [Cut("表", "name", 3)])


def test_a_name_beside_a_number_is_cut():
    kept, cuts = _kept([["王秀英", "装路灯", "13812345678"], ["示例社区", "修扶手", ""]])
    assert kept[0] == ["王某", "装路灯", "〔已隐去〕"]
    assert cuts == [Cut("表", "name", 1), Cut("表", "phone", 1)]


def test_a_label_beside_a_name_cuts_it():
    kept, _ = _kept(
        [["申请人姓名", "王秀英", "需求内容", "助浴"], ["联系电话", "13812345678", "", ""]]
    )
    assert kept == [["申请人姓名", "", "需求内容", "助浴"], ["联系电话", "", "", ""]]


def test_the_contact_column_is_emptied_and_counted():
    rows = [["需求内容", "联系人及电话", "数量"], ["装路灯", "王主任 13812345678", "2盏"]]
    kept, cuts = _kept(rows)
    assert (kept[1], cuts) == (["装路灯", "", "2盏"], [Cut("表", "name", 1), Cut("表", "phone", 1)])


def test_several_kinds_are_counted_apart():
    _, cuts = _kept([["独居老人王秀英，身份证420107194803151234，电话13812345678"]])
    assert [(c.what, c.count) for c in cuts] == [("identity_number", 1), ("name", 1), ("phone", 1)]


def test_items_of_residents_stay_whole():
    rows = [
        ["序号", "提出单位", "需求内容"],
        ["1", "居民", "楼上乱丢垃圾治理"],
        ["2", "老人", "助浴"],
    ]
    kept, cuts = _kept(rows)
    assert (kept, cuts) == (rows, [])


def test_a_column_headed_by_a_kind_of_people_is_emptied():
    kept, cuts = _kept([["老人", "需求内容", "数量"], ["王秀英", "助浴", "2次"]])
    assert (kept[1], cuts) == (["", "助浴", "2次"], [Cut("表", "name", 1)])


def test_who_is_responsible_stays():
    rows = [["项目名称", "责任人"], ["装路灯", "王秀英"], ["修扶手", "张建国"]]
    assert _kept(rows)[0] == rows


def test_sheet_and_file_names_are_cut():
    grid, _ = cut_grid(Grid("老人王秀英", [["需求内容"]], file="13812345678.xlsx"))
    assert (grid.name, grid.file) == ("老人王某", "〔已隐去〕.xlsx")


def test_pasted_text_is_cut_before_it_is_kept():
    reading = read_text("1、独居老人王秀英想要收音机\n2、装路灯，电话13812345678", today=TODAY)
    kept = str(interpret(reading.grids, today=TODAY)) + str(reading)
    assert [secret for secret in ("王秀英", "13812345678") if secret in kept] == []


@pytest.mark.parametrize("text", ["路灯", "石凳", "马路", "白板", "社区", "高血压", "王某"])
def test_words_are_no_names(text):
    assert not is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "手机号一三八七一二三四五六七",
            "联系电话：1３8７1２3４5６7",
            "(027)8635 1122",
            "固话：86351122",
        ),
        *(
            "138712345\n67",
            "13 8712 34567",
            "1 3 8 7 1 2 3 4 5 6 7",
            "138.7123.4567",
            "138****4567",
        ),
        *("手機0912-345-678", "電話(02)2345-6789", "身分證字號A123456789", "香港身份證 A123456(7)"),
        *("银行卡6222021234567890123", "护照E12345678", "420107********2326"),
        *("42010719480315\n2326", "身份证：４２０１０７１９４８０３１５２３２６"),
    ],
)
def test_every_way_to_write_a_number_of_a_person_is_cut(text):
    left = cut(text)[0].replace("（7）", "")
    assert not any(c.isdigit() or c in "〇一二三四五六七八九" for c in left), left


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("困难群众：王秀英、张建国、李桂兰", "困难群众：王某、张某、李某"),
        ("走访慰问了吴桂芳、郑大勇两位老人", "走访慰问了吴某、郑某两位老人"),
        ("家住3栋的王秀英老人需要轮椅", "家住3栋的王某老人需要轮椅"),
        ("3栋2单元周桂芬老人家中漏水", "3栋2单元周某老人家中漏水"),
        ("王秀英（独居，78岁）希望陪伴", "王某（独居，78岁）希望陪伴"),
        ("女，78岁，姓名王秀英", "女，78岁，姓名王某"),
        ("独居老人仝桂兰", "独居老人仝某"),
        ("逯桂英老人需轮椅", "逯某老人需轮椅"),
        ("独居老人买买提·艾合买提", "独居老人买某"),
        ("孤儿张小宝上学路费", "孤儿张某上学路费"),
    ],
)
def test_names_in_prose_are_cut(text, kept):
    assert cut(text)[0] == kept


@pytest.mark.parametrize(
    "text",
    [
        *("学生方阵", "组织学生毛笔课", "村民余粮收购", "金秋助学", "老人程序化服务", "万科物业"),
        *("“党员争做先锋·筑牢反诈防线”", "路灯杆13根8米", "15000000元", "12345热线", "桂兰路"),
        *("合同编号4201071948031523", "ISBN 9787020002207", "采购20260315批次", "周一三五开放"),
    ],
)
def test_more_ordinary_content_stays(text):
    assert cut(text) == (text, Counter())


@pytest.mark.parametrize("cells", [("42010719480315", "2326"), ("138", "71234567")])
def test_a_number_parted_over_two_cells_is_cut(cells):
    kept, cuts = _kept([["装路灯", *cells], ["修扶手", "2000", "30000"]])
    assert (kept, sum(c.count for c in cuts)) == (
        [["装路灯", "", ""], ["修扶手", "2000", "30000"]],
        1,
    )
