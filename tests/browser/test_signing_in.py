"""Signing in and reaching every page of one's own, on a desktop and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults, is_wider_than_screen
from tests.factories.cast import Cast

PAGES = [
    "/desk/", "/our/", "/lists/", "/lists/resources/", "/lists/new/", "/lists/rounds/",
    "/lists/import/", "/lists/proposals/", "/lists/review/", "/projects/", "/inbox/", "/me/",
    "/alliance/charter/", "/alliance/organisations/", "/alliance/posts/", "/alliance/rotation/",
    "/alliance/mechanism/", "/alliance/groups/", "/alliance/places/",
]  # fmt: skip


def sign_in(page: Page, name: str) -> None:
    page.goto("/desk/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(name * 4)
    page.locator("main .button-main").click()
    expect(page).to_have_url("/desk/")


def test_sign_in_leads_to_the_desk(page: Page, cast: Cast) -> None:
    sign_in(page, "mei")
    expect(page).to_have_url("/desk/")
    assert "\n".join(faults(page)) == ""


def test_wrong_password_says_so_and_stays(page: Page, cast: Cast) -> None:
    page.goto("/sign-in/login/")
    page.locator("input[name=login]").fill("mei")
    page.locator("input[name=password]").fill("not it at all")
    page.locator("main .button-main").click()
    expect(page.locator("input[name=password]")).to_have_value("")
    assert "\n".join(faults(page)) == ""


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_pages_have_no_faults(page: Page, cast: Cast) -> None:
    sign_in(page, "lin")
    found = []
    for address in PAGES:
        answer = page.goto(address)
        wrong = [] if answer and answer.status == 200 else [f"status {answer and answer.status}"]
        wrong += faults(page) + ["too wide"] * is_wider_than_screen(page)
        found += [f"{address} {fault}" for fault in wrong]
    assert "\n".join(found) == ""


def test_public_page_needs_no_sign_in(page: Page, cast: Cast) -> None:
    page.goto("/a/here/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page).not_to_have_url("/sign-in/login/")
    assert "\n".join(faults(page)) == ""
    assert not is_wider_than_screen(page)
