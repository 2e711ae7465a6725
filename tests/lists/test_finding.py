"""What is in the search index: every item from its first word on, in bulk for imports."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mulin.lists.actions import draft_item, edit_item, imports, withdraw_item
from mulin.lists.actions.finding import index_all, index_recent, put_in_search
from mulin.lists.models import ImportBatch, Item
from mulin.lists.queries.finding import matching_items
from mulin.search.models import Document
from mulin.search.queries import find


def found(world, words: str, person=None) -> list[str]:
    """Titles the person finds; without a person, all that the index holds."""
    seen = Item.objects.visible_to(person) if person else Item.objects.all()
    keys = find(words, scope=world.alliance.pk, among=seen)
    return [Item.objects.get(pk=key).title for key in keys]


def draft(world, title: str = "楼道感应灯") -> Item:
    person, unit = world.people["community"], world.units["community"]
    return draft_item(world.alliance, by=person, kind="need", organisation=unit, title=title)


def taken_in(world) -> ImportBatch:
    sheet = "需求内容,提出单位\n六号楼路灯,柳树社区\n三号楼扶手,柳树社区\n"
    file = SimpleUploadedFile("清单.csv", sheet.encode())
    north = world.people["north"]
    batch = imports.start_import(world.alliance, by=north, file=file)
    imports.take_in(batch, by=north)
    return batch


def test_draft_is_found_by_its_unit_and_coordinators_only(world):
    draft(world)
    who = ("community", "north", "neighbour", "guide")
    seen = {name: found(world, "感应燈", world.people[name]) for name in who}
    assert seen == {
        "community": ["楼道感应灯"],
        "north": ["楼道感应灯"],
        "neighbour": [],
        "guide": [],
    }


def test_edited_draft_is_found_by_its_new_words(world):
    item = draft(world)
    edit_item(item, by=world.people["community"], title="电梯")
    assert (found(world, "感应灯"), found(world, "电梯")) == ([], ["电梯"])


def test_imported_rows_are_found_at_once_and_gone_after_the_undoing(world):
    batch = taken_in(world)
    before = found(world, "六号楼", world.people["north"])
    imports.undo_import(batch, by=world.people["north"])
    assert (before, found(world, "六号楼"), Document.objects.count()) == (["六号楼路灯"], [], 0)


def test_rest_of_a_large_import_is_found_within_the_minute(world, monkeypatch):
    monkeypatch.setattr("mulin.lists.actions.finding.AT_ONCE", 1)
    taken_in(world)
    counts = [Document.objects.count(), index_recent(), index_recent(), Document.objects.count()]
    assert counts == [1, 1, 0, 2]


def test_every_day_what_is_missing_is_found_and_what_is_gone_forgotten(world):
    world.need(title="老需求", created_at=timezone.now() - datetime.timedelta(days=90))
    put_in_search(gone := world.need(title="没了"))
    gone.delete()
    assert (index_recent(), index_all()) == (0, 1)
    assert [found(world, words) for words in ("老需求", "需求")] == [["老需求"], ["老需求"]]
    assert Document.objects.count() == 1


def test_row_dropped_before_anybody_saw_it_is_not_put_in(world):
    world.need(state="withdrawn", published_at=None)
    assert index_all() == 0


def test_what_left_the_list_is_still_found(world):
    item = world.need(title="旧楼梯")
    put_in_search(item)
    withdraw_item(item, by=world.people["community"])
    assert found(world, "旧楼梯", world.people["clinic"]) == ["旧楼梯"]


def test_others_rows_dont_use_up_what_a_list_shows(world):
    """A list of published items must not lose any to unpublished ones that come first."""
    items = [world.need(title=f"路灯{n}", state="submitted", published_at=None) for n in range(3)]
    put_in_search(*items, world.need(title="修路灯"))
    published = Item.objects.published()
    matching = matching_items(published, "路灯", scope=world.alliance.pk, kind="need")
    seen = find("路灯", scope=world.alliance.pk, among=published, limit=1)
    assert [item.title for item in matching] == ["修路灯"]
    assert len(seen) == 1
