"""A run from its order to its end: one at a time, followed, cancelled, failed, taken up again."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mulin.history.models import Event
from mulin.lists.actions import cancel_run, order_run, propose, refuse_proposal
from mulin.lists.actions.proposing import work_out
from mulin.lists.actions.runs import Stopped, claim_run, note_step, take_up_dead
from mulin.lists.models import Item, MatchRun, Proposal
from mulin.lists.tasks import every_minute, working
from mulin.matching import child
from mulin.matching.child import Step, Unanswerable

PAGE = "/lists/proposals/"
State = MatchRun.State


@pytest.fixture
def pair(world):
    return world.need(title="老人理发"), world.resource(title="老人理发", wants=["labour"])


def order(world, **options) -> MatchRun:
    return order_run(world.alliance, by=world.people["north"], **options)


def claimed(world) -> MatchRun:
    return claim_run(order(world))


def states() -> list[str]:
    return list(MatchRun.objects.order_by("made_at").values_list("state", flat=True))


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_second_press_shows_the_run_under_way(world, pair):
    assert (order(world), states()) == (order(world), ["waiting"])


def test_only_coordinators_order_a_run(world, pair):
    with pytest.raises(PermissionDenied):
        order_run(world.alliance, by=world.people["school"])


def test_run_is_claimed_once(world, pair):
    run = order(world)
    assert (claim_run(run).state, claim_run(run)) == ("running", None)


def test_run_ends_with_its_proposals_and_its_certificate(world, pair):
    run = claimed(world)
    work_out(run)
    run.refresh_from_db()
    assert (run.state, run.progress, run.proposals.count()) == ("done", 1, 1)
    assert run.bound >= run.objective > 0
    assert verbs() == ["proposals_asked", "proposed"]


def test_steps_are_written_but_not_each_of_them(world, pair):
    run = claimed(world)
    run.beat_at = timezone.now() - datetime.timedelta(seconds=1)
    note_step(run, Step("solving", 0.4))
    note_step(run, Step("solving", 0.5))
    run.refresh_from_db()
    assert (run.stage, run.progress) == ("solving", 0.4)


def test_cancelled_run_changes_nothing(world, pair):
    first = propose(world.alliance, by=world.people["north"])
    run = claimed(world)

    def ask(question, tell):
        found = child.answer(question, tell)
        cancel_run(run, by=world.people["north"])
        return found

    work_out(run, ask)
    assert (states(), first.proposals.count()) == (["done", "cancelled"], 1)


def test_worker_learns_that_its_run_was_cancelled(world, pair):
    run = claimed(world)
    run.beat_at = None
    cancel_run(run, by=world.people["north"])
    with pytest.raises(Stopped):
        note_step(run, None)


def test_ended_run_is_not_cancelled(world, pair):
    run = propose(world.alliance, by=world.people["north"])
    assert (cancel_run(run, by=world.people["north"]), states()) == (False, ["done"])


@pytest.mark.parametrize(
    ("raised", "told"),
    [(Unanswerable("too_slow"), "too_slow"), (ZeroDivisionError(), "broken")],
)
def test_failed_run_says_why_and_leaves_the_earlier_proposals(world, pair, raised, told, caplog):
    first = propose(world.alliance, by=world.people["north"])
    run = claimed(world)

    def ask(question, tell):
        raise raised

    work_out(run, ask)
    run.refresh_from_db()
    assert (run.state, run.error, first.proposals.count()) == ("failed", told, 1)


def test_failure_names_the_item(world, pair, client):
    client.cookies["language"] = "en"
    run = claimed(world)

    def ask(question, tell):
        raise Unanswerable("bad_item", str(pair[0].pk))

    work_out(run, ask)
    client.force_login(world.people["north"])
    page = client.get(PAGE)
    told = "“老人理发” contradicts itself: correct it, then work it out again."
    assert page.context["failure"] == told


def test_items_gone_meanwhile_leave_nothing_to_propose(world, pair):
    run = claimed(world)

    def ask(question, tell):
        found = child.answer(question, tell)
        Item.objects.update(state="withdrawn")
        return found

    work_out(run, ask)
    run.refresh_from_db()
    assert (run.state, run.proposals.count()) == ("done", 0)


def die(run: MatchRun) -> None:
    MatchRun.objects.update(beat_at=timezone.now() - datetime.timedelta(minutes=5))


def test_run_whose_worker_died_waits_again_and_fails_the_second_time(world, pair, caplog):
    run = claimed(world)
    die(run)
    take_up_dead()
    assert states() == ["waiting"]
    die(claim_run(run))
    take_up_dead()
    run.refresh_from_db()
    assert (run.state, run.error) == ("failed", "died")


def test_clock_works_out_what_nobody_took_up(world, pair, monkeypatch):
    monkeypatch.setattr(working, "ask_child", child.answer)
    run = order(world)
    every_minute()
    assert states() == ["waiting"]
    MatchRun.objects.update(made_at=timezone.now() - datetime.timedelta(minutes=1))
    every_minute()
    assert (states(), run.proposals.count()) == (["done"], 1)


def test_page_shows_how_far_it_is_and_offers_to_cancel(world, pair, client):
    run = claimed(world)
    MatchRun.objects.update(progress=0.4, stage="solving")
    client.force_login(world.people["north"])
    words = client.get(PAGE).content.decode()
    assert '<progress value="40" max="100"' in words
    assert f'hx-get="{reverse("lists:run", args=[run.pk])}"' in words
    assert reverse("lists:cancel_run", args=[run.pk]) in words
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in words


def test_member_sees_the_run_but_cannot_cancel_it(world, pair, client):
    run = claimed(world)
    client.force_login(world.people["school"])
    url = reverse("lists:cancel_run", args=[run.pk])
    assert url not in client.get(PAGE).content.decode()
    assert (client.post(url).status_code, states()) == (403, ["running"])


def test_fragment_tells_the_page_when_it_has_ended(world, pair, client):
    run, asks = claimed(world), {"HTTP_HX_REQUEST": "true"}
    client.force_login(world.people["north"])
    url = reverse("lists:run", args=[run.pk])
    under_way = client.get(url, **asks)
    work_out(run)
    ended = client.get(url, **asks)
    assert ("HX-Refresh" in under_way, ended["HX-Refresh"]) == (False, "true")
    assert client.get(url)["Location"] == PAGE


def test_cancelling_from_the_page(world, pair, client):
    run = claimed(world)
    client.force_login(world.people["north"])
    client.post(reverse("lists:cancel_run", args=[run.pk]))
    assert (states(), verbs()) == (["cancelled"], ["proposals_asked", "proposals_cancelled"])


def test_kept_pair_keeps_its_address(world, pair):
    by = world.people["north"]
    first = propose(world.alliance, by=by).proposals.get()
    second = propose(world.alliance, by=by)
    assert second.proposals.get() == first
    assert second.changes["kept"] == 1


def test_better_newcomer_does_not_tear_up_what_stands(world, pair):
    by = world.people["north"]
    first = propose(world.alliance, by=by).proposals.get()
    world.resource("school", title="老人理发", wants=["labour"])
    assert propose(world.alliance, by=by).proposals.get() == first


def gone(run: MatchRun) -> list[tuple[str, list[str]]]:
    titles = {str(item.pk): item.title for item in Item.objects.all()}
    return [(one["code"], [titles[key] for key in one["others"]]) for one in run.changes["gone"]]


def again(world) -> MatchRun:
    return propose(world.alliance, by=world.people["north"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"state": "withdrawn"}, ("item_gone", ["理发师"])),
        ({"taken": 12}, ("used_up", ["理发师"])),
        ({"version": 2, "title": "理发师", "wants": ["money"]}, ("item_changed", ["理发师"])),
    ],
)
def test_pair_that_is_gone_says_what_happened_to_its_item(world, change, told):
    world.need(title="老人理发师", wants=["labour"])
    resource = world.resource(title="理发师", wants=["labour"])
    again(world)
    Item.objects.filter(pk=resource.pk).update(**change)
    assert gone(again(world)) == [told]


def test_refused_pair_is_told_as_refused_only_where_it_was_open(world, pair):
    proposal = again(world).proposals.get()
    refuse_proposal(proposal, by=world.people["north"], reason="太远")
    assert again(world).changes == {}


def test_open_pair_refused_while_it_is_worked_out_is_told_as_refused(world, pair):
    first = again(world).proposals.get()
    run = claimed(world)

    def ask(question, tell):
        found = child.answer(question, tell)
        # As if refused as a claim: the proposal itself stays open.
        twin = Proposal.objects.get(pk=first.pk)
        twin.pk, twin.state = None, "refused"
        twin.save(force_insert=True)
        return found

    work_out(run, ask)
    run.refresh_from_db()
    assert gone(run) == [("refused", [])]
