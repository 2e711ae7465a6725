"""The pages of lists, items and review: who sees what, and what a form does."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from mulin.lists.models import Category, Claim, Item
from mulin.lists.queries.listing import TABS


@pytest.fixture
def as_(world, client):
    def sign_in(unit):
        client.force_login(world.people[unit])
        return client

    return sign_in


def titles(response) -> list[str]:
    return [row.item.title for row in response.context["rows"]]


def test_list_shows_published_items_longest_waiting_first(world, as_):
    today = timezone.localdate()
    world.need(title="新的")
    world.need(title="旧的", asked_on=today - timezone.timedelta(days=30))
    world.need(title="草稿", state=Item.State.DRAFT)
    assert titles(as_("clinic").get(reverse("lists:needs"))) == ["旧的", "新的"]


def test_every_tab_answers(world, as_):
    world.need()
    client = as_("clinic")
    codes = {client.get(reverse("lists:needs"), {"state": tab}).status_code for tab in TABS}
    assert codes == {200}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"wants": "money"}, ["路灯"]),
        ({"q": "路燈"}, ["路灯"]),
        ({"q": "不存在的"}, []),
        ({"community": "nonsense", "category": "x"}, ["扶手", "路灯"]),
    ],
)
def test_filters_narrow_the_list(world, as_, query, found):
    from mulin.lists.actions.finding import put_in_search

    put_in_search(world.need(title="扶手"), world.need(title="路灯", wants=["money"]))
    assert titles(as_("clinic").get(reverse("lists:needs"), query)) == found


def test_category_filter(world, as_):
    category = Category.objects.get()
    world.need(title="甲", category=category)
    world.need(title="乙")
    response = as_("clinic").get(reverse("lists:needs"), {"category": category.pk})
    assert titles(response) == ["甲"]


def test_list_takes_the_same_queries_for_many_rows(world, as_, django_assert_max_num_queries):
    for number in range(15):
        world.need(title=f"第{number}件")
    client = as_("clinic")
    client.get(reverse("lists:needs"))  # counts what waits on the desk, which is then remembered
    with django_assert_max_num_queries(20):
        client.get(reverse("lists:needs"))


def test_strangers_find_nothing(world, client, stranger):
    client.force_login(stranger)
    pages = [reverse("lists:needs"), reverse("lists:item", args=[world.need().pk])]
    assert [client.get(page).status_code for page in pages] == [404, 404]


@pytest.mark.parametrize("state", [Item.State.DRAFT, Item.State.WITHDRAWN])
def test_what_was_never_published_is_not_found_by_other_units(world, as_, state):
    draft = world.need(state=state, published_at=None)
    address = reverse("lists:item", args=[draft.pk])
    codes = [as_(unit).get(address).status_code for unit in ("clinic", "community", "south")]
    assert codes == [404, 200, 200]


def test_new_item_is_saved_while_written_and_handed_in_once(world, as_):
    client, key = as_("community"), uuid.uuid4()
    words = {"title": "路灯", "organisation": world.units["community"].pk, "amount": "7",
             "kind": "need", "draft": str(key)}  # fmt: skip
    saved = client.post(reverse("lists:autosave", args=[key]), {**words, "title": "路"})
    client.post(reverse("lists:new_item"), {**words, "submit": "1"})
    items = list(Item.objects.values_list("pk", "title", "state", "number"))
    assert (saved.status_code, items) == (204, [(key, "路灯", "submitted", "")])


def test_autosave_never_writes_over_a_strangers_item(world, as_):
    theirs = world.need("neighbour", state=Item.State.DRAFT)
    words = {"title": "改了", "organisation": world.units["community"].pk, "amount": "1"}
    answer = as_("community").post(reverse("lists:autosave", args=[theirs.pk]), words)
    theirs.refresh_from_db()
    assert (answer.status_code, theirs.title) == (404, "楼道加装扶手")


def test_telephone_number_is_not_taken(world, as_):
    words = {"title": "找13812345678", "organisation": world.units["community"].pk, "amount": "1"}
    answer = as_("community").post(reverse("lists:new_item"), words)
    assert (list(answer.context["form"].errors), Item.objects.count()) == (["title"], 0)


def test_claim_and_yes_on_the_item_page_open_a_project(world, as_):
    need = world.need()
    page = reverse("lists:item", args=[need.pk])
    words = {"organisation": world.units["clinic"].pk, "amount": "12", "note": "出工"}
    as_("clinic").post(reverse("lists:claim", args=[need.pk]), words)
    claim = Claim.objects.get()
    client = as_("community")
    offered = client.get(page).context["offers"]
    client.post(reverse("lists:confirm_claim", args=[claim.pk]), {"side": "asker"})
    claim.refresh_from_db()
    assert ([one.question.what for one in offered], claim.state) == (["asker"], "confirmed")
    assert client.get(page).context["state"] == "agreed"


def test_refusal_without_a_reason_changes_nothing(world, as_):
    need = world.need()
    words = {"organisation": world.units["clinic"].pk, "amount": "1"}
    as_("clinic").post(reverse("lists:claim", args=[need.pk]), words)
    as_("community").post(reverse("lists:refuse_claim", args=[Claim.objects.get().pk]))
    assert Claim.objects.get().state == "offered"


def test_resource_page_offers_asking(world, as_):
    resource = world.resource()
    response = as_("community").get(reverse("lists:item", args=[resource.pk]))
    assert list(response.context["form"].fields) == ["organisation", "title", "amount"]


def test_supervisor_comments_but_claims_nothing(world, as_):
    need = world.need()
    client = as_("guide")
    client.post(reverse("lists:comment", args=[need.pk]), {"text": "请关注"})
    page = client.get(reverse("lists:item", args=[need.pk]))
    assert (page.context["form"], [c.text for c in need.comments.all()]) == (None, ["请关注"])


def test_review_publishes_with_a_number(world, as_):
    need = world.need(state=Item.State.SUBMITTED)
    client = as_("north")
    shown = list(client.get(reverse("lists:review")).context["items"])
    client.post(reverse("lists:publish", args=[need.pk]))
    need.refresh_from_db()
    year = timezone.localdate().year
    assert (shown, need.state, need.number) == ([need], "published", f"XQ-{year}-001")


def test_review_is_for_coordinators(world, as_):
    assert as_("clinic").get(reverse("lists:review")).status_code == 403


def test_suggested_merge_keeps_the_askers_and_can_be_undone(world, as_):
    first = world.need(title="楼道加装扶手")
    second = world.need(title="希望楼道安装扶手", state=Item.State.SUBMITTED)
    client = as_("north")
    groups = client.get(reverse("lists:review")).context["suggestions"]
    answer = client.post(
        reverse("lists:merge"), {"into": first.pk, "item": [second.pk]}, follow=True
    )
    merged = Item.objects.get(pk=second.pk).merged_into
    undo = next(iter(answer.context["messages"])).extra_tags.removeprefix("undo=")
    client.post(undo)
    assert [[item.pk for item in group.items] for group in groups] == [[first.pk, second.pk]]
    assert (merged, Item.objects.get(pk=second.pk).state) == (first, "submitted")


def test_kept_apart_is_not_suggested_again(world, as_):
    first = world.need(title="楼道加装扶手")
    second = world.need(title="希望楼道安装扶手", state=Item.State.SUBMITTED)
    client = as_("north")
    client.post(reverse("lists:keep_apart"), {"into": first.pk, "item": [second.pk]})
    assert client.get(reverse("lists:review")).context["suggestions"] == []
