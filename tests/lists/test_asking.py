"""Asking for a yes: by a letter with a personal link, in the inbox, or by a link passed on."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mulin.lists.actions import change_claim, claim_need, decline_part
from mulin.lists.actions.asking import hand_out_links, personal_path
from mulin.lists.models import Claim
from mulin.notifications.models import Message


@pytest.fixture
def joint(world):
    return claim_need(
        world.need(), by=world.people["clinic"], organisation=world.units["clinic"],
        amount=Decimal(12), partners=[world.units["school"]],
    )  # fmt: skip


def link_of(person) -> str:
    letter = Message.objects.filter(person=person, key__startswith="code:").latest("created_at")
    return re.search(r"/lists/claims/answer/\S+", letter.body)[0]


def test_partner_and_asker_get_letters_with_their_own_links(world, joint):
    people = [world.people[unit] for unit in ("school", "community")]
    links = [link_of(person) for person in people]
    assert (len(set(links)), all(m.is_secret for m in Message.objects.all())) == (2, True)


def test_who_reads_no_letters_finds_it_in_the_inbox(world):
    person = world.people["school"]
    person.wants_email = False
    person.save()
    need = world.need()
    claim_need(
        need, by=world.people["clinic"], organisation=world.units["clinic"], amount=Decimal(1),
        partners=[world.units["school"]],
    )  # fmt: skip
    message = Message.objects.get(person=person)
    assert (message.url, message.read_at) == (reverse("lists:item", args=[need.pk]), None)


def test_link_answers_without_signing_in_and_once(world, joint, client):
    link = link_of(world.people["school"])
    question = client.get(link).context["offer"].question
    client.post(link, {"answer": "yes", "version": "1"})
    joint.refresh_from_db()
    assert (question.what, [side for side, _unit in joint.missing]) == ("partner", ["asker"])
    assert client.post(link, {"answer": "no", "reason": "不"}).status_code == 422


def test_link_says_no_with_a_reason(world, joint, client):
    link = link_of(world.people["school"])
    empty = client.post(link, {"answer": "no", "reason": ""})
    client.post(link, {"answer": "no", "reason": "没有人手"})
    assert (empty.status_code, joint.partners.get().reason) == (422, "没有人手")


def test_last_yes_by_link_opens_the_project(world, joint, client):
    for unit in ("school", "community"):
        client.post(link_of(world.people[unit]), {"answer": "yes", "version": "1"})
    page = client.get(link_of(world.people["community"]))
    assert (Claim.objects.get().state, page.status_code) == ("confirmed", 200)


def test_link_goes_on_with_what_remains(world, joint, client):
    decline_part(joint.partners.get(), by=world.people["school"], reason="没有人手")
    link = personal_path(joint, world.people["clinic"])
    client.post(link, {"answer": "yes", "amount": "4"})
    joint.refresh_from_db()
    assert (joint.amount, joint.partners.count()) == (4, 0)


def test_old_page_of_a_link_says_that_it_changed_and_stays_usable(world, joint, client):
    link = link_of(world.people["community"])
    change_claim(joint, by=world.people["clinic"], amount=Decimal(5))
    old = client.post(link, {"answer": "yes", "version": "1"})
    client.post(link, {"answer": "yes", "version": "2"})
    assert (old.status_code, Claim.objects.get().state) == (422, "confirmed")


def test_change_is_asked_in_a_new_letter(world, joint):
    before = link_of(world.people["community"])
    change_claim(joint, by=world.people["clinic"], amount=Decimal(5))
    assert link_of(world.people["community"]) != before


def test_coordinator_passes_links_on_and_the_people_hear_of_it(world, joint):
    links = hand_out_links(joint, by=world.people["north"])
    units = [unit.name for _person, unit, _path in links]
    told = Message.objects.filter(key__startswith="claim_link:").values_list("person__username")
    assert (units, sorted(told)) == (["柳树社区", "示例小学"], [("community",), ("school",)])


def test_liaison_cannot_have_others_links(world, joint):
    with pytest.raises(PermissionDenied):
        hand_out_links(joint, by=world.people["clinic"])


def test_page_shows_the_links_once(world, joint, client):
    client.force_login(world.people["north"])
    page = client.post(reverse("lists:claim_links", args=[joint.pk]))
    assert page.content.decode().count("http://testserver/lists/claims/answer/") == 2
