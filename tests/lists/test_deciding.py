"""Deciding on proposals: other amounts before sending, refusals kept until something changed."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mulin.history.models import Event
from mulin.lists.actions import (
    change_proposal,
    propose,
    refuse_claim,
    refuse_proposal,
    reopen_proposal,
    send_proposal,
    send_together,
)
from mulin.lists.models import Claim, Item, Proposal


def run(world):
    return propose(world.alliance, by=world.people["north"])


@pytest.fixture
def talk(world) -> Proposal:
    """A talk for eighty people, who would get one of 24."""
    world.need(title="健康讲座", wants=["labour"], amount=Decimal(80), measure="人")
    world.resource(title="健康讲座", wants=["labour"], amount=Decimal(24), measure="次")
    return run(world).proposals.get()


def change(world, proposal, amount, used, by="north") -> Proposal:
    return change_proposal(
        proposal,
        by=world.people[by],
        amount=Decimal(amount),
        resource_amount=Decimal(used),
    )


def test_changed_amounts_are_what_is_sent(world, talk):
    change(world, talk, 40, 2)
    send_proposal(talk, by=world.people["north"])
    claim = Claim.objects.get()
    assert (claim.amount, claim.resource_amount) == (40, 2)


def test_change_stands_in_the_history(world, talk):
    change(world, talk, 40, 2)
    told = Event.objects.get(verb="proposal_changed").words.details
    assert (told["was"], told["now"]) == ("80 人 / 1 次", "40 人 / 2 次")


@pytest.mark.parametrize(("amount", "used"), [(81, 1), (80, 25), (0, 1), (80, 0)])
def test_amounts_beyond_what_is_left_are_refused(world, talk, amount, used):
    with pytest.raises(ValidationError):
        change(world, talk, amount, used)
    talk.refresh_from_db()
    assert (talk.amount, talk.resource_amount, talk.is_changed) == (80, 1, False)


def test_only_coordinators_change_amounts(world, talk):
    with pytest.raises(PermissionDenied):
        change(world, talk, 40, 2, by="school")


def test_changed_amounts_outlive_another_run(world, talk):
    change(world, talk, 40, 2)
    again = run(world).proposals.get()
    assert (again.pk, again.amount, again.resource_amount) == (talk.pk, 40, 2)


def test_changed_amounts_that_no_longer_fit_are_worked_out_again(world, talk):
    change(world, talk, 80, 24)
    Item.objects.resources().update(taken=20)
    again = run(world).proposals.get()
    assert (again.resource_amount <= 4, again.is_changed) == (True, False)


def test_share_of_a_need_for_two_things_is_changed_in_what_it_serves(world, client):
    need = world.need(
        title="暑期托管班", wants=["labour", "space"], amount=Decimal(20), measure="人"
    )
    world.resource("school", title="教室", wants=["space"], amount=Decimal(3), measure="间")
    proposal = run(world).proposals.get()
    client.force_login(world.people["north"])
    url = reverse("lists:change_proposal", args=[proposal.pk])
    answer = client.post(url, {"amount": "16", "resource_amount": "2"})
    proposal.refresh_from_db()
    assert (proposal.amount, proposal.resource_amount) == (8, 2)
    assert answer["Location"] == f"/lists/proposals/?open={need.pk}#open"


def test_unreadable_amount_is_said_and_changes_nothing(world, talk, client):
    client.force_login(world.people["north"])
    url = reverse("lists:change_proposal", args=[talk.pk])
    page = client.post(url, {"amount": "many", "resource_amount": "1"}, follow=True)
    talk.refresh_from_db()
    assert (talk.is_changed, len(page.context["messages"])) == (False, 1)


def test_open_proposal_says_nothing_of_an_agreement(world, talk):
    codes = {reason["code"] for reason in run(world).proposals.get().reasons}
    assert "agreed" not in codes


@pytest.mark.parametrize("end", ["need", "resource"])
def test_refused_pair_is_proposed_again_once_one_of_them_is_changed(world, talk, end):
    refuse_proposal(talk, by=world.people["north"], reason="人太多")
    refused = run(world).proposals.count()
    Item.objects.filter(kind=end).update(version=2)
    assert (refused, run(world).proposals.count()) == (0, 1)


def test_refused_claim_is_proposed_again_once_the_offer_is_changed(world, talk):
    claim = send_proposal(talk, by=world.people["north"])
    refuse_claim(claim, by=world.people["clinic"], reason="没有老师")
    refused = run(world).proposals.count()
    Item.objects.filter(kind="resource").update(version=2)
    assert (refused, run(world).proposals.count()) == (0, 1)


def test_refusal_taken_back_after_another_run_stands_among_what_is_open(world, talk):
    refuse_proposal(talk, by=world.people["north"], reason="人太多")
    latest = run(world)
    reopen_proposal(talk, by=world.people["north"])
    assert list(latest.proposals.filter(state="open")) == [talk]


@pytest.fixture
def joint(world) -> list[Proposal]:
    """A room and a teacher proposed for one need."""
    world.need(title="暑期托管班", wants=["labour", "space"], amount=Decimal(20), measure="人")
    world.resource("school", title="教室", wants=["space"], amount=Decimal(3), measure="间")
    world.resource(title="托管老师", wants=["labour"], amount=Decimal(9), measure="次")
    return list(run(world).proposals.all())


def test_joint_proposal_is_sent_as_a_whole(world, joint):
    claims = send_together(joint, by=world.people["north"])
    assert sorted(claim.resource.title for claim in claims) == ["托管老师", "教室"]


@pytest.mark.parametrize("gone", ["教室", "托管老师"])
def test_joint_proposal_of_which_one_is_gone_is_not_sent_at_all(world, joint, gone):
    Item.objects.filter(title=gone).update(state="withdrawn")
    with pytest.raises(ValidationError, match=f"^..{gone}"):
        send_together(joint, by=world.people["north"])
    states = set(Proposal.objects.values_list("state", flat=True))
    assert (Claim.objects.count(), states) == (0, {"open"})
