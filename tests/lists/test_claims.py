"""Claims: amounts, both sides' yes and no, and the project that comes of it."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from mulin.lists.actions import (
    NothingLeft,
    ask_for_resource,
    claim_need,
    confirm_claim,
    join_claim,
    refuse_claim,
    withdraw_claim,
)
from mulin.lists.forms.claims import ClaimForm
from mulin.lists.models import Claim, Item
from mulin.lists.queries.stages import Stage, staged
from mulin.notifications.models import Message


def claimed(world, need, amount=12, unit="clinic", **more):
    by, organisation = world.people[unit], world.units[unit]
    return claim_need(need, by=by, organisation=organisation, amount=Decimal(amount), **more)


def stage_of(item: Item) -> Stage:
    return Stage(staged(Item.objects.all()).get(pk=item.pk).stage)


def test_claim_takes_from_need_and_resource_and_tells_the_asker(world):
    need, resource = world.need(measure="处"), world.resource(measure="处", amount=20)
    claimed(world, need, 5, resource=resource)
    need.refresh_from_db(), resource.refresh_from_db()
    told = list(Message.objects.values_list("person__username", flat=True))
    assert (need.taken, resource.taken, told) == (5, 5, ["community"])


def test_resource_counted_otherwise_is_never_taken_unasked(world):
    need, resource = world.need(measure="人", amount=80), world.resource(measure="间", amount=2)
    with pytest.raises(ValidationError):
        claimed(world, need, 80, resource=resource)
    claimed(world, need, 80, resource=resource, resource_amount=Decimal(2))
    resource.refresh_from_db()
    assert (resource.taken, Claim.objects.get().resource_amount) == (2, 2)


def test_more_of_a_resource_than_there_is_takes_nothing(world):
    need, resource = world.need(measure="人", amount=80), world.resource(measure="间", amount=2)
    with pytest.raises(NothingLeft) as caught:
        claimed(world, need, 80, resource=resource, resource_amount=Decimal(3))
    need.refresh_from_db()
    assert (need.taken, Claim.objects.count()) == (0, 0)
    assert "2\xa0间" in caught.value.messages[0]


def claim_form(world, need, **posted):
    words = {"organisation": world.units["clinic"].pk, "amount": "12", **posted}
    return ClaimForm(words, person=world.people["clinic"], need=need)


def test_form_asks_how_much_where_measures_differ(world):
    resource = world.resource(measure="间", amount=2)
    form = claim_form(world, world.need(measure="人"), resource=resource.pk)
    assert (form.is_valid(), list(form.errors)) == (False, ["resource_amount"])


def test_form_presets_the_amount_where_measures_agree(world):
    resource = world.resource(measure="处", amount=20)
    form = claim_form(world, world.need(measure="处"), resource=resource.pk)
    assert (form.is_valid(), form.cleaned_data["resource_amount"]) == (True, 12)


def test_form_says_what_is_left_before_anything_is_taken(world):
    resource = world.resource(measure="间", amount=2)
    posted = {"resource": resource.pk, "resource_amount": "3", "amount": "13"}
    form = claim_form(world, world.need(measure="人"), **posted)
    assert sorted(form.errors) == ["amount", "resource_amount"]


def test_used_up_resource_is_not_offered_in_the_form(world):
    world.resource(measure="间", amount=2, taken=2)
    form = claim_form(world, world.need(measure="人"))
    assert {"resource", "resource_amount"} & set(form.fields) == set()


def test_date_of_the_first_yes_holds_for_the_project(world):
    claim = claimed(world, world.need(), partners=[world.units["school"]])
    due_on = timezone.localdate() + datetime.timedelta(days=9)
    confirm_claim(claim, by=world.people["community"], side="asker", due_on=due_on)
    joined = join_claim(claim.partners.get(), by=world.people["school"])
    assert joined.claim.project.due_on == due_on


def test_claim_beyond_what_is_left_takes_nothing(world):
    need, resource = world.need(measure="处"), world.resource(measure="处", amount=3)
    with pytest.raises(NothingLeft):
        claimed(world, need, 5, resource=resource)
    need.refresh_from_db()
    assert (need.taken, Claim.objects.count()) == (0, 0)


def test_tenths_add_up_exactly(world):
    need = world.need(amount=Decimal("0.3"))
    for tenth in ("0.1", "0.2"):
        claimed(world, need, tenth)
    need.refresh_from_db()
    assert need.left == 0


def test_own_need_cannot_be_claimed(world):
    with pytest.raises(PermissionDenied):
        claimed(world, world.need(), 1, unit="community")


def test_refusal_gives_the_units_back_and_keeps_the_reason(world):
    need = world.need()
    claim = claimed(world, need)
    refused = refuse_claim(claim, by=world.people["community"], reason="型号不对")
    need.refresh_from_db()
    assert (need.taken, refused.state, refused.reason) == (0, Claim.State.REFUSED, "型号不对")
    assert refused.refused_by == world.units["community"]


def test_withdrawal_gives_the_units_back(world):
    need = world.need()
    withdraw_claim(claimed(world, need), by=world.people["clinic"])
    need.refresh_from_db()
    assert (need.taken, stage_of(need)) == (0, Stage.OPEN)


def test_provider_cannot_say_the_askers_yes(world):
    claim = claimed(world, world.need())
    with pytest.raises(PermissionDenied):
        confirm_claim(claim, by=world.people["clinic"], side="asker")


def test_both_yes_open_a_project_with_an_owner_per_side(world):
    need = world.need()
    world.need("neighbour", state=Item.State.MERGED, merged_into=need)
    due_on = timezone.localdate() + datetime.timedelta(days=9)
    claim = confirm_claim(
        claimed(world, need), by=world.people["community"], side="asker", due_on=due_on
    )
    owners = {(o.side.organisation.name, o.organisation.name) for o in claim.project.owners.all()}
    askers = {asker.organisation.name for asker in claim.project.askers.all()}
    assert owners == {("南街道", "示例诊所"), ("北街道", "北街道")}
    assert (askers, claim.project.due_on) == ({"柳树社区", "槐树社区"}, due_on)


def test_stage_follows_the_claims(world):
    need = world.need()
    stages = [stage_of(need)]
    claim = claimed(world, need)
    stages.append(stage_of(need))
    confirm_claim(claim, by=world.people["community"], side="asker")
    stages.append(stage_of(need))
    assert stages == [Stage.OPEN, Stage.CLAIMED, Stage.IN_PROJECT]


def test_asking_for_a_resource_makes_a_numbered_need(world):
    resource = world.resource(title="会议室", measure="次", amount=4)
    claim = ask_for_resource(
        resource, by=world.people["community"], organisation=world.units["community"],
        amount=Decimal(1), title="议事会",
    )  # fmt: skip
    resource.refresh_from_db()
    year = timezone.localdate().year
    assert (claim.need.number, claim.need.title) == (f"XQ-{year}-001", "议事会")
    assert (resource.taken, bool(claim.asker_said_yes_at)) == (1, True)


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_amount_must_be_above_zero(world, amount):
    with pytest.raises(ValidationError):
        claimed(world, world.need(), amount)


@pytest.mark.django_db(transaction=True)
def test_two_racers_cannot_take_the_last_unit(world):
    need, outcomes, start = world.need(amount=1), [], threading.Barrier(2)

    def race(unit: str) -> None:
        start.wait()
        try:
            claimed(world, need, 1, unit=unit)
            outcomes.append("taken")
        except (NothingLeft, PermissionDenied):
            outcomes.append("late")
        finally:
            connection.close()

    racers = [threading.Thread(target=race, args=[unit]) for unit in ("clinic", "school")]
    [racer.start() for racer in racers]
    [racer.join() for racer in racers]
    need.refresh_from_db()
    assert (sorted(outcomes), need.taken) == (["late", "taken"], 1)
