"""What waits for whom, and what others hold."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mulin.lists.actions import claim_need, open_round, propose, return_item
from mulin.lists.models import Item
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
    assert (waiting_for(stranger), held_by_others(stranger)) == ([], [])


def test_offer_waits_for_the_asker_and_lies_with_others_for_the_provider(world, claim):
    asker, provider = world.people["community"], world.people["clinic"]
    urls = [answer.url for answer in waiting_for(asker)[0].answers]
    names = ("lists:confirm_claim", "lists:refuse_claim")
    assert urls == [reverse(name, args=[claim.pk]) for name in names]
    assert (waiting_for(provider), len(held_by_others(provider))) == ([], 1)


def test_yes_from_the_desk_needs_no_further_words(world, claim, client):
    client.force_login(world.people["community"])
    answer = waiting_for(world.people["community"])[0].answers[0]
    client.post(answer.url, answer.fields)
    claim.refresh_from_db()
    assert (claim.state, bool(claim.project)) == ("confirmed", True)


def test_round_waits_for_each_asked_unit_and_shows_who_is_missing(world, tomorrow):
    units = [world.units["clinic"], world.units["school"]]
    open_round(
        world.alliance, by=world.people["north"], title="秋季征集", closes_on=tomorrow,
        organisations=units,
    )  # fmt: skip
    waiting = [len(waiting_for(world.people[unit])) for unit in ("clinic", "school", "community")]
    held = held_by_others(world.people["north"])
    assert (waiting, titles(held), held[0].due_on) == ([1, 1, 0], ["秋季征集"], tomorrow)


def test_returned_item_waits_with_its_reason(world):
    item = world.need(state=Item.State.SUBMITTED)
    return_item(item, by=world.people["north"], reason="写清几处")
    assert [one.detail for one in waiting_for(world.people["community"])] == ["写清几处"]


def test_item_about_to_expire_waits_for_one_tap(world):
    soon = timezone.localdate() + datetime.timedelta(days=5)
    item = world.need(expires_on=soon)
    waiting = waiting_for(world.people["community"])
    still_true = reverse("lists:still_true", args=[item.pk])
    assert [(one.due_on, one.answers[0].url) for one in waiting] == [(soon, still_true)]


def test_coordinator_is_asked_to_review_and_to_decide_once(world):
    for number in range(3):
        world.need(title=f"第{number}件", state=Item.State.SUBMITTED)
    world.need(title="请医生量血压")
    world.resource(title="医生量血压")
    propose(world.alliance, by=world.people["north"])
    seals = [(one.seal, len(one.quotes)) for one in waiting_for(world.people["north"])]
    assert sorted(seals) == [("需", 3), ("项", 0)]
