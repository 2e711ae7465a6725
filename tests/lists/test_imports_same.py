"""What a liaison says of a row like another: suggested to coordinators, never merged."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mulin.lists.actions import imports
from mulin.lists.models import Item
from tests.lists.test_imports import ROWS, rows_of, start, taken


@pytest.fixture
def listed(world) -> Item:
    return world.need(title="楼道加装扶手", number="XQ-1", state="published")


@pytest.fixture
def row(world, listed):
    return rows_of(start(world, *ROWS[:2], by="community", organisation="community"))[0]


def test_liaison_cannot_merge(world, row):
    with pytest.raises(PermissionDenied):
        imports.decide_likeness(row, by=world.people["community"], decision="merge")


def test_row_said_to_be_the_same_waits_for_review_with_it(world, row, listed):
    imports.decide_likeness(row, by=world.people["community"], decision="same")
    taken(world, row.table.batch)
    item = Item.objects.get(batch=row.table.batch, source_row=3)
    assert (item.state, item.same_as, item.merged_into) == ("submitted", listed, None)


def test_review_offers_to_merge_what_is_said_to_be_the_same(world, row, listed, client):
    imports.decide_likeness(row, by=world.people["community"], decision="same")
    taken(world, row.table.batch)
    client.force_login(world.people["north"])
    page = client.get(reverse("lists:review")).content.decode()
    assert f'name="into" value="{listed.pk}"' in page


def test_preview_lets_a_liaison_say_same_and_a_coordinator_merge(world, row, client):
    offered = []
    for unit in ("community", "north"):
        client.force_login(world.people[unit])
        page = client.get(reverse("lists:import_preview", args=[row.table.batch.pk]))
        words = page.content.decode()
        offered.append([f'name="decision" value="{one}"' in words for one in ("same", "merge")])
    assert offered == [[True, False], [False, True]]
