"""The page of a story: who reads it, and its Word file."""

import io

import pytest
from django.urls import reverse
from django.utils.translation import override

from mulin.history.actions import record
from mulin.history.wording import tell
from mulin.home.documents import story_sheet
from mulin.lists.actions import draft_item
from tests.factories.things import make_item


@pytest.fixture
def need(cast):
    item = make_item(cast, title="更换路灯")
    record("published", item, by=cast.lin, audience="public", number="XQ-1")
    record("still_true", item, by=cast.mei, until="2031-03-04")
    return item


def get(client, person, thing, **query):
    client.force_login(person)
    return client.get(reverse("home:story", args=[thing.pk]), query)


def test_story_says_how_long_it_took_and_leads_back(cast, client, need):
    context = get(client, cast.sun, need).context
    shown = {name: context[name] for name in ("title", "thing_url", "days")}
    assert shown == {"title": "更换路灯", "thing_url": f"/lists/items/{need.pk}/", "days": 1}


def test_story_of_another_alliance_is_404(cast, client, need):
    assert get(client, cast.wang, need).status_code == 404


def test_story_of_a_draft_is_for_who_may_see_it(cast, client):
    fields = {"kind": "need", "organisation": cast.member, "title": "草稿"}
    item = draft_item(cast.alliance, by=cast.mei, **fields)
    record("returned", item, by=cast.lin, reason="x")
    seen = {who: get(client, getattr(cast, who), item).status_code for who in ("mei", "lin", "sun")}
    assert seen == {"mei": 200, "lin": 200, "sun": 404}


def test_story_of_an_organisation_is_told_without_a_page_of_its_own(cast, client):
    record("organisation_renamed", cast.member, by=cast.lin, scope=cast.alliance.pk, name="新名")
    page = get(client, cast.mei, cast.member)
    assert (page.status_code, page.context["title"]) == (200, "东街第一社区")


def test_word_file_holds_a_row_an_event(cast, client, need):
    from docx import Document

    answer = get(client, cast.mei, need, format="docx")
    table = Document(io.BytesIO(answer.content)).tables[0]
    rows = [[cell.text for cell in row.cells][1:] for row in table.rows]
    assert answer["Cache-Control"] == "private, no-store"
    assert rows == [
        ["经过", "原话", "谁"],
        ["审定并公布“更换路灯”\n编号 XQ-1", "", "Lin"],
        ["东街第一社区说“更换路灯”仍然有效\n有效至2031年3月4日", "", "Mei"],
    ]


def _lines(cast, thing):
    scopes = [cast.alliance.pk]
    return tell(thing.pk, reader=cast.lin, audiences=["alliance"], scopes=scopes)


def test_sheet_names_the_hour_it_was_taken(cast, need):
    with override("en"):
        sheet = story_sheet("x", _lines(cast, need))
    assert sheet.note.startswith("From mulin, as of ")


def test_query_count_is_flat(cast, client, need, django_assert_max_num_queries):
    get(client, cast.mei, need)
    with django_assert_max_num_queries(40) as few:
        get(client, cast.mei, need)
    for n in range(9):
        record("commented", need, by=cast.lin, text=str(n))
    with django_assert_max_num_queries(len(few)):
        get(client, cast.mei, need)
