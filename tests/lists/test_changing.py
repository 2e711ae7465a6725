"""Correcting an offer, taking answers back, and undoing a no."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mulin.history.models import Event
from mulin.lists.actions import (
    NothingLeft,
    answer_again,
    ask_for_resource,
    change_claim,
    claim_need,
    confirm_claim,
    join_claim,
    refuse_claim,
    reopen_claim,
    take_yes_back,
    withdraw_claim,
)
from mulin.lists.models import Claim, Item
from mulin.projects.actions import note_progress


def claimed(world, need, amount=12, unit="clinic", **more):
    by, organisation = world.people[unit], world.units[unit]
    return claim_need(need, by=by, organisation=organisation, amount=Decimal(amount), **more)


def change(world, claim, amount, **more):
    return change_claim(claim, by=world.people["clinic"], amount=Decimal(amount), **more)


@pytest.fixture
def offer(world):
    return claimed(world, world.need(measure="处"), note="出工")


def taken(claim):
    return Item.objects.get(pk=claim.need_id).taken


@pytest.mark.parametrize("amount", [5, 12])
def test_changed_amount_moves_what_is_taken(world, amount):
    claim = claimed(world, world.need(), 8)
    changed = change(world, claim, amount)
    assert (taken(claim), changed.amount) == (amount, amount)


def test_change_beyond_what_is_left_changes_nothing(world):
    need = world.need()
    claim = claimed(world, need, 8)
    claimed(world, need, 3, unit="school")
    with pytest.raises(NothingLeft):
        change(world, claim, 10)
    assert (taken(claim), Claim.objects.get(pk=claim.pk).amount) == (11, 8)


def test_change_moves_the_resource_too(world):
    resource = world.resource(measure="间", amount=4)
    claim = claimed(world, world.need(), 12, resource=resource, resource_amount=Decimal(3))
    change(world, claim, 12, resource_amount=Decimal(1))
    resource.refresh_from_db()
    assert resource.taken == 1


def test_change_asks_again_who_had_said_yes(world):
    claim = claimed(world, world.need(), partners=[world.units["school"]])
    confirm_claim(claim, by=world.people["community"], side="asker")
    changed = change(world, claim, 5, partners=[world.units["school"]])
    assert [side for side, _unit in changed.missing] == ["asker", "partner"]
    assert Event.objects.order_by("pk").last().verb == "claim_changed"


def test_change_names_and_drops_partners(world):
    claim = claimed(world, world.need(), partners=[world.units["school"]])
    changed = change(world, claim, 12, partners=[world.units["neighbour"]])
    assert [one.organisation for one in changed.partners.all()] == [world.units["neighbour"]]


def test_who_asked_cannot_change_the_offer(world, offer):
    with pytest.raises(PermissionDenied):
        change_claim(offer, by=world.people["community"], amount=Decimal(1))


def test_agreed_offer_is_not_changed(world, offer):
    confirm_claim(offer, by=world.people["community"], side="asker")
    with pytest.raises(PermissionDenied):
        change(world, offer, 3)


def test_provider_answers_a_wish_with_less(world):
    resource = world.resource(measure="次", amount=4)
    claim = ask_for_resource(
        resource, by=world.people["community"], organisation=world.units["community"],
        amount=Decimal(3),
    )  # fmt: skip
    changed = change(world, claim, 2)
    resource.refresh_from_db()
    assert (resource.taken, [side for side, _unit in changed.missing]) == (2, ["asker"])


def test_changing_on_the_page_says_that_all_are_asked_again(world, offer, client):
    client.force_login(world.people["clinic"])
    page = client.get(reverse("lists:item", args=[offer.need_id]))
    form = page.context["offers"][0].change
    answer = {"amount": "7", "note": form.initial["note"]}
    client.post(reverse("lists:change_claim", args=[offer.pk]), answer)
    offer.refresh_from_db()
    assert (form.initial["amount"], offer.amount, offer.note) == ("12", 7, "出工")


def test_page_refuses_to_change_beyond_what_is_left(world, offer, client):
    client.force_login(world.people["clinic"])
    url = reverse("lists:change_claim", args=[offer.pk])
    page = client.post(url, {"amount": "13"}, follow=True)
    offer.refresh_from_db()
    assert (offer.amount, [one.level_tag for one in page.context["messages"]]) == (12, ["error"])


def test_yes_is_taken_back_while_others_are_awaited(world):
    claim = claimed(world, world.need(), partners=[world.units["school"]])
    confirm_claim(claim, by=world.people["community"], side="asker")
    back = take_yes_back(claim, by=world.people["community"], side="asker")
    assert [side for side, _unit in back.missing] == ["asker", "partner"]


def test_last_yes_is_taken_back_while_nothing_was_done(world, offer):
    project = confirm_claim(offer, by=world.people["community"], side="asker").project
    back = take_yes_back(offer, by=world.people["community"], side="asker")
    project.refresh_from_db()
    assert (back.state, back.project, project.state) == ("offered", None, "dropped")
    again = confirm_claim(offer, by=world.people["community"], side="asker")
    assert again.project.state == "running"


def test_last_yes_of_a_partner_is_taken_back(world):
    claim = claimed(world, world.need(), partners=[world.units["school"]])
    confirm_claim(claim, by=world.people["community"], side="asker")
    partner = join_claim(claim.partners.get(), by=world.people["school"])
    claim = answer_again(partner, by=world.people["school"]).claim
    assert (claim.state, [side for side, _unit in claim.missing]) == ("offered", ["partner"])


def test_last_yes_stays_once_somebody_has_begun(world, offer):
    project = confirm_claim(offer, by=world.people["community"], side="asker").project
    note_progress(project, by=world.people["clinic"], text="看过现场")
    with pytest.raises(PermissionDenied):
        take_yes_back(offer, by=world.people["community"], side="asker")


def test_last_yes_stays_after_a_day(world, offer):
    project = confirm_claim(offer, by=world.people["community"], side="asker").project
    project.opened_at -= datetime.timedelta(hours=25)
    project.save()
    with pytest.raises(PermissionDenied):
        take_yes_back(offer, by=world.people["community"], side="asker")


def test_page_undoes_the_last_yes(world, offer, client):
    client.force_login(world.people["community"])
    url = reverse("lists:confirm_claim", args=[offer.pk])
    (message,) = client.post(url, {"side": "asker"}, follow=True).context["messages"]
    client.post(message.extra_tags.removeprefix("undo="))
    offer.refresh_from_db()
    assert (offer.state, offer.asker_said_yes_at) == (Claim.State.OFFERED, None)


def test_who_made_the_offer_takes_back_the_whole_instead(world, offer):
    with pytest.raises(PermissionDenied):
        take_yes_back(offer, by=world.people["clinic"], side="provider")


def test_refusal_is_undone_by_who_refused(world, offer):
    refuse_claim(offer, by=world.people["community"], reason="型号不对")
    again = reopen_claim(offer, by=world.people["community"])
    assert (again.state, again.reason, again.refused_by) == (Claim.State.OFFERED, "", None)
    assert (taken(again), [side for side, _unit in again.missing]) == (12, ["asker"])


def test_withdrawal_is_undone_by_who_withdrew(world, offer):
    withdraw_claim(offer, by=world.people["clinic"])
    again = reopen_claim(offer, by=world.people["clinic"])
    assert (again.state, taken(again)) == (Claim.State.OFFERED, 12)


@pytest.mark.parametrize("end", [refuse_claim, withdraw_claim])
def test_other_side_cannot_undo_it(world, offer, end):
    reason = {"reason": "没有"} if end is refuse_claim else {}
    end(offer, by=world.people["clinic"], **reason)
    with pytest.raises(PermissionDenied):
        reopen_claim(offer, by=world.people["community"])


def test_undone_refusal_cannot_take_what_others_have(world, offer):
    refuse_claim(offer, by=world.people["community"], reason="型号不对")
    claimed(world, offer.need, 1, unit="school")
    with pytest.raises(NothingLeft):
        reopen_claim(offer, by=world.people["community"])
    assert Claim.objects.get(pk=offer.pk).state == Claim.State.REFUSED


def test_page_offers_to_undo_a_refusal_and_does(world, offer, client):
    client.force_login(world.people["community"])
    url = reverse("lists:refuse_claim", args=[offer.pk])
    page = client.post(url, {"reason": "型号不对"}, follow=True)
    (message,) = page.context["messages"]
    client.post(message.extra_tags.removeprefix("undo="))
    offer.refresh_from_db()
    assert (page.context["ended"][0][1], offer.state) == (True, Claim.State.OFFERED)


def test_yes_with_the_version_seen_earlier_is_not_taken(world, offer):
    change(world, offer, 5)
    with pytest.raises(ValidationError):
        confirm_claim(offer, by=world.people["community"], side="asker", seen=1)
