"""Sheets left between reading and taking in wait on the desk of who brought them."""

from django.urls import reverse

from mulin.alliance.queries import Standing
from mulin.lists.actions import imports
from mulin.lists.waiting import waiting_for
from tests.lists.test_imports import start


def test_read_sheet_waits_for_who_brought_it(world):
    page = reverse("lists:import_preview", args=[start(world).pk])
    urls = {unit: [one.url for one in waiting_for(Standing(world.people[unit]))]
            for unit in ("north", "south")}  # fmt: skip
    assert urls == {"north": [page], "south": []}


def test_discarded_sheet_waits_no_longer(world):
    imports.discard_import(start(world), by=world.people["north"])
    assert waiting_for(Standing(world.people["north"])) == []
