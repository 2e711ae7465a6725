"""Asking for proposals in Chromium: seen on its way, cancelled, found, changed and sent."""

import threading
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from benchmarks import burden_steps as steps
from benchmarks.burden_walk import Walker
from mulin.lists.models import Claim, MatchRun, Proposal
from mulin.lists.tasks import working
from mulin.matching import child
from mulin.matching.child import Step
from tests.browser.axe import faults, is_wider_than_screen
from tests.factories.cast import Cast
from tests.factories.things import make_item

PAGE = "/lists/proposals/"


@pytest.fixture
def talk(cast: Cast) -> None:
    """A talk asked for by Mei's unit, and one offered by the other side."""
    make_item(cast, title="健康讲座", wants=["labour"], amount=Decimal(80), measure="人")
    offer = make_item(cast, kind="resource", title="健康讲座", wants=["labour"], measure="次")
    offer.organisation = cast.other_side.organisation
    offer.save()


@pytest.fixture
def held_back(monkeypatch):
    """A run that stays on its way until it is cancelled or let go."""
    let_go = threading.Event()

    def ask(question, tell):
        while not let_go.wait(0.1):
            tell(Step("solving", 0.4))
        return child.answer(question, tell)

    monkeypatch.setattr(working, "ask_child", ask)
    yield let_go
    let_go.set()


def ask(walker: Walker) -> Page:
    steps.sign_in(walker, "lin", "lin" * 4)
    walker.page.goto(PAGE)
    walker.tap("form[action$='/work-out/'] button")
    return walker.page


def whole(page: Page) -> None:
    assert "\n".join(faults(page)) == ""
    assert not is_wider_than_screen(page), page.url


def test_run_is_seen_on_its_way_left_and_found_done(walker: Walker, talk, held_back) -> None:
    page = ask(walker)
    expect(page.locator("progress")).to_have_attribute("value", "40")
    whole(page)
    page.goto("/desk/")
    page.goto(PAGE)
    expect(page.locator("progress")).to_be_visible()
    held_back.set()
    expect(page.locator("#open")).to_contain_text("健康讲座")
    expect(page.locator("progress")).to_have_count(0)


def test_run_is_cancelled_by_keyboard(walker: Walker, talk, held_back) -> None:
    page = ask(walker)
    expect(page.locator("progress")).to_have_attribute("value", "40")
    page.locator("form[action$='/cancel/'] button").focus()
    page.wait_for_timeout(800)  # polled meanwhile, which must not take the focus away
    page.keyboard.press("Enter")
    expect(page.locator("form[action$='/work-out/'] button")).to_be_visible()
    assert [run.state for run in MatchRun.objects.all()] == ["cancelled"]


def test_amount_is_changed_and_sent(walker: Walker, talk) -> None:
    page = ask(walker)
    expect(page.locator("#open")).to_be_visible()
    proposal = Proposal.objects.get()
    form = f"form[action$='/proposals/{proposal.pk}/change/']"
    page.locator(f"details:has({form}) > summary").click()
    walker.type(f"{form} [name=amount]", "40")
    walker.type(f"{form} [name=resource_amount]", "2")
    whole(page)
    walker.tap(f"{form} button")
    expect(page.locator("#open")).to_contain_text("40")
    walker.tap("#open .button-main")
    expect(page.locator("#open")).to_have_count(0)
    assert Claim.objects.get().amount == 40
