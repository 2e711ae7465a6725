"""The page of proposals: who sees and decides, what it says, and what it asks of the database."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mulin.lists.actions import propose
from mulin.lists.models import Category, Claim, Item, Proposal
from mulin.lists.queries import proposals as reads
from mulin.lists.tasks import working
from mulin.matching import child

PAGE = "/lists/proposals/"


@pytest.fixture(autouse=True)
def no_child(monkeypatch) -> None:
    """The engine answers in this process: what a child adds has tests of its own."""
    monkeypatch.setattr(working, "ask_child", child.answer)


@pytest.fixture
def english(client) -> None:
    client.cookies["language"] = "en"


@pytest.fixture
def hall(world):
    """A room offered, and a need it answers."""
    spaces = Category.objects.create(alliance=world.alliance, code="K17", name="场地共享")
    room = {"category": spaces, "wants": ["space"], "amount": Decimal(1)}
    resource = world.resource("school", title="三楼会议室可借用", conditions="自带茶水", **room)
    asked_on = timezone.localdate() - datetime.timedelta(days=33)
    need = world.need(title="会议室开居民议事会", asked_on=asked_on, **room)
    return need, resource


def signed_in(client, world, name):
    client.force_login(world.people[name])
    return client


def run(world):
    return propose(world.alliance, by=world.people["north"])


def only_proposal(world):
    return run(world).proposals.get()


def test_empty_page_names_the_first_step(client, world, english):
    page = signed_in(client, world, "north").get(PAGE)
    assert (page.status_code, page.context["run"]) == (200, None)
    assert "Put an item on the lists" in page.content.decode()


def test_page_without_a_run_offers_to_propose(client, world, hall, english):
    words = signed_in(client, world, "north").get(PAGE).content.decode()
    assert f'action="{reverse("lists:propose")}"' in words
    assert "1 open needs and 1 resources are on the lists." in words


def test_pressing_propose_shows_the_pair_with_its_reason(client, world, hall, english):
    need, resource = hall
    signed_in(client, world, "north")
    asked = client.post(reverse("lists:propose"), follow=True)
    working.work_waiting()
    page = client.get(PAGE)
    opened = page.context["opened"]
    assert (asked.redirect_chain, "opened" in asked.context) == ([(PAGE, 302)], False)
    assert (opened.need, [offer.resource for offer in opened.offers]) == (need, [resource])
    assert opened.offers[0].reason.startswith("same kind: 场地共享")
    assert (opened.checks, opened.open_point) == (["what it is"], True)


def test_liaison_reads_but_is_offered_no_decision(client, world, hall):
    run(world)
    words = signed_in(client, world, "school").get(PAGE).content.decode()
    assert hall[0].title in words
    assert "lists/proposals/work-out" not in words
    assert "/send/" not in words


def test_liaison_cannot_propose_send_or_refuse(client, world, hall):
    proposal = only_proposal(world)
    signed_in(client, world, "school")
    answers = [client.post(reverse("lists:propose")).status_code]
    for name in ("send_proposal", "refuse_proposal", "reopen_proposal"):
        url = reverse(f"lists:{name}", args=[proposal.pk])
        answers.append(client.post(url, {"reason": "不要"}).status_code)
    proposal.refresh_from_db()
    assert (answers, proposal.state) == ([403] * 4, Proposal.State.OPEN)


def test_stranger_finds_nothing(client, world, hall, stranger):
    proposal = only_proposal(world)
    client.force_login(stranger)
    urls = [reverse(f"lists:{n}_proposal", args=[proposal.pk]) for n in ("send", "refuse")]
    answers = [client.get(PAGE), *(client.post(url, {"reason": "x"}) for url in urls)]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_sending_makes_a_claim_on_which_both_sides_decide(client, world, hall):
    proposal = only_proposal(world)
    signed_in(client, world, "south").post(reverse("lists:send_proposal", args=[proposal.pk]))
    claim, page = Claim.objects.get(), client.get(PAGE)
    assert (claim.need, claim.resource, claim.origin) == (*hall, Claim.Origin.PROPOSAL)
    assert (claim.provider_said_yes_at, claim.asker_said_yes_at) == (None, None)
    assert [one.state for one in page.context["decided"]] == [Proposal.State.SENT]


def test_sending_what_is_gone_says_so(client, world, hall):
    proposal = only_proposal(world)
    Item.objects.filter(pk=hall[1].pk).update(taken=1)
    signed_in(client, world, "north")
    page = client.post(reverse("lists:send_proposal", args=[proposal.pk]), follow=True)
    (message,) = page.context["messages"]
    assert (message.level_tag, Claim.objects.count()) == ("error", 0)
    assert str(message).startswith("三楼会议室可借用：")


def test_both_offers_of_a_need_for_two_things_are_sent_together(client, world, hall):
    need, _resource = hall
    Item.objects.filter(pk=need.pk).update(wants=["labour", "space"])
    world.resource(title="议事会主持志愿者", wants=["labour"], amount=Decimal(1))
    proposals = list(run(world).proposals.all())
    signed_in(client, world, "north")
    client.post(reverse("lists:send_proposal", args=[proposals[0].pk]), {"everything": "1"})
    need.refresh_from_db()
    assert (len(proposals), Claim.objects.count(), need.left) == (2, 2, 0)


def test_refusal_is_remembered_and_can_be_taken_back(client, world, hall):
    proposal = only_proposal(world)
    signed_in(client, world, "north")
    client.post(reverse("lists:refuse_proposal", args=[proposal.pk]), {"reason": "楼层太高"})
    proposal.refresh_from_db()
    told = (proposal.state, proposal.reason, run(world).proposals.count())
    client.post(reverse("lists:reopen_proposal", args=[proposal.pk]))
    proposal.refresh_from_db()
    assert (told, proposal.state) == (("refused", "楼层太高", 0), Proposal.State.OPEN)


def test_refusal_without_a_reason_is_not_taken(client, world, hall):
    proposal = only_proposal(world)
    signed_in(client, world, "north")
    client.post(reverse("lists:refuse_proposal", args=[proposal.pk]), {"reason": "  "})
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.OPEN


def test_asking_why_not_answers_in_place(client, world, hall, english):
    need, _resource = hall
    other = world.resource(title="法律咨询", wants=["labour"], amount=Decimal(1))
    run(world)
    signed_in(client, world, "north")
    page = client.get(PAGE, {"open": str(need.pk), "why": str(other.pk)})
    assert page.context["why_answer"] == "法律咨询 gives labour, wanted is space"
    assert 'role="status">法律咨询 gives labour' in page.content.decode()


@pytest.mark.parametrize("asked", ["nonsense", "0195d3a0-0000-7000-8000-000000000000"])
def test_unknown_choices_are_as_if_not_given(client, world, hall, asked):
    run(world)
    page = signed_in(client, world, "north").get(PAGE, {"open": asked, "why": asked})
    assert (page.context["opened"].need, page.context["why_answer"]) == (hall[0], "")


def test_offer_given_away_since_says_so(client, world, hall, english):
    other = world.resource(title="小会议室", wants=["space"], amount=Decimal(1))
    found = run(world)
    proposed = found.proposals.get().resource
    left = other if proposed == hall[1] else hall[1]
    Item.objects.filter(pk=left.pk).update(taken=1)
    assert reads.why_not(hall[0], left) is None


def test_unmet_need_shows_what_it_lacks_and_for_how_long(client, world, english):
    asked_on = timezone.localdate() - datetime.timedelta(days=112)
    need = world.need(title="充电棚选址", wants=["permission"], asked_on=asked_on)
    run(world)
    page = signed_in(client, world, "north").get(PAGE)
    (gap,) = page.context["gaps"]
    assert (gap.need, gap.seal, gap.lacks) == (need, "许", "")
    assert gap.words == "a permission is missing, and nobody listed can give it"
    assert (gap.step, gap.step_url) == ("See whom to ask", "/alliance/charter/")
    assert "waiting for 112 days" in page.content.decode()


def test_unmet_needs_can_be_narrowed_to_one_cause(client, world):
    for title, wants in (("充电棚选址", "permission"), ("楼道灯资金", "money")):
        world.need(title=title, wants=[wants])
    run(world)
    page = signed_in(client, world, "north").get(PAGE, {"lack": "money"})
    assert [gap.need.title for gap in page.context["gaps"]] == ["楼道灯资金"]
    assert [(tab["count"], tab["current"]) for tab in page.context["lacks"]] == [
        (2, False),
        (1, False),
        (1, True),
    ]


def test_heat_prints_signs_and_leads_to_the_items(client, world):
    kind = Category.objects.get(code="K01")
    world.need("community", category=kind), world.need("community", category=kind)
    world.resource("neighbour", category=kind)
    words = signed_in(client, world, "school").get(PAGE).content.decode()
    unit = world.units["community"]
    assert f'href="/lists/?community={unit.pk}&amp;category={kind.pk}"' in words
    assert ">－2</a>" in words
    assert ">＋1</a>" in words


def test_heat_leaves_a_dot_where_nothing_was_reported(client, world):
    kind = Category.objects.get(code="K01")
    world.need("community", category=kind)
    words = signed_in(client, world, "school").get(PAGE).content.decode()
    assert words.count('<td class="heat-none">·</td>') == 1


def test_number_of_queries_does_not_grow_with_the_lists(client, world, hall):
    signed_in(client, world, "north")
    run(world)  # so that both runs below have one before them
    counts = []
    for more in (1, 6):
        for at in range(more):
            world.need(title=f"楼道加装扶手第{at}处"), world.resource(title=f"扶手第{at}套")
        run(world)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 24


def test_pair_that_fits_in_more_ways_is_opened_first(client, world, hall):
    weekly = [{"day": 2, "from": "14:00", "to": "16:00"}]
    world.need("neighbour", title="法律咨询日", wants=["labour"], weekly=weekly, amount=Decimal(1))
    world.resource(title="法律咨询律师坐堂", wants=["labour"], weekly=weekly, amount=Decimal(1))
    run(world)
    page = signed_in(client, world, "north").get(PAGE)
    assert page.context["opened"].need.title == "法律咨询日"
    assert [line.need for line in page.context["lines"]] == [hall[0]]


def test_why_not_asks_about_nothing_that_is_used_up(client, world, hall):
    world.resource(title="会议室", wants=["space"], amount=Decimal(1), taken=Decimal(1))
    run(world)
    page = signed_in(client, world, "north").get(PAGE)
    assert page.context["why_options"] == []


def test_why_not_names_who_serves_the_need_instead(client, world, hall, english):
    world.resource(title="会议室可借用", wants=["space"], amount=Decimal(1))
    chosen = run(world).proposals.get().resource
    other = Item.objects.resources().exclude(pk=chosen.pk).get()
    page = signed_in(client, world, "north").get(PAGE, {"why": str(other.pk)})
    assert page.context["why_answer"] == (
        f"others answer this need already: {chosen.title}; "
        f"it could be proposed if {chosen.title} stepped back"
    )


def test_why_not_keeps_to_the_pairs_on_the_page(world, hall):
    need, resource = hall
    _found, earlier = run(world), timezone.localdate() - datetime.timedelta(days=9)
    fields = {"wants": ["space"], "category": resource.category, "amount": Decimal(1)}
    twin = world.resource("school", title=resource.title, asked_on=earlier, **fields)
    cause = reads.why_not(need, twin)
    assert (cause.code, cause.params.get("others")) == ("served_by_others", (str(resource.pk),))


def test_better_offer_since_the_run_says_to_work_it_out_again(client, world, hall, english):
    Item.objects.filter(pk=hall[1].pk).update(title="多功能厅可借用")
    run(world)
    better = world.resource(title="会议室开居民议事会可用", wants=["space"], amount=Decimal(1))
    page = signed_in(client, world, "north").get(PAGE, {"why": str(better.pk)})
    assert page.context["why_answer"] == "By now it would be proposed: work it out again."


def test_page_tells_how_much_of_need_and_offer_is_taken(client, world, english):
    world.need(title="健康讲座", wants=["labour"], amount=Decimal(80), measure="人")
    world.resource(title="健康讲座", wants=["labour"], amount=Decimal(24), measure="次")
    run(world)
    page = signed_in(client, world, "north").get(PAGE)
    part = page.context["opened"].offers[0].part
    assert part.replace("\xa0", " ") == "serves 80 人, uses 1 次 of 24 次"
