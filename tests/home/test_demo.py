"""The example: everything through the actions, nothing of real persons."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from mulin.accounts.models import Person
from mulin.alliance.models import Organisation
from mulin.home.demo.founding import FIXTURES
from mulin.lists.models import ImportBatch, Item
from mulin.projects.models import Acceptance, Project

OFFICIALS = ("刘芸", "田志凯", "陶胜旺", "程汉萍", "林琳", "李茹慧", "吴妍", "汪曼晖")
pytestmark = pytest.mark.django_db


def test_demo_takes_every_sheet_in_through_the_importer(example):
    states = ImportBatch.objects.values_list("state", flat=True)
    assert sorted(states) == ["preview", *["taken"] * 7]
    assert not Item.objects.filter(batch=None).exists()


def test_demo_shows_projects_in_every_stage(example):
    assert set(Project.objects.values_list("state", flat=True)) == {
        "running",
        "delivered",
        "closed",
    }
    assert set(Acceptance.objects.values_list("answer", flat=True)) == {"", "accepted", "objected"}
    assert {project.look_state for project in Project.objects.all()} >= {"late"}


def test_demo_marks_invented_units_and_names_no_official(example):
    invented = Organisation.objects.filter(is_example=True).values_list("name", flat=True)
    assert all(name.startswith("示例") for name in invented)
    assert not Person.objects.filter(name__in=OFFICIALS).exists()
    text = (FIXTURES / "facts.json").read_text(encoding="utf-8")
    assert [name for name in OFFICIALS if name in text] == []


def test_demo_again_changes_nothing_and_prints_the_accounts(example):
    before, out = Project.objects.count(), StringIO()
    call_command("demo", stdout=out)
    accounts = json.loads((FIXTURES / "facts.json").read_text(encoding="utf-8"))["accounts"]
    assert Project.objects.count() == before
    assert all(row["username"] in out.getvalue() for row in accounts)
