"""What waits for whom, and what others hold."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mulin.alliance.queries import Standing
from mulin.lists.actions import claim_need, open_round, propose, return_item
from mulin.lists.models import Item, Submission
from mulin.lists.waiting import held_by_others, waiting_for


def titles(found) -> list[str]:
    return [str(one.title) for one in found]


@pytest.fixture
def claim(world):
    return claim_need(
        world.need(), by=world.people["clinic"], organisation=world.units["clinic"],
        amount=Decimal(1),
    )  # fmt: skip


def test_nothing_waits_for_a_stranger(world, claim, stranger):
    assert (waiting_for(Standing(stranger)), held_by_others(Standing(stranger))) == ([], [])


def test_offer_waits_for_the_asker_and_lies_with_others_for_the_provider(world, claim):
    asker, provider = world.people["community"], world.people["clinic"]
    urls = [answer.url for answer in waiting_for(Standing(asker))[0].answers]
    names = ("lists:confirm_claim", "lists:refuse_claim")
    assert urls == [reverse(name, args=[claim.pk]) for name in names]
    assert (waiting_for(Standing(provider)), len(held_by_others(Standing(provider)))) == ([], 1)


def test_yes_from_the_desk_needs_no_further_words(world, claim, client):
    client.force_login(world.people["community"])
    answer = waiting_for(Standing(world.people["community"]))[0].answers[0]
    client.post(answer.url, answer.fields)
    claim.refresh_from_db()
    assert (claim.state, bool(claim.project)) == ("confirmed", True)


def collect(world, closes_on) -> None:
    units = [world.units["clinic"], world.units["school"]]
    open_round(
        world.alliance, by=world.people["north"], title="秋季征集", closes_on=closes_on,
        organisations=units,
    )  # fmt: skip


def test_round_waits_for_each_asked_unit_and_is_held_by_them(world, tomorrow):
    later = tomorrow + datetime.timedelta(days=9)
    collect(world, later)
    waiting = [
        len(waiting_for(Standing(world.people[unit]))) for unit in ("clinic", "school", "community")
    ]
    held = held_by_others(Standing(world.people["north"]))
    assert (waiting, titles(held), held[0].due_on) == ([1, 1, 0], ["秋季征集"], later)


def test_round_that_ends_soon_is_the_coordinators_to_remind(world, tomorrow, client):
    collect(world, tomorrow)
    north = Standing(world.people["north"])
    (round_,) = waiting_for(north)
    assert (round_.seal, held_by_others(north)) == ("征", [])
    names = sorted(world.units[unit].name for unit in ("clinic", "school"))
    assert str(round_.detail) == "、".join(names)
    client.force_login(north.person)
    client.post(round_.answers[0].url)
    assert Submission.objects.exclude(reminded_at=None).count() == 2


def test_returned_item_waits_with_its_reason(world):
    item = world.need(state=Item.State.SUBMITTED)
    return_item(item, by=world.people["north"], reason="写清几处")
    assert [one.detail for one in waiting_for(Standing(world.people["community"]))] == ["写清几处"]


def test_item_about_to_expire_waits_for_one_tap(world):
    soon = timezone.localdate() + datetime.timedelta(days=5)
    item = world.need(expires_on=soon)
    waiting = waiting_for(Standing(world.people["community"]))
    still_true = reverse("lists:still_true", args=[item.pk])
    assert [(one.due_on, one.answers[0].url) for one in waiting] == [(soon, still_true)]


def hand_in(world, *titles) -> None:
    for title in titles:
        world.need(title=title, state=Item.State.SUBMITTED)


def test_coordinator_publishes_a_few_items_on_the_desk(world, client):
    hand_in(world, "路灯不亮", "缺一套音响")
    north = Standing(world.people["north"])
    first, second = waiting_for(north)
    client.force_login(north.person)
    client.post(first.answers[0].url)
    client.post(second.answers[1].url, {"reason": "写清几瓦"})
    states = sorted(Item.objects.values_list("state", flat=True))
    assert (states, waiting_for(north)) == (["published", "returned"], [])


def test_coordinator_is_asked_to_review_many_items_and_to_decide_once(world):
    hand_in(world, "路灯不亮", "缺一套音响", "请律师来坐班", "电梯加扶手")
    world.need(title="请医生量血压")
    world.resource(title="医生量血压")
    propose(world.alliance, by=world.people["north"])
    seals = [(one.seal, len(one.quotes)) for one in waiting_for(Standing(world.people["north"]))]
    assert sorted(seals) == [("需", 3), ("项", 0)]


def test_like_requests_are_merged_on_the_desk(world, client):
    hand_in(world, "二号楼楼道加装扶手", "2号楼楼道要装扶手")
    north = Standing(world.people["north"])
    (group,) = waiting_for(north)
    client.force_login(north.person)
    client.post(group.answers[0].url, group.answers[0].fields)
    assert sorted(Item.objects.values_list("state", flat=True)) == ["merged", "submitted"]


def test_requests_kept_apart_on_the_desk_are_reviewed_each(world, client):
    hand_in(world, "二号楼楼道加装扶手", "2号楼楼道要装扶手")
    north = Standing(world.people["north"])
    (group,) = waiting_for(north)
    client.force_login(north.person)
    client.post(group.answers[1].url, group.answers[1].fields)
    assert len(waiting_for(north)) == 2
