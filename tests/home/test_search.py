"""Everything is found, by those who may see it, in either script."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from mulin.alliance.models import Group, Place
from mulin.home.finding import search
from mulin.lists.actions.finding import put_in_search
from mulin.lists.models import CollectionRound
from mulin.projects.search import put_in_search as put_projects
from tests.factories.things import SOON, make_item, make_project

PAGE = reverse("home:search")


@pytest.fixture
def filled(cast):
    """One thing of each kind with 路灯 in its name."""
    items = [
        make_item(cast, title="更换路灯"),
        make_item(cast, kind="resource", title="路灯检修"),
        make_item(cast, title="扶手", detail="路灯下的楼梯"),
        make_item(cast, title="路灯草稿", state="submitted", published_at=None),
    ]
    put_in_search(*items)
    project = make_project(cast)
    project.title = "路灯立项"
    project.save()
    put_projects([project])
    cast.member.name = "路灯社区"
    cast.member.save()
    Group.objects.create(alliance=cast.alliance, name="路灯小组")
    Place.objects.create(alliance=cast.alliance, name="路灯广场")
    CollectionRound.objects.create(
        alliance=cast.alliance, title="路灯征集", closes_on=SOON, group_token="t"
    )
    return cast


def names(person, words: str, alliance) -> dict[str, list[str]]:
    with override("en"):
        found = search(words, alliance=alliance, reader=person)
    return {
        kind.title: ["".join(part for part, _hit in hit.name) for hit in kind.hits]
        for kind in found
    }


EVERYTHING = {
    "Needs": ["路灯草稿", "更换路灯", "扶手"],
    "Resources": ["路灯检修"],
    "Projects": ["路灯立项"],
    "Organisations": ["路灯社区"],
    "Groups": ["路灯小组"],
    "Places": ["路灯广场"],
    "Collection rounds": ["路灯征集"],
}


@pytest.mark.parametrize("words", ["路灯", "路燈", "  路灯，"])
def test_every_kind_is_found_in_either_script(filled, words):
    assert names(filled.lin, words, filled.alliance) == EVERYTHING


def test_supervisor_doesnt_find_what_is_not_reviewed(filled):
    found = names(filled.sun, "路灯", filled.alliance)
    assert found == EVERYTHING | {"Needs": ["更换路灯", "扶手"]}


def test_words_are_marked_where_they_stand(filled):
    needs = search("路燈", alliance=filled.alliance, reader=filled.lin)[0]
    by_name = {"".join(part for part, _ in hit.name): hit for hit in needs.hits}
    assert by_name["更换路灯"].name == [("更换", False), ("路灯", True)]
    assert by_name["扶手"].words == [("路灯", True), ("下的楼梯", False)]


def test_what_left_the_list_stands_behind_what_is_on_it(cast):
    put_in_search(make_item(cast, title="路灯新"), make_item(cast, title="路灯旧", state="expired"))
    put_in_search(make_item(cast, title="一处路灯"))
    assert names(cast.lin, "路灯", cast.alliance) == {"Needs": ["路灯新", "一处路灯", "路灯旧"]}


@pytest.mark.parametrize("words", ["", "，。", "水管"])
def test_what_is_not_there_is_not_found(filled, words):
    assert search(words, alliance=filled.alliance, reader=filled.lin) == []


def test_strangers_of_the_alliance_find_nothing_of_it(filled, client):
    client.force_login(filled.wang)
    page = client.get(PAGE, {"q": "路灯"})
    assert (page.status_code, page.context["found"]) == (200, [])


def test_who_belongs_to_no_alliance_is_told_so(cast, client):
    cast.wang.posts.all().delete()
    client.force_login(cast.wang)
    page = client.get(PAGE, {"q": "路灯"})
    assert (page.status_code, page.context["alliance"], page.context["found"]) == (200, None, [])


def test_many_hits_are_cut_and_lead_to_the_list(cast, client):
    put_in_search(*(make_item(cast, title=f"路灯{n}") for n in range(22)))
    client.force_login(cast.lin)
    (needs,) = client.get(PAGE, {"q": "路灯"}).context["found"]
    assert (len(needs.hits), needs.more) == (20, True)


def test_query_count_is_flat(filled, client, django_assert_max_num_queries):
    client.force_login(filled.lin)
    client.get(PAGE, {"q": "路灯"})
    with django_assert_max_num_queries(60) as few:
        client.get(PAGE, {"q": "路灯"})
    put_in_search(*(make_item(filled, title=f"路灯{n}") for n in range(9)))
    put_projects([make_project(filled, number=f"L-{n}") for n in range(9)])
    with django_assert_max_num_queries(len(few)) as many:
        client.get(PAGE, {"q": "路灯"})
    assert len(many) == len(few)


def test_field_stands_in_the_header_of_every_page_but_the_search_itself(cast, client):
    client.force_login(cast.lin)
    shown = ['class="finder"' in client.get(url).content.decode() for url in ("/our/", PAGE)]
    assert shown == [True, False]
