"""The pages of an import: upload, refusals, answers in place, and whom they are hidden from."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, Membership, Organisation, Post
from mulin.lists.forms import imports as forms
from mulin.lists.models import Category, ImportBatch, ImportRow, Item
from tests.lists.test_imports import HEAD, ROWS, rows_of, sheet, start

BY_BATCH = ("import_preview", "import_again", "import_take", "import_undo", "import_discard")
BY_ROW = ("import_cell", "import_row", "import_like")
BY_TABLE = ("import_column", "import_kind", "import_table", "import_left_out")


@pytest.fixture
def desk(world, client):
    client.force_login(world.people["north"], backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def outsider(world) -> Person:
    """A coordinator of another alliance."""
    other = Alliance.objects.create(name="另一共同体", slug="other")
    street = Organisation.objects.create(name="西街道", kind="subdistrict")
    other.sides.create(organisation=street)
    Membership.objects.create(alliance=other, organisation=street, role="side")
    person = Person.objects.create_user("west", name="西街道的人")
    Post.objects.create(person=person, organisation=street, role="coordinator")
    return person


def upload(desk, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("lists:import_new"), {"file": file}, follow=True)


def zipped(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return kept.getvalue()


def test_upload_leads_to_a_preview(desk, world):
    answer = desk.post(reverse("lists:import_new"), {"file": sheet(HEAD, *ROWS)}, follow=True)
    assert answer.status_code == 200
    assert (answer.context["tally"].rows, answer.context["tally"].rejected) == (3, 2)
    assert "13812345678" not in answer.content.decode()


def test_pasted_text_leads_to_a_preview(desk):
    text = "单位\t需求内容\t数量\n柳树社区\t修路\t1处\n"
    answer = desk.post(reverse("lists:import_new"), {"text": text}, follow=True)
    assert [line.row.cells["title"]["text"] for line in answer.context["lines"]] == ["修路"]


def test_upload_needs_one_of_file_and_text(desk):
    answer = desk.post(reverse("lists:import_new"), {})
    assert (answer.status_code, ImportBatch.objects.count()) == (200, 0)
    assert answer.context["form"].non_field_errors()


def test_large_upload_is_refused_before_reading(desk, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_FILE", 10)
    answer = upload(desk, "a.xlsx", b"0" * 11)
    assert answer.context["form"].errors["file"]
    assert ImportBatch.objects.count() == 0


HOSTILE = {
    "corrupt.xlsx": b"PK\x03\x04 broken",
    "blank.csv": b"\n\n",
    "mislabelled.xlsx": b"%PDF-1.4 text",
    "page.exe": b"MZ\x90",
    "bomb.xlsx": zipped(**{"xl__workbook.xml": "0" * 60_000_000}),
    "macros.xlsm": zipped(**{"xl__vbaProject.bin": "x", "xl__workbook.xml": "<a/>"}),
    "entities.xlsx": zipped(
        **{
            "[Content_Types].xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            "xl__workbook.xml": "<a/>",
        }
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_words(desk, name):
    answer = upload(desk, name, HOSTILE[name])
    assert answer.status_code == 200
    assert (answer.context["batch"].state, len(answer.context["problems"])) == ("discarded", 1)
    assert "root:" not in answer.content.decode()


def test_choice_in_a_cell_changes_all_alike_and_returns_to_the_row(desk, world):
    row = rows_of(start(world))[1]
    page = reverse("lists:import_preview", args=[row.table.batch_id]) + "?all=1"
    answer = desk.post(
        reverse("lists:import_cell", args=[row.pk]),
        {"field": "due", "value": "2026-12-31", "same": "1", "next": page},
    )
    assert answer.url == page
    assert not ImportRow.objects.filter(rejected__gt=0).exists()


def test_unreadable_answer_is_said(desk, world):
    row = rows_of(start(world))[1]
    address = reverse("lists:import_cell", args=[row.pk])
    answer = desk.post(address, {"field": "due", "written": "改天"}, follow=True)
    assert len(answer.context["messages"]) == 1
    assert ImportRow.objects.filter(rejected__gt=0).count() == 2


def test_only_rows_that_need_a_look_are_shown_first(desk, world):
    batch = start(world)
    page = reverse("lists:import_preview", args=[batch.pk])
    assert [line.row.row for line in desk.get(page).context["lines"]] == [4, 5]
    assert [line.row.row for line in desk.get(page + "?all=1").context["lines"]] == [3, 4, 5]


def test_row_can_be_opened_for_editing(desk, world):
    row = rows_of(start(world))[0]
    page = reverse("lists:import_preview", args=[row.table.batch_id])
    lines = desk.get(f"{page}?all=1&edit={row.pk}").context["lines"]
    assert [line.editing for line in lines] == [True, False, False]


def test_taking_in_and_undoing_over_http(desk, world):
    batch = start(world, ROWS[0])
    answer = desk.post(reverse("lists:import_take", args=[batch.pk]), follow=True)
    assert (answer.context["count"], answer.context["kept"]) == (1, [])
    desk.post(reverse("lists:import_undo", args=[batch.pk]))
    assert Item.objects.count() == 0


def test_taking_in_too_early_is_refused_with_the_reason(desk, world):
    batch = start(world)
    answer = desk.post(reverse("lists:import_take", args=[batch.pk]), follow=True)
    assert len(answer.context["messages"]) == 1
    assert Item.objects.count() == 0


def test_long_list_is_shown_in_pages(desk, world):
    rows = [(n, "柳树社区", f"修{n}号路", "1处", "", "") for n in range(1, 121)]
    page = reverse("lists:import_preview", args=[start(world, *rows).pk])
    answer = desk.get(page + "?all=1&page=3")
    assert [line.row.row for line in answer.context["lines"]] == list(range(103, 123))


@pytest.mark.parametrize("who", ["outsider", "stranger", "neighbour", "clinic", "guide"])
def test_import_of_others_is_not_found(world, client, request, who):
    batch = start(world)
    person = world.people.get(who) or request.getfixturevalue(who)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    row = rows_of(batch)[0]
    keys = {batch.pk: BY_BATCH, row.pk: BY_ROW, row.table_id: BY_TABLE}
    addresses = [reverse(f"lists:{name}", args=[key]) for key in keys for name in keys[key]]
    assert [client.post(address).status_code for address in addresses] == [404] * len(addresses)


def test_upload_page_is_not_found_by_those_who_may_not(world, client, stranger):
    for person in (stranger, world.people["guide"]):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse("lists:import_new")).status_code == 404


def test_signed_out_reader_is_sent_to_sign_in(world, client):
    answer = client.get(reverse("lists:import_preview", args=[start(world).pk]))
    assert (answer.status_code, "sign-in" in answer.url) == (302, True)


def test_same_guess_is_listed_once(desk, world):
    row = ("柳树", "1处")
    rows = [(at, row[0], title, row[1], "", "") for at, title in enumerate(("修路", "栽花"), 1)]
    page = desk.get(reverse("lists:import_preview", args=[start(world, *rows).pk]))
    assert [line.row.row for line in page.context["lines"]] == [3]


def test_cells_worded_alike_are_asked_once(desk, world):
    page = desk.get(reverse("lists:import_preview", args=[start(world).pk]))
    words = page.content.decode()
    assert (words.count('name="value" value="不限期"'), "随第 4 行一起定" in words) == (1, True)


def test_what_no_cell_says_is_changed_in_its_row_alone(desk, world):
    rows = [(at, "柳树社区", title, "1处", "", "") for at, title in enumerate(("修路", "栽花"), 1)]
    batch = start(world, *rows)
    address = reverse("lists:import_preview", args=[batch.pk])
    page = desk.get(address, {"all": 1, "edit": rows_of(batch)[0].pk})
    (line,) = [line for line in page.context["lines"] if line.editing]
    assert {cell.head.field: cell.shared for cell in line.cells} == {
        **{"": False, "unit": True, "title": True},
        **{"quantity": True, "due": False},
    }


def test_guesses_that_no_cell_says_are_listed_each(desk, world):
    Category.objects.create(alliance=world.alliance, code="K02", name="助老服务")
    titles = ("老人学用手机", "教老人用手机")
    rows = [(at, "柳树社区", title, "1处", "", "") for at, title in enumerate(titles, 1)]
    batch = start(world, *rows)
    page = desk.get(reverse("lists:import_preview", args=[batch.pk]))
    values = [row.cells["category"]["value"]["code"] for row in rows_of(batch)]
    assert (values, len(page.context["lines"])) == (["K02", "K02"], 2)
