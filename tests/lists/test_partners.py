"""Promises made together: every partner's yes, a partner's no, and going on without it."""

import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse

from mulin.alliance.models import Post
from mulin.alliance.queries import Standing
from mulin.history.models import Event
from mulin.lists.actions import (
    answer_again,
    claim_need,
    confirm_claim,
    decline_part,
    go_on_without,
    join_claim,
    refuse_claim,
)
from mulin.lists.models import Claim
from mulin.lists.waiting import held_by_others, waiting_for
from mulin.projects.models import Project


@pytest.fixture
def joint(world):
    """The clinic, with the school of its own side and the neighbour of the other, for twelve."""
    return claim_need(
        world.need(measure="处"), by=world.people["clinic"], organisation=world.units["clinic"],
        amount=Decimal(12), partners=[world.units["school"], world.units["neighbour"]],
    )  # fmt: skip


def part(claim, world, unit):
    return claim.partners.get(organisation=world.units[unit])


def join(claim, world, unit):
    return join_claim(part(claim, world, unit), by=world.people[unit]).claim


def decline(claim, world, unit, reason="那天没有人手"):
    return decline_part(part(claim, world, unit), by=world.people[unit], reason=reason).claim


def fresh(claim):
    return Claim.objects.get(pk=claim.pk)


def missing(claim):
    return [(side, unit.name) for side, unit in fresh(claim).missing]


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def titles(world, unit):
    return [str(one.title) for one in waiting_for(Standing(world.people[unit]))]


def test_joint_claim_opens_a_project_only_after_every_yes(world, joint):
    projects = []
    for unit in ("neighbour", "school"):
        projects.append(join(joint, world, unit).project)
    claim = confirm_claim(joint, by=world.people["community"], side="asker")
    assert (projects, claim.state) == ([None, None], Claim.State.CONFIRMED)


def test_partner_may_be_the_last_to_say_yes(world, joint):
    confirm_claim(joint, by=world.people["community"], side="asker")
    join(joint, world, "school")
    before = fresh(joint).project
    assert (before, bool(join(joint, world, "neighbour").project)) == (None, True)


def test_partner_of_another_side_owns_it_there(world, joint):
    for unit in ("neighbour", "school"):
        join(joint, world, unit)
    project = confirm_claim(joint, by=world.people["community"], side="asker").project
    owners = {(o.side.organisation.name, o.organisation.name) for o in project.owners.all()}
    assert owners == {("南街道", "示例诊所"), ("北街道", "槐树社区")}
    assert "示例小学" in project.detail


def test_partner_is_asked_on_its_desk_and_answers_on_the_spot(world, joint, client):
    (task,) = waiting_for(Standing(world.people["school"]))
    client.force_login(world.people["school"])
    client.post(task.answers[0].url, task.answers[0].fields)
    assert "12" in task.detail
    assert missing(joint) == [("asker", "柳树社区"), ("partner", "槐树社区")]


def test_coordinator_answers_for_a_partner_nobody_answers_for(world, joint, client):
    Post.objects.filter(person=world.people["school"]).delete()
    (task,) = waiting_for(Standing(world.people["south"]))
    client.force_login(world.people["south"])
    client.post(task.answers[0].url, task.answers[0].fields)
    assert part(joint, world, "school").said_yes_at is not None
    assert waiting_for(Standing(world.people["north"])) == []


def test_partner_says_no_from_its_desk_with_a_reason(world, joint, client):
    no = waiting_for(Standing(world.people["school"]))[0].answers[1]
    client.force_login(world.people["school"])
    client.post(no.url, {"reason": "放假了"})
    assert (no.asks != "", part(joint, world, "school").reason) == (True, "放假了")


def test_no_needs_a_reason(world, joint):
    with pytest.raises(ValidationError):
        decline(joint, world, "school", reason=" ")


def test_stranger_to_the_part_cannot_answer_it(world, joint):
    answers = [join_claim, lambda *args, by: decline_part(*args, by=by, reason="不")]
    for answer in answers:
        with pytest.raises(PermissionDenied):
            answer(part(joint, world, "school"), by=world.people["community"])


def test_after_a_no_only_the_unit_that_offers_is_asked(world, joint):
    decline(joint, world, "school")
    waiting = [len(titles(world, unit)) for unit in ("clinic", "community", "neighbour")]
    (choice,) = waiting_for(Standing(world.people["clinic"]))
    assert (waiting, "那天没有人手" in choice.detail) == ([1, 0, 0], True)
    with pytest.raises(PermissionDenied):
        confirm_claim(joint, by=world.people["community"], side="asker")


def test_others_see_who_has_to_choose(world, joint):
    join(joint, world, "neighbour")
    decline(joint, world, "school")
    (held,) = held_by_others(Standing(world.people["neighbour"]))
    assert "示例诊所" in str(held.detail)


def test_going_on_asks_everybody_else_again(world, joint):
    confirm_claim(joint, by=world.people["community"], side="asker")
    join(joint, world, "neighbour")
    decline(joint, world, "school")
    claim = go_on_without(joint, by=world.people["clinic"])
    assert missing(claim) == [("asker", "柳树社区"), ("partner", "槐树社区")]
    assert (claim.amount, verbs()[-2:]) == (12, ["partner_refused", "went_on_without"])


def test_going_on_with_less_gives_the_rest_back(world):
    need, resource = world.need(measure="处"), world.resource(measure="套", amount=6)
    claim = claim_need(
        need, by=world.people["clinic"], organisation=world.units["clinic"], amount=Decimal(12),
        resource=resource, resource_amount=Decimal(6), partners=[world.units["school"]],
    )  # fmt: skip
    decline(claim, world, "school")
    go_on_without(claim, by=world.people["clinic"], amount=Decimal(8))
    need.refresh_from_db(), resource.refresh_from_db()
    assert (need.taken, resource.taken) == (8, 4)


def test_refusing_after_a_no_gives_everything_back(world, joint, client):
    decline(joint, world, "school")
    (choice,) = waiting_for(Standing(world.people["clinic"]))
    client.force_login(world.people["clinic"])
    client.post(choice.answers[1].url, {"reason": "人不够"})
    claim = fresh(joint)
    assert (claim.state, claim.need.taken) == (Claim.State.REFUSED, 0)


def test_going_on_from_the_desk_is_one_tap(world, joint, client):
    decline(joint, world, "school")
    (choice,) = waiting_for(Standing(world.people["clinic"]))
    client.force_login(world.people["clinic"])
    client.post(choice.answers[0].url, choice.answers[0].fields)
    assert [partner.organisation.name for partner in joint.partners.all()] == ["槐树社区"]


def test_only_the_unit_that_offers_chooses_to_go_on(world, joint):
    decline(joint, world, "school")
    with pytest.raises(PermissionDenied):
        go_on_without(joint, by=world.people["community"])


@pytest.mark.parametrize("answer", [join, decline])
def test_answer_is_taken_back_while_nothing_depends_on_it(world, joint, answer):
    answer(joint, world, "school")
    answer_again(part(joint, world, "school"), by=world.people["school"])
    partner = part(joint, world, "school")
    assert (partner.said_yes_at, partner.refused_at, partner.reason) == (None, None, "")
    assert verbs()[-1] == "answer_taken_back"


def test_answer_stays_once_the_claim_is_settled(world, joint):
    join(joint, world, "school")
    refuse_claim(joint, by=world.people["community"], reason="已解决")
    with pytest.raises(PermissionDenied):
        answer_again(part(joint, world, "school"), by=world.people["school"])


def test_unit_is_no_partner_of_itself_nor_of_who_asks(world):
    claim = claim_need(
        world.need(), by=world.people["clinic"], organisation=world.units["clinic"],
        amount=Decimal(1), partners=[world.units["clinic"], world.units["community"]],
    )  # fmt: skip
    assert claim.partners.count() == 0


def test_item_page_shows_each_partner_and_offers_the_reader_its_answer(world, joint, client):
    page = reverse("lists:item", args=[joint.need_id])
    client.force_login(world.people["school"])
    before = client.get(page).context["offers"][0].question
    client.post(before.yes, {"version": 1})
    after = client.get(page).context["offers"][0].question
    assert (before.what, after.what) == ("partner", "")
    assert after.back == reverse("lists:answer_again", args=[part(joint, world, "school").pk])


def test_yes_to_a_promise_changed_meanwhile_is_not_taken(world, joint):
    decline(joint, world, "school")
    go_on_without(joint, by=world.people["clinic"])
    with pytest.raises(ValidationError):
        join_claim(part(joint, world, "neighbour"), by=world.people["neighbour"], seen=1)


@pytest.mark.django_db(transaction=True)
def test_two_last_yes_at_once_open_one_project(world, joint):
    join(joint, world, "neighbour")
    start, failed = threading.Barrier(2), []

    def say(answer) -> None:
        start.wait()
        try:
            answer()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    answers = [
        lambda: join(joint, world, "school"),
        lambda: confirm_claim(joint, by=world.people["community"], side="asker"),
    ]
    threads = [threading.Thread(target=say, args=[answer]) for answer in answers]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (failed, fresh(joint).state, Project.objects.count()) == ([], "confirmed", 1)
