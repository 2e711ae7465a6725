"""Promising together, in Chromium: the amounts asked, a partner's no, and an answer by link."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from mulin.alliance.models import Organisation, Post
from mulin.lists.actions import claim_need
from mulin.lists.actions.asking import personal_path
from mulin.lists.models import Claim, Item
from tests.browser.axe import faults, is_wider_than_screen, small_targets
from tests.browser.test_signing_in import sign_in
from tests.factories.cast import Cast, join, make_organisation, make_person
from tests.factories.things import make_item


@pytest.fixture
def firms(cast: Cast) -> dict[str, Organisation]:
    """Two firms of the other side, He's and Yu's; He's lends two rooms and thirty people."""
    made = {}
    for name, liaison in (("示例商场", "he"), ("示例书店", "yu")):
        firm = make_organisation(name, kind=Organisation.Kind.ENTERPRISE)
        join(cast.alliance, firm, side=cast.other_side)
        made[liaison] = firm, make_person(liaison, firm, Post.Role.LIAISON)
    for title, amount, measure in (("会议室", 2, "间"), ("志愿者", 30, "人")):
        item = make_item(cast, kind="resource", title=title, measure=measure)
        Item.objects.filter(pk=item.pk).update(organisation=made["he"][0], amount=amount)
    return made


def need(cast: Cast) -> Item:
    return make_item(cast, title="暑期托管班", amount=Decimal(20), measure="人")


def sound(page: Page) -> None:
    """Nothing that axe finds, nothing off the screen; on a phone nothing too small for a finger."""
    on_phone = page.viewport_size and page.viewport_size["width"] < 500
    assert "\n".join([*faults(page), *(small_targets(page) if on_phone else [])]) == ""
    assert not is_wider_than_screen(page)


def choose(page: Page, title: str) -> None:
    label = page.locator("select[name=resource] option", has_text=title).inner_text()
    page.locator("select[name=resource]").select_option(label=label)


def test_form_asks_how_much_of_what_is_chosen(page: Page, cast: Cast, firms) -> None:
    sign_in(page, "he")
    page.goto(f"/lists/items/{need(cast).pk}/")
    used, amount = page.locator("input[name=resource_amount]"), page.locator("input[name=amount]")
    expect(used).to_be_hidden()
    amount.fill("15")
    choose(page, "志愿者")
    expect(used).to_have_value("15")
    choose(page, "会议室")
    expect(used).to_have_value("")
    page.locator("#take form .actions button").click()
    expect(used).to_be_focused()
    used.fill("1")
    sound(page)
    page.locator("#take form .actions button").click()
    expect(page.locator(".proposal")).to_contain_text("1\xa0间（共 2\xa0间）")


def test_partner_says_no_and_the_rest_goes_on_by_link(page: Page, cast: Cast, firms) -> None:
    (firm, he), (other, yu) = firms["he"], firms["yu"]
    claim = claim_need(
        need(cast), by=he, organisation=firm, amount=Decimal(20), partners=[other]
    )  # fmt: skip
    page.goto(personal_path(claim, yu))
    sound(page)
    page.locator("main summary").click()
    page.locator("input[name=reason]").fill("盘点走不开")
    page.locator("main details button").click()
    expect(page.locator(".side").last).to_contain_text("盘点走不开")
    page.goto(personal_path(claim, he))
    page.locator("input[name=amount]").fill("8")
    page.locator(".button-main").click()
    expect(page.locator(".proposal")).to_contain_text("8\xa0人")
    page.goto(personal_path(claim, cast.mei))
    page.locator(".button-main").click()
    expect(page.locator("main")).to_contain_text("各方都已同意")
    assert Claim.objects.get().project is not None


def test_page_of_a_joint_claim_has_no_faults(page: Page, cast: Cast, firms) -> None:
    (firm, he), (other, _yu) = firms["he"], firms["yu"]
    wanted = need(cast)
    claim_need(wanted, by=he, organisation=firm, amount=Decimal(5), partners=[other])
    sign_in(page, "he")
    page.goto(f"/lists/items/{wanted.pk}/")
    for summary in page.locator("article summary").all():
        summary.click()
    sound(page)
    sign_out_and_in(page, "yu")
    page.goto(f"/lists/items/{wanted.pk}/")
    sound(page)


def sign_out_and_in(page: Page, name: str) -> None:
    page.context.clear_cookies()
    sign_in(page, name)
