"""What is said beside the proposals: age, certificate, fairness, moves, and why not any pair."""

import datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from mulin.alliance.queries import Standing
from mulin.lists.actions import propose, refuse_proposal
from mulin.lists.actions.finding import index_all
from mulin.lists.models import Item, MatchRun, Unmet
from mulin.lists.tasks import working
from mulin.lists.waiting import waiting_for
from mulin.lists.wording.runs import measures, moves_words
from mulin.matching import child

PAGE, WHY = "/lists/proposals/", "/lists/proposals/why-not/"


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["language"] = "en"
    with translation.override("en"):
        yield


def run(world, **options):
    return propose(world.alliance, by=world.people["north"], **options)


def ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def page_for(client, world, name="north", **asked):
    client.force_login(world.people[name])
    return client.get(PAGE, asked)


@pytest.mark.parametrize(("days", "age"), [(0, 0), (29, 0), (30, 30), (89, 60), (400, 90)])
def test_age_is_told_in_steps(days, age):
    assert Item(asked_on=ago(days)).age == age


def test_unmet_needs_are_escalated_by_age(client, world):
    for days in (10, 95, 65):
        world.need(title=f"充电棚选址{days}", wants=["permission"], asked_on=ago(days))
    run(world)
    page = page_for(client, world)
    assert [gap.need.age for gap in page.context["gaps"]] == [90, 60, 0]
    assert page.context["gaps_age"] == "1 has waited 90 days or longer"
    words = page.content.decode()
    assert words.count('class="nowrap late"') == 2


def test_oldest_unmet_needs_stand_on_the_coordinators_desk(world):
    for days in (95, 65, 20):
        world.need(title=f"充电棚选址{days}", wants=["permission"], asked_on=ago(days))
    run(world)
    (told,) = waiting_for(Standing(world.people["north"]))
    assert str(told.title) == "2 needs have waited 60 days or longer without an answer"
    assert told.due_on == ago(0)
    assert [quote.split(" · ")[0] for quote in told.quotes] == ["充电棚选址95", "充电棚选址65"]


def test_certificate_in_plain_words_stays_true_when_rounded():
    run_ = MatchRun(objective=10, bound=10.0401, shares={})
    assert measures(run_) == ["No plan can serve more than 0.5 % more than this one."]
    exact = MatchRun(objective=10, bound=10 + 1e-9, shares={})
    assert measures(exact) == ["No other plan can serve more."]


def test_shares_and_the_cost_of_fairness_are_told():
    run_ = MatchRun(fairness="maxmin", cost=0.004, shares={"a": 0.2, "b": 0.5, "c": 1.0})
    assert measures(run_) == [
        "Of what it asks for, the community served least would get 20 %,"
        " the one in the middle 50 %.",
        "Serving the least served first costs 0.4 % of what could be served.",
    ]


def test_communities_that_get_nothing_are_counted_apart():
    run_ = MatchRun(shares={"a": 0.0, "b": 0.5, "c": 0.8, "d": 1.0})
    assert measures(run_) == [
        "1 community would get nothing.",
        "Of the others, the community served least would get 50 % of what it asks for,"
        " the one in the middle 80 %.",
    ]


def test_choice_of_a_cancelled_run_is_kept(client, world):
    world.need(), world.resource()
    client.force_login(world.people["north"])
    client.post(reverse("lists:propose"), {"fairness": "maxmin"})
    told = client.post(reverse("lists:cancel_run", args=[MatchRun.objects.get().pk]), follow=True)
    assert told.context["fairness"] == "maxmin"
    assert [str(one) for one in told.context["messages"]] == ["Cancelled."]


def test_need_that_nothing_fits_names_what_comes_closest(client, world):
    world.need(title="健身器材检修", wants=["labour"])
    offer = world.resource(title="少儿绘本朗读", wants=["labour"])
    run(world)
    cause = {"code": "weak_fit", "params": {"resource": str(offer.pk)}}
    Unmet.objects.update(cause=cause)
    (gap,) = page_for(client, world).context["gaps"]
    assert gap.words == "nothing offered fits; 少儿绘本朗读 comes closest"


def test_chosen_fairness_reaches_the_engine(client, world):
    world.need(), world.resource()
    client.force_login(world.people["north"])
    client.post(reverse("lists:propose"), {"fairness": "maxmin"})
    asked = []

    def ask(question, tell):
        asked.append(question.options.fairness)
        raise child.Unanswerable("too_slow")

    working.work_out(working.claim_run(), ask)
    assert asked == ["maxmin"]


def test_unknown_fairness_is_as_if_not_given(client, world):
    client.force_login(world.people["north"])
    client.post(reverse("lists:propose"), {"fairness": "nonsense"})
    assert MatchRun.objects.get().fairness == "none"


def test_page_tells_what_moved_and_why(client, world):
    world.need(title="老人理发", wants=["labour"], amount=Decimal(1))
    first = world.resource(title="老人理发师", wants=["labour"], amount=Decimal(1))
    run(world)
    Item.objects.filter(pk=first.pk).update(state="withdrawn")
    world.resource("school", title="老人理发队", wants=["labour"], amount=Decimal(1))
    run(world)
    moves = page_for(client, world).context["moves"]
    assert moves["words"] == "0 pairs stay, 1 is new, 1 is no longer proposed"
    assert [one["why"] for one in moves["gone"]] == ["“老人理发师” is no longer listed"]
    assert [[end["title"] for end in pair] for pair in moves["added"]] == [
        ["老人理发", "老人理发队"]
    ]


def test_page_says_that_nothing_moved(client, world):
    world.need(title="老人理发"), world.resource(title="老人理发", wants=["labour"])
    run(world), run(world)
    page = page_for(client, world)
    assert (page.context["moves"], page.context["moved_nothing"]) == (None, True)


def test_moves_leave_out_what_is_none():
    assert moves_words({"kept": 1, "added_count": 0, "gone_count": 0}) == "1 pair stays"


@pytest.fixture
def pair(world):
    need = world.need(title="会议室开居民议事会", wants=["space"])
    return need, world.resource(title="法律咨询", wants=["labour"])


def why(client, world, **asked):
    client.force_login(world.people["school"])
    return client.get(WHY, asked)


def test_why_not_of_any_pair_is_answered(client, world, pair):
    page = why(client, world, need=pair[0].pk, resource=pair[1].pk)
    assert page.context["answer"] == "法律咨询 gives labour, wanted is space"


def test_why_not_asks_for_the_missing_half(client, world, pair):
    whole, half = why(client, world), why(client, world, need=pair[0].pk)
    assert (whole.context["choices"], whole.context["asks_for"]) == ([pair[0]], "need")
    assert (half.context["choices"], half.context["asks_for"]) == ([pair[1]], "resource")


def test_why_not_finds_by_words(client, world, pair):
    world.need(title="路灯不亮")
    index_all()
    page = why(client, world, q="居民议事会")
    assert page.context["choices"] == [pair[0]]


def test_why_not_of_a_refused_pair_says_until_when(client, world):
    need = world.need(title="老人理发")
    resource = world.resource(title="老人理发", wants=["labour"])
    refuse_proposal(run(world).proposals.get(), by=world.people["north"], reason="太远")
    page = why(client, world, need=need.pk, resource=resource.pk)
    assert page.context["answer"] == (
        "老人理发 was refused for this need before; "
        "it could be proposed if the refusal were taken back"
    )


def test_why_not_says_what_would_have_to_change(client, world):
    asked, held = ([{"day": day, "from": "14:00", "to": "16:00"}] for day in (2, 1))
    need = world.need(title="会议室", wants=["space"], weekly=asked, amount=Decimal(1))
    resource = world.resource(title="会议室", wants=["space"], weekly=held, amount=Decimal(1))
    run(world)
    page = why(client, world, need=need.pk, resource=resource.pk)
    assert page.context["answer"] == (
        "会议室 is not available at that time; "
        "it could be proposed if the need were moved to Tuesday 14:00 to 16:00"
    )


def test_why_not_of_a_proposed_pair_says_so(client, world):
    need = world.need(title="老人理发")
    resource = world.resource(title="老人理发", wants=["labour"])
    run(world)
    page = why(client, world, need=need.pk, resource=resource.pk)
    assert page.context["answer"] == "This pair is proposed; it waits to be decided."


@pytest.mark.parametrize("key", ["nonsense", "0195d3a0-0000-7000-8000-000000000000"])
def test_why_not_of_something_unknown_begins_anew(client, world, key):
    assert why(client, world, need=key).context["need"] is None


def test_items_page_leads_to_the_question(client, world, pair):
    client.force_login(world.people["school"])
    words = client.get(reverse("lists:item", args=[pair[0].pk])).content.decode()
    assert f"{WHY}?need={pair[0].pk}" in words


def test_shell_proposes_as_the_page_does(world, monkeypatch, capsys):
    monkeypatch.setattr("mulin.lists.management.commands.propose.ask_child", child.answer)
    world.need(title="老人理发"), world.resource(title="老人理发", wants=["labour"])
    call_command("propose", "example")
    assert MatchRun.objects.get().state == "done"
    assert "提议 1 对" in capsys.readouterr().out


def test_shell_refuses_an_unknown_alliance_and_a_second_run(world):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("propose", "nowhere")
    working.claim_run(MatchRun.objects.create(alliance=world.alliance))
    with pytest.raises(CommandError, match="已经在配对"):
        call_command("propose", "example")


def test_interrupted_shell_cancels_its_run(world, monkeypatch):
    def interrupted(question, tell):
        raise KeyboardInterrupt

    monkeypatch.setattr("mulin.lists.management.commands.propose.ask_child", interrupted)
    with pytest.raises(CommandError, match="已取消"):
        call_command("propose", "example")
    assert MatchRun.objects.get().state == "cancelled"
