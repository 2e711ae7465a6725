"""Searching from the keyboard or a phone, and reading a story, without faults in the page."""

import pytest
from playwright.sync_api import Page, expect

from mulin.lists.actions import draft_item, submit_item
from mulin.lists.actions.items import publish_item
from tests.browser.axe import faults, is_wider_than_screen
from tests.browser.test_signing_in import sign_in
from tests.factories.cast import Cast


@pytest.fixture
def need(cast: Cast):
    fields = {"kind": "need", "organisation": cast.member, "title": "更换楼道路灯"}
    item = draft_item(cast.alliance, by=cast.mei, **fields)
    submit_item(item, by=cast.mei)
    return publish_item(item, by=cast.lin)


def test_what_is_searched_is_found_and_opened(page: Page, cast: Cast, need, size: str) -> None:
    sign_in(page, "sun")
    if size == "desktop":
        page.keyboard.press("/")
    else:
        page.locator(".finder-link").click()
    expect(page.locator("[data-search]:focus")).to_have_value("")
    page.keyboard.type("路燈")
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark")).to_have_text("路灯")
    assert "\n".join(faults(page)) == ""
    page.locator(".hits a").click()
    expect(page.locator("h1")).to_have_text("更换楼道路灯")


def test_slash_is_a_letter_where_one_writes(page: Page, cast: Cast, need) -> None:
    sign_in(page, "sun")
    page.goto("/search/?q=x")
    field = page.locator("main [data-search]")
    field.focus()
    page.keyboard.type("1/2")
    expect(field).to_have_value("1/2x")


def test_story_is_read_printed_and_saved(page: Page, cast: Cast, need) -> None:
    sign_in(page, "mei")
    page.goto(f"/story/{need.pk}/")
    expect(page.locator(".event")).to_have_count(2)
    expect(page.locator("[data-print]")).to_be_visible()
    assert ("\n".join(faults(page)), is_wider_than_screen(page)) == ("", False)
    with page.expect_download() as saved:
        page.locator('a[href="?format=docx"]').click()
    assert saved.value.suggested_filename.startswith("更换楼道路灯-")
