"""Importing lists: reading, correcting in place, taking in once, undoing whole."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mulin.history.models import Event, Link
from mulin.lists.actions import imports
from mulin.lists.actions.imports import taking
from mulin.lists.models import Claim, ImportBatch, ImportRow, Item

HEAD = ("序号", "提出单位", "需求内容", "数量", "完成时限", "联系电话")
ROWS = (
    (1, "柳树社区", "楼道加装扶手", "3处", "2027-03-31", "13812345678"),
    (2, "柳树", "健身器材坏了两台", "2台", "尽快", ""),
    (3, "槐樹社區", "路灯不亮", "若干", "尽快", ""),
)


def sheet(*rows, title="需求清单") -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    book.active.append([title])
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return SimpleUploadedFile("需求.xlsx", kept.getvalue())


@pytest.fixture
def batch(world) -> ImportBatch:
    return start(world)


def start(world, *rows, by="north", organisation=None, **options) -> ImportBatch:
    file = sheet(HEAD, *(rows or ROWS), **options)
    unit = world.units[organisation] if organisation else None
    return imports.start_import(world.alliance, by=world.people[by], file=file, organisation=unit)


def rows_of(batch) -> list[ImportRow]:
    return list(ImportRow.objects.filter(table__batch=batch).select_related("table__batch"))


def states(batch, field) -> list[tuple[str, str]]:
    return [(row.cells[field]["state"], row.cells[field].get("why", "")) for row in rows_of(batch)]


def ready(world, batch) -> ImportBatch:
    row = rows_of(batch)[1]
    imports.correct_cell(row, by=world.people["north"], field="due", value="2026-12-31")
    return batch


def taken(world, batch) -> ImportBatch:
    imports.take_in(ready(world, batch), by=world.people["north"])
    return batch


def test_start_keeps_no_item_and_cuts_phones(batch):
    assert (batch.state, Item.objects.count()) == (ImportBatch.State.PREVIEW, 0)
    assert "13812345678" not in str(batch.grids) + str([row.cells for row in rows_of(batch)])
    assert [cut["what"] for cut in batch.cuts] == ["phone"]


def test_units_are_found_by_short_name_and_other_script(batch, world):
    assert states(batch, "unit") == [
        ("read", ""),
        ("guessed", "written_otherwise"),
        ("read", ""),
    ]
    ids = [row.cells["unit"]["value"]["name"] for row in rows_of(batch)]
    assert ids == ["柳树社区", "柳树社区", "槐树社区"]


def test_unknown_unit_is_rejected_with_own_unit_first(world):
    batch = start(world, (1, "天外社区", "修路", "1处", "", ""), organisation="community")
    cell = rows_of(batch)[0].cells["unit"]
    assert (cell["state"], cell["why"]) == ("rejected", "no_such_unit")
    assert cell["choices"][0] == [str(world.units["community"].pk), "柳树社区"]


def test_ambiguous_unit_offers_those_that_fit(world):
    batch = start(world, (1, "树社区", "修路", "1处", "", ""))
    cell = rows_of(batch)[0].cells["unit"]
    assert (cell["state"], cell["why"]) == ("rejected", "several_units")
    assert sorted(word for _key, word in cell["choices"]) == ["柳树社区", "槐树社区"]


def test_one_correction_serves_all_worded_alike(batch, world):
    row = rows_of(batch)[1]
    changed = imports.correct_cell(row, by=world.people["north"], field="due", value="2026-12-31")
    assert changed == 2
    assert [row.rejected for row in rows_of(batch)] == [0, 0, 0]
    assert rows_of(batch)[2].cells["due"]["value"]["on"] == "2026-12-31"


def test_one_correction_serves_all_tables_of_a_file(world):
    offers = ("序号", "提出单位", "资源名称", "数量", "完成时限", "联系电话")
    below = ((), ("资源清单",), offers, (1, "柳树社区", "会议室", "1间", "尽快", ""))
    batch = start(world, (1, "柳树社区", "修路", "1处", "尽快", ""), *below)
    row, north = rows_of(batch)[0], world.people["north"]
    changed = imports.correct_cell(row, by=north, field="due", value="不限期")
    assert (batch.tables.count(), changed, states(batch, "due")) == (2, 2, [("fixed", "")] * 2)


def test_correction_of_one_cell_leaves_the_others(batch, world):
    row = rows_of(batch)[1]
    imports.correct_cell(row, by=world.people["north"], field="due", value="不限期", same=False)
    assert [state for state, _ in states(batch, "due")] == ["read", "fixed", "rejected"]


def test_correction_that_cannot_be_read_changes_nothing(batch, world):
    row = rows_of(batch)[1]
    with pytest.raises(imports.Unreadable):
        imports.correct_cell(row, by=world.people["north"], field="due", value="改天")
    assert states(batch, "due")[1][0] == "rejected"


def test_typed_personal_details_are_cut(batch, world):
    row = rows_of(batch)[0]
    value = "加装扶手，电话13812345678"
    imports.correct_cell(row, by=world.people["north"], field="title", value=value)
    assert "13812345678" not in str(rows_of(batch)[0].cells)


def test_corrections_survive_another_reading(batch, world):
    by = world.people["north"]
    imports.correct_cell(rows_of(batch)[1], by=by, field="due", value="2026-12-31")
    imports.map_column(batch.tables.get(), by=by, index=3, field="")
    assert [state for state, _ in states(batch, "due")] == ["read", "fixed", "fixed"]
    assert ["quantity" in row.cells for row in rows_of(batch)] == [False, False, False]


def test_column_gives_its_field_to_another(batch, world):
    imports.map_column(batch.tables.get(), by=world.people["north"], index=3, field="title")
    columns = {column["index"]: column["field"] for column in batch.tables.get().columns}
    assert (columns[2], columns[3]) == (None, "title")


def test_ambiguous_list_must_be_named_first(world):
    head = ("序号", "单位", "内容")
    file = sheet(head, (1, "柳树社区", "义诊"), title="资源清单")
    by = world.people["north"]
    batch = imports.start_import(world.alliance, by=by, file=file)
    with pytest.raises(ValidationError):
        imports.take_in(batch, by=by)
    imports.name_kind(batch.tables.get(), by=by, kind="resource")
    imports.take_in(batch, by=by)
    assert list(Item.objects.values_list("kind", "title")) == [("resource", "义诊")]


def test_total_row_can_be_taken_after_all(world):
    batch = start(world, *ROWS, ("合计", "柳树社区", "合计三项", "", "", ""))
    table = batch.tables.get()
    total = next(one["row"] for one in table.left_out if one["why"] == "total")
    imports.take_left_out(table, by=world.people["north"], row=total)
    assert [row.row for row in rows_of(batch)] == [3, 4, 5, total]


def test_take_in_refuses_while_a_cell_is_rejected(batch, world):
    with pytest.raises(ValidationError):
        imports.take_in(batch, by=world.people["north"])
    assert Item.objects.count() == 0


def test_taken_items_hold_what_the_sheet_said(batch, world):
    taken(world, batch)
    first = Item.objects.get(source_row=3)
    assert (first.title, first.state, first.kind) == ("楼道加装扶手", "submitted", "need")
    assert (first.amount, first.measure, first.quantity_text) == (Decimal(3), "处", "3处")
    assert (first.organisation, first.batch, str(first.due_on)) == (
        world.units["community"],
        batch,
        "2027-03-31",
    )


def test_take_in_twice_changes_nothing(batch, world):
    taken(world, batch)
    assert imports.take_in(batch, by=world.people["north"]) == 3
    assert (Item.objects.count(), Event.objects.filter(verb="imported").count()) == (3, 1)
    assert Link.objects.filter(cause=batch.pk).count() == 3


def test_skipped_rows_stay_out(batch, world):
    imports.skip_row(rows_of(batch)[0], by=world.people["north"], skipped=True)
    taken(world, batch)
    assert list(Item.objects.order_by("source_row").values_list("source_row", flat=True)) == [4, 5]


def test_crash_leaves_nothing_visible_and_is_cleaned(batch, world, monkeypatch):
    ready(world, batch)
    with monkeypatch.context() as patch:
        patch.setattr(taking, "_show", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imports.take_in(batch, by=world.people["north"])
    assert set(Item.objects.values_list("state", flat=True)) == {"staged"}
    assert not Item.objects.visible_to(world.people["north"]).exists()
    assert imports.take_in(batch, by=world.people["north"]) == 3
    assert list(Item.objects.values_list("state", flat=True)) == ["submitted"] * 3


def test_take_in_waits_for_one_that_runs_but_not_for_a_dead_one(batch, world):
    ready(world, batch)
    ImportBatch.objects.filter(pk=batch.pk).update(taken_at=timezone.now())
    with pytest.raises(ValidationError):
        imports.take_in(batch, by=world.people["north"])
    ImportBatch.objects.filter(pk=batch.pk).update(taken_at=timezone.now() - timedelta(minutes=3))
    assert imports.take_in(batch, by=world.people["north"]) == 3


def test_undo_leaves_no_row(batch, world):
    taken(world, batch)
    found = imports.undo_import(batch, by=world.people["north"])
    assert (found.kept, Item.objects.count(), batch.state) == ({}, 0, "undone")
    imports.undo_import(batch, by=world.people["north"])
    assert Event.objects.filter(verb="import_undone").count() == 1


def test_undo_keeps_what_something_depends_on(batch, world):
    taken(world, batch)
    claimed, published, _free = Item.objects.order_by("source_row")
    Claim.objects.create(
        need=claimed, organisation=world.units["clinic"], amount=1, origin="provider"
    )
    Item.objects.filter(pk=published.pk).update(state="published", published_at=timezone.now())
    found = imports.undo_import(batch, by=world.people["north"])
    assert found.kept == {claimed.pk: {"claim"}, published.pk: {"published"}}
    assert set(Item.objects.values_list("pk", flat=True)) == {claimed.pk, published.pk}


def test_undo_ends_after_thirty_days(batch, world):
    taken(world, batch)
    ImportBatch.objects.update(taken_at=timezone.now() - timedelta(days=31))
    with pytest.raises(PermissionDenied):
        imports.undo_import(batch, by=world.people["north"])


def test_like_row_is_shown_and_merged_only_when_said(world):
    listed = world.need(title="楼道加装扶手", number="XQ-1", state="published")
    batch = start(world)
    row = rows_of(batch)[0]
    assert (row.like["item"], row.like["decision"], row.guessed) == (str(listed.pk), "", 1)
    imports.decide_likeness(row, by=world.people["north"], decision="merge")
    taken(world, batch)
    merged = Item.objects.get(batch=batch, source_row=3)
    assert (merged.state, merged.merged_into) == ("merged", listed)


def test_like_row_stands_alone_unless_merged(world):
    world.need(title="楼道加装扶手", number="XQ-1", state="published")
    taken(world, start(world))
    assert list(Item.objects.exclude(number="XQ-1").values_list("state", flat=True)) == (
        ["submitted"] * 3
    )


def test_like_words_of_another_community_are_not_alike(world):
    world.need(unit="neighbour", title="楼道加装扶手", number="XQ-1")
    assert rows_of(start(world))[0].like == {}


def test_liaison_imports_only_for_the_own_unit(world):
    people, units = world.people, world.units
    for unit in (None, units["neighbour"]):
        with pytest.raises(PermissionDenied):
            imports.start_import(
                world.alliance, by=people["community"], text="1、修路", organisation=unit
            )
    batch = start(world, by="community", organisation="community")
    assert [state for state, _ in states(batch, "unit")] == ["read", "guessed", "rejected"]


def test_stranger_may_not_import(world, stranger):
    with pytest.raises(PermissionDenied):
        imports.start_import(world.alliance, by=stranger, text="1、修路")


def test_unreadable_file_keeps_only_its_problems(world):
    file = SimpleUploadedFile("需求.xlsx", b"PK\x03\x04 not a sheet")
    batch = imports.start_import(world.alliance, by=world.people["north"], file=file)
    assert (batch.state, batch.grids, len(batch.problems)) == ("discarded", [], 1)


def test_discarded_import_keeps_no_cells(batch, world):
    imports.discard_import(batch, by=world.people["north"])
    batch.refresh_from_db()
    assert (batch.state, batch.grids, rows_of(batch)) == ("discarded", [], [])


def test_personal_details_in_a_file_name_are_not_kept(world):
    file = SimpleUploadedFile("张三13812345678.xlsx", b"PK broken")
    batch = imports.start_import(world.alliance, by=world.people["north"], file=file)
    assert "13812345678" not in batch.name + str(batch.problems) + str(batch.grids)
