"""What a run proposes beside what is promised already, and how much of each item."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mulin.lists.actions import (
    change_claim,
    confirm_claim,
    propose,
    refuse_claim,
    refuse_proposal,
    reopen_claim,
    send_proposal,
)
from mulin.lists.models import Claim, Item, Proposal
from mulin.lists.wording.promises import promise_words
from mulin.matching import child

TITLE = "暑期托管班"


def run(world):
    return propose(world.alliance, by=world.people["north"])


def found(run_):
    """Each proposed offer by its title: the amounts of need and resource, and the supply."""
    return {
        one.resource.title: (one.amount, one.resource_amount, one.supplies)
        for one in run_.proposals.select_related("resource")
    }


def send_all(world, run_):
    return [send_proposal(one, by=world.people["north"]) for one in run_.proposals.order_by("pk")]


@pytest.fixture
def both(world):
    """A need for a room and a teacher for twenty, a room and a teacher; all of them sent."""
    need = world.need(title=TITLE, wants=["labour", "space"], amount=Decimal(20), measure="人")
    world.resource("school", title="教室", wants=["space"], amount=Decimal(3), measure="间")
    world.resource(title="托管老师", wants=["labour"], amount=Decimal(9), measure="次")
    claims = send_all(world, run(world))
    return need, {claim.resource.title: claim for claim in claims}


def test_each_supply_takes_its_share_of_the_need(world, both):
    need, claims = both
    need.refresh_from_db()
    shares = {title: (one.amount, one.supplies) for title, one in claims.items()}
    assert shares == {"教室": (10, ["space"]), "托管老师": (10, ["labour"])}
    assert need.left == 0


def test_share_is_told_as_what_it_serves(world, both):
    _need, claims = both
    words = promise_words(claims["教室"]).replace("\xa0", " ")
    assert words == "20 人（场地）；“教室”1 间（共 3 间）"


def test_share_is_changed_in_what_it_serves(world, both, client):
    _need, claims = both
    client.force_login(world.people["school"])
    url = reverse("lists:change_claim", args=[claims["教室"].pk])
    client.post(url, {"amount": "16", "resource_amount": "1"})
    assert Claim.objects.get(pk=claims["教室"].pk).amount == 8


def test_after_a_refusal_only_the_rest_is_proposed_and_not_by_the_refused(world, both):
    _need, claims = both
    refuse_claim(claims["托管老师"], by=world.people["clinic"], reason="请不到老师")
    second = run(world)
    assert (found(second), [one.cause["tag"] for one in second.unmet.all()]) == ({}, ["labour"])


def test_after_a_refusal_another_offer_takes_only_the_refused_part(world, both):
    need, claims = both
    refuse_claim(claims["托管老师"], by=world.people["clinic"], reason="请不到老师")
    world.resource(
        "neighbour", title="大学生托管老师", wants=["labour"], amount=Decimal(5), measure="次"
    )
    second = run(world)
    assert found(second) == {"大学生托管老师": (10, 1, ["labour"])}
    send_all(world, second)
    need.refresh_from_db()
    assert (need.left, found(run(world))) == (0, {})


def test_part_agreed_to_stays_served_in_a_new_run(world, both):
    _need, claims = both
    room, teacher = claims["教室"], claims["托管老师"]
    confirm_claim(room, by=world.people["school"], side="provider")
    confirm_claim(room, by=world.people["community"], side="asker")
    refuse_claim(teacher, by=world.people["clinic"], reason="请不到老师")
    assert found(run(world)) == {}


def test_reconsidered_offer_counts_as_served_again(world, both):
    _need, claims = both
    refuse_claim(claims["托管老师"], by=world.people["clinic"], reason="请不到老师")
    reopen_claim(claims["托管老师"], by=world.people["clinic"])
    assert run(world).unmet.count() == 0


def test_supply_nobody_offers_stays_open_when_the_other_is_sent(world):
    need = world.need(title=TITLE, wants=["labour", "space"], amount=Decimal(20), measure="人")
    world.resource("school", title="教室", wants=["space"], amount=Decimal(1), measure="间")
    send_all(world, run(world))
    need.refresh_from_db()
    assert (need.taken, [one.cause["tag"] for one in run(world).unmet.all()]) == (10, ["labour"])


def test_rest_of_one_supply_in_parts(world):
    """Twenty sets from two: the one who can't is left out, and only its eight are asked for."""
    need = world.need(title="消防器材", wants=["money"], amount=Decimal(20), measure="套")
    offers = [("clinic", "消防器材甲", 12), ("school", "消防器材乙", 8)]
    for unit, title, amount in offers:
        world.resource(unit, title=title, wants=["money"], amount=Decimal(amount), measure="套")
    claims = {one.resource.title: one for one in send_all(world, run(world))}
    refuse_claim(claims["消防器材乙"], by=world.people["school"], reason="已送完")
    world.resource(
        "neighbour", title="消防器材丙", wants=["money"], amount=Decimal(30), measure="套"
    )
    assert found(run(world)) == {"消防器材丙": (8, 8, [])}
    need.refresh_from_db()
    assert need.left == 8


def test_unlike_measures_carry_an_amount_each(world):
    world.need(title="健康讲座", wants=["labour"], amount=Decimal(80), measure="人")
    world.resource(title="健康讲座", wants=["labour"], amount=Decimal(24), measure="次")
    assert found(run(world)) == {"健康讲座": (80, 1, [])}


def test_room_is_used_by_as_many_seats_as_there_are_people(world):
    world.need(title="居民议事会场地", wants=["space"], amount=Decimal(30), measure="人")
    world.resource("school", title="会议室", wants=["space"], amount=Decimal(80), measure="座")
    assert found(run(world)) == {"会议室": (30, 30, [])}


def test_sum_in_ten_thousands_is_proposed_in_its_own_measure(world):
    world.need(title="充电棚资金", wants=["money"], amount=Decimal(5), measure="万元")
    world.resource(title="公益资金", wants=["money"], amount=Decimal(20000), measure="元")
    assert found(run(world)) == {"公益资金": (2, 20000, [])}


def test_offer_that_says_no_amount_is_lent_three_times(world):
    resource = world.resource(title="法律咨询", wants=["labour"], amount=Decimal(1))
    for number in range(4):
        world.need(title=f"法律咨询第{number}场", wants=["labour"], amount=Decimal(1))
        if number == 1:
            send_all(world, run(world))
    send_all(world, run(world))
    resource.refresh_from_db()
    assert (Claim.objects.count(), resource.left < Decimal("0.05")) == (3, True)
    assert run(world).proposals.count() == 0


def test_sent_proposal_can_be_corrected_by_the_provider(world):
    need = world.need(title="健康讲座", wants=["labour"], amount=Decimal(80), measure="人")
    resource = world.resource(title="健康讲座", wants=["labour"], amount=Decimal(24), measure="次")
    (claim,) = send_all(world, run(world))
    change_claim(claim, by=world.people["clinic"], amount=Decimal(40), resource_amount=Decimal(2))
    need.refresh_from_db(), resource.refresh_from_db()
    assert (need.taken, resource.taken) == (40, 2)


def test_proposal_without_the_resources_amount_is_to_be_worked_out_again(world):
    world.need(title="健康讲座", wants=["labour"], amount=Decimal(80), measure="人")
    world.resource(title="健康讲座", wants=["labour"], amount=Decimal(24), measure="次")
    run(world)
    Proposal.objects.update(resource_amount=0)
    with pytest.raises(ValidationError):
        send_proposal(Proposal.objects.get(), by=world.people["north"])
    assert Item.objects.filter(taken__gt=0).count() == 0


@pytest.fixture
def pair(world):
    """A need and what would answer it."""
    return world.need(title="老人理发"), world.resource(title="老人理发", wants=["labour"])


def run_while(world, happens):
    """Let something happen after the engine has looked and before its plan is written."""

    def ask(question, tell):
        found = child.answer(question, tell)
        happens()
        return found

    return propose(world.alliance, by=world.people["north"], ask=ask)


def test_pair_is_proposed_where_nothing_happens_meanwhile(world, pair):
    assert list(found(run_while(world, lambda: None))) == ["老人理发"]


@pytest.mark.parametrize("change", [{"taken": 1}, {"version": 7}, {"state": "withdrawn"}])
@pytest.mark.parametrize("end", [0, 1])
def test_pair_changed_meanwhile_is_left_out(world, pair, change, end):
    item = Item.objects.filter(pk=pair[end].pk)
    assert found(run_while(world, lambda: item.update(**change))) == {}


def test_pair_refused_meanwhile_is_left_out(world, pair):
    (first,) = run(world).proposals.all()
    by = world.people["north"]
    refused = run_while(world, lambda: refuse_proposal(first, by=by, reason="不合适"))
    assert found(refused) == {}
