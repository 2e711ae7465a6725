"""Downloads of the lists: columns, filters, the layout of an imported sheet, and who gets what."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from mulin.lists.actions import claim_need, confirm_claim
from mulin.lists.models import Category, ImportBatch, ImportTable, Item
from mulin.projects.models import Project

PAGE = "/lists/export/"
COLUMNS = [
    {"index": 2, "heading": "联系电话", "field": "contact"},
    {"index": 0, "heading": "序号", "field": "number"},
    {"index": 1, "heading": "基本情况/需求内容", "field": "title"},
    {"index": 3, "heading": "提出社区", "field": "unit"},
    {"index": 4, "heading": "登记人", "field": None},
]


@pytest.fixture
def reader(client, world):
    client.force_login(world.people["clinic"])
    client.cookies["language"] = "en"
    return client


def download(client, **asked):
    return client.get(PAGE, {"format": "xlsx", **asked})


def table_of(answer) -> list[list]:
    """Headings and rows, without the title above and the note below."""
    page = load_workbook(BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2)][:-2]


def as_rows(answer) -> list[dict]:
    head, *rows = table_of(answer)
    return [dict(zip(head, row, strict=True)) for row in rows]


def imported(world, by="north", **fields):
    batch = ImportBatch.objects.create(
        alliance=world.alliance,
        name="社区需求表.xlsx",
        state=fields.pop("state", ImportBatch.State.TAKEN),
        by=world.people[by],
        organisation=world.units.get(fields.pop("unit", "clinic")),
    )
    values = {"kind": "need", "columns": COLUMNS, "position": 0, "where": "Sheet1!A1:E9", **fields}
    return ImportTable.objects.create(batch=batch, **values)


def agreed(world):
    need = world.need(number="XQ-001", due_on=timezone.localdate() + datetime.timedelta(days=9))
    claim = claim_need(
        need, by=world.people["clinic"], organisation=world.units["clinic"], amount=Decimal(12)
    )
    return confirm_claim(claim, by=world.people["community"], side="asker").project


def test_needs_come_with_every_column(reader, world):
    project = agreed(world)
    Item.objects.update(
        quantity_text="约12处", place_text="六街", remark="去年提过", serving="老人"
    )
    assert as_rows(download(reader, kind="need")) == [
        {
            "Number": "XQ-001",
            "Need": "楼道加装扶手",
            "In detail": None,
            "Category": None,
            "Asked by": "柳树社区",
            "For whom": "老人",
            "Where": "六街",
            "How much": "约12处",
            "When": None,
            "Due": project.due_on.isoformat(),
            "Conditions": None,
            "Claimed by": "示例诊所",
            "Answers for it": "北街道; 示例诊所",
            "State": "Project under way",
            "Remark": "去年提过",
        }
    ]


def test_resources_name_who_asked_for_them(reader, world):
    resource = world.resource(measure="处", amount=20)
    by, unit = world.people["clinic"], world.units["clinic"]
    need = world.need(measure="处")
    claim_need(need, by=by, organisation=unit, amount=Decimal(5), resource=resource)
    (row,) = as_rows(download(reader, kind="resource"))
    assert (row["Resource"], row["Asked for by"], row["How much"]) == (
        "楼道加装扶手",
        "柳树社区",
        "20处",
    )


def test_projects_name_both_sides_and_who_asked(reader, world):
    project = agreed(world)
    assert as_rows(download(reader, kind="project")) == [
        {
            "Number": project.number,
            "Project": "楼道加装扶手",
            "In detail": None,
            "Answers for it, by side": "北街道: 北街道; 南街道: 示例诊所",
            "Asked by": "柳树社区",
            "Due": project.due_on.isoformat(),
            "State": "Project under way",
        }
    ]


def test_only_the_filtered_rows_are_there(reader, world):
    kind = Category.objects.get(code="K01")
    world.need(title="甲", category=kind), world.need("neighbour", title="乙", category=kind)
    world.need(title="丙")
    asked = {"category": kind.pk, "community": world.units["community"].pk}
    assert [row["Need"] for row in as_rows(download(reader, **asked))] == ["甲"]


def test_what_is_not_published_is_not_in_it(reader, world):
    for state in ("draft", "submitted", "returned", "staged", "withdrawn"):
        world.need("clinic", state=state)
    assert as_rows(download(reader)) == []


def test_layout_of_an_imported_sheet_keeps_its_headings_and_order(reader, world):
    table = imported(world)
    world.need(title="甲", number="XQ-007"), world.need("neighbour", title="=乙")
    assert table_of(download(reader, layout=table.pk)) == [
        ["序号", "基本情况/需求内容", "联系电话", "提出社区", "登记人"],
        [1, "甲", None, "柳树社区", None],
        [2, "'=乙", None, "槐树社区", None],
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": "school"},
        {"kind": "resource"},
        {"state": ImportBatch.State.UNDONE},
        {"skipped": True},
    ],
)
def test_layout_one_may_not_use_is_not_found(reader, world, fields):
    table = imported(world, **fields)
    answers = [download(reader, layout=key).status_code for key in (table.pk, "x")]
    assert (answers, list(reader.get(PAGE).context["layouts"])) == ([404, 404], [])


def test_page_offers_forms_and_keeps_the_filters(reader, world):
    table = imported(world)
    page = reader.get(PAGE, {"kind": "need", "q": "扶手", "layout": "7"})
    assert (list(page.context["layouts"]), page.context["kept"]) == ([table], [("q", "扶手")])


def test_word_file_holds_the_same_rows(reader, world):
    world.need(title="甲")
    answer = reader.get(PAGE, {"format": "docx", "kind": "need"})
    rows = Document(BytesIO(answer.content)).tables[0].rows
    assert [row.cells[1].text for row in rows] == ["Need", "甲"]


def test_file_has_a_name_and_is_not_kept_by_proxies(reader, world):
    answer = download(reader)
    day = f"{timezone.localdate():%Y%m%d}"
    assert answer["Content-Disposition"] == f'attachment; filename="Needs-{day}.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"


def test_note_says_where_and_when_it_comes_from(reader, world):
    world.need()
    page = load_workbook(BytesIO(download(reader).content)).active
    assert page["A1"].value == "示例共同体 Needs"
    assert page.cell(page.max_row, 1).value.startswith("Source: 示例共同体, mulin; 1 row, as of ")


@pytest.mark.parametrize("asked", [{"kind": "secret"}, {"format": "exe"}])
def test_unknown_kind_or_format_is_not_found(reader, asked):
    assert download(reader, **asked).status_code == 404


def test_stranger_gets_nothing(client, world, stranger):
    client.force_login(stranger)
    assert [download(client, kind=kind).status_code for kind in ("need", "project")] == [404, 404]


def test_number_of_queries_does_not_grow_with_the_list(reader, world):
    counts = []
    for _time in range(2):
        agreed_project = world.need()
        by, unit = world.people["clinic"], world.units["clinic"]
        claim = claim_need(agreed_project, by=by, organisation=unit, amount=Decimal(12))
        confirm_claim(claim, by=world.people["community"], side="asker")
        with CaptureQueriesContext(connection) as asked:
            download(reader)
        counts.append(len(asked))
    assert (counts[0] == counts[1], Project.objects.count()) == (True, 2)
