"""The story of one thing, read from the request to the acceptance."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override

from mulin.history.queries import broken_seal
from mulin.history.wording import tell
from mulin.lists.actions import (
    claim_need,
    confirm_claim,
    imports,
    merge_items,
    publish_item,
)
from mulin.lists.models import ImportBatch, ImportRow, Item
from mulin.projects import actions as projects

OPEN = ("public", "alliance")
HEAD = "需求内容,提出单位,数量\n"


def lines(world, thing, who: str = "north"):
    with override("en"):
        reader, scopes = world.people[who], [world.alliance.pk]
        return tell(thing.pk, reader=reader, audiences=OPEN, scopes=scopes)


def titles(world, thing, who: str = "north") -> list[str]:
    return [line.title for line in lines(world, thing, who)]


def start(world, rows: str) -> ImportBatch:
    file = SimpleUploadedFile("清单.csv", (HEAD + rows).encode())
    return imports.start_import(world.alliance, by=world.people["north"], file=file)


def take(world, rows: str) -> list[Item]:
    batch = start(world, rows)
    imports.take_in(batch, by=world.people["north"])
    return list(Item.objects.filter(batch=batch).order_by("source_row"))


def agreed(world, need: Item):
    """A project by the clinic for the need, agreed by both."""
    clinic, unit = world.people["clinic"], world.units["clinic"]
    claim = claim_need(need, by=clinic, organisation=unit, amount=need.amount)
    return confirm_claim(claim, by=world.people["community"], side="asker").project


def test_imported_item_names_its_file_row_and_who_took_it_in(world):
    _first, second = take(world, "六号楼路灯,柳树社区,3处\n三号楼扶手,槐树社区,1处\n")
    (line,) = lines(world, second)
    assert (line.title, line.who) == (
        "“三号楼扶手” of 槐树社区 taken in from “清单.csv”, row 3",
        "北街道的人",
    )


def test_corrections_of_the_preview_stand_beside_the_row(world):
    batch = start(world, "六号楼路灯,柳树社区,3处\n三号楼扶手,柳树社区,若干\n")
    row = ImportRow.objects.get(table__batch=batch, row=3)
    imports.correct_cell(row, by=world.people["north"], field="quantity", value="8处")
    imports.take_in(batch, by=world.people["north"])
    items = Item.objects.filter(batch=batch).order_by("source_row")
    assert [line.lines for item in items for line in lines(world, item)] == [
        (),
        (("Corrected before: How much “若干” → “8处”", ""),),
    ]


def test_batch_tells_of_its_items_in_one_line(world):
    item, _other = take(world, "六号楼路灯,柳树社区,3处\n三号楼扶手,槐树社区,1处\n")
    (line,) = lines(world, item.batch)
    assert line.title == "2 items taken in from “清单.csv”"


def test_undone_import_leaves_the_fact_that_it_was_undone(world):
    item, _other = take(world, "六号楼路灯,柳树社区,3处\n三号楼扶手,槐树社区,1处\n")
    imports.undo_import(item.batch, by=world.people["north"])
    assert titles(world, item.batch) == [
        "2 items taken in from “清单.csv”",
        "Taking in “清单.csv” was undone",
    ]


@pytest.fixture
def closed(world):
    """A project of two merged imported requests, objected to once and then accepted."""
    people = world.people
    into, other = take(world, "六号楼路灯,柳树社区,3处\n六号楼灯,槐树社区,3处\n")
    merge_items(into, items=[other], by=people["north"])
    publish_item(into, by=people["north"])
    project = agreed(world, into)
    projects.note_progress(project, by=people["clinic"], text="已去看过")
    later = project.due_on + datetime.timedelta(days=3)
    projects.explain_delay(project, by=people["clinic"], reason="缺货", new_due_on=later)
    asked = projects.report_done(project, by=people["clinic"], words="装好了")
    by_unit = {one.organisation.name: one for one in asked}
    projects.answer_acceptance(
        by_unit["槐树社区"], by=people["neighbour"], answer="objected", words="还闪"
    )
    for one in projects.report_done(project, by=people["clinic"], words="换过了"):
        who = "community" if one.organisation.name == "柳树社区" else "neighbour"
        projects.answer_acceptance(one, by=people[who], answer="accepted")
    return project, into, other


def test_project_is_read_from_the_request_to_the_acceptance(world, closed):
    project, _into, _other = closed
    told = [title.replace("\u00a0", " ") for title in titles(world, project)]
    assert [title for title in told if not title.startswith("Another date")] == [
        "2 requests taken in from “清单.csv”",
        "“六号楼灯” of 槐树社区 merged into “六号楼路灯”",
        "“六号楼路灯” reviewed and published",
        "示例诊所 takes it on",
        "柳树社区 said yes",
        "Project “六号楼路灯” opened, one owner a side",
        "Progress",
        "Reported done; those who asked are asked",
        "槐树社区 says: not done yet; the project goes on",
        "Reported done; those who asked are asked",
        "柳树社区 says: done as asked",
        "槐树社区 says: done as asked",
        "Accepted by those who asked; closed",
    ]


def test_merged_request_reads_on_to_the_project_of_its_head(world, closed):
    project, into, other = closed
    assert titles(world, other) == titles(world, into) == titles(world, project)


def test_story_leads_to_the_pages_of_its_things_but_not_to_its_own(world, closed):
    project, into, other = closed
    urls = {line.url for line in lines(world, project)}
    assert urls == {"", *(f"/lists/items/{one.pk}/" for one in (into, other))}


def test_nothing_of_another_alliance_is_told(world, closed):
    project, reader = closed[0], world.people["north"]
    assert tell(project.pk, reader=reader, audiences=OPEN, scopes=[uuid.uuid4()]) == []


def test_history_of_a_whole_story_stays_sealed(closed):
    assert broken_seal() is None


def test_silence_is_written_down_once(world):
    need = world.need(amount=Decimal(1))
    project = agreed(world, need)
    projects.report_done(project, by=world.people["clinic"], words="好了")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    project.acceptances.update(answer_by=yesterday)
    for _minute in range(2):
        projects.close_due_acceptances()
    assert titles(world, project)[-1] == "The last day to answer has passed; silent: 柳树社区"
    assert titles(world, project).count(titles(world, project)[-1]) == 1
