"""Signing in without a password, and with a second proof, as a person does it."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.browser.axe import faults
from tests.browser.test_signing_in import sign_in
from tests.factories.cast import Cast

FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def no_limits_from_before():
    cache.clear()
    yield
    cache.clear()


def put_finger_on(page: Page) -> None:
    """A reader of fingers for this page, whose finger is always the right one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})


def go(page: Page, address: str) -> None:
    """Open a page that asks for the password once more."""
    page.goto(address)
    if "reauthenticate" in page.url:
        page.locator("main input[name=password]").fill("mei" * 4)
        page.locator("main form button").first.click()
    page.wait_for_url(f"**{address}")


def sign_out(page: Page) -> None:
    page.goto("/sign-in/logout/")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "logout" not in url)


def code_of(secret: str) -> str:
    """What an app on a phone shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time() // 30)), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def test_passkey_is_added_signs_in_and_is_removed(page: Page, cast: Cast) -> None:
    put_finger_on(page)
    sign_in(page, "mei")
    go(page, "/sign-in/2fa/webauthn/add/")
    assert "\n".join(faults(page)) == ""
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    sign_out(page)
    page.goto("/sign-in/login/")
    page.locator("#passkey_login").click()
    expect(page).to_have_url("/desk/")
    go(page, "/sign-in/2fa/webauthn/add/")
    page.goto("/sign-in/2fa/webauthn/")
    assert "\n".join(faults(page)) == ""
    page.locator("main a[href*=remove]").click()
    page.locator("main form button").first.click()
    expect(page.locator("main a[href*=remove]")).to_have_count(0)


def test_browser_without_passkeys_says_so(page: Page, cast: Cast) -> None:
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/sign-in/login/")
    expect(page.locator("#passkey_login")).to_be_hidden()
    sign_in(page, "mei")
    go(page, "/sign-in/2fa/webauthn/add/")
    expect(page.locator("[data-passkey=missing]")).to_be_visible()
    expect(page.locator("#mfa_webauthn_add")).to_be_hidden()


def test_second_proof_is_asked_for_and_recovery_codes_work_once(page: Page, cast: Cast) -> None:
    sign_in(page, "mei")
    go(page, "/sign-in/2fa/totp/activate/")
    secret = page.locator("main input[readonly], main input[disabled]").first.input_value()
    give(page, code_of(secret))
    page.wait_for_url("**/recovery-codes/")
    spare = re.findall(r"\b\d{8}\b", page.locator("main textarea").input_value())[0]
    cache.clear()  # a code counts once in its half minute
    for proof, leads in [(code_of(secret), "/desk/"), (spare, "/desk/"), (spare, "authenticate/")]:
        sign_out(page)
        page.goto("/sign-in/login/")
        page.locator("input[name=login]").fill("mei")
        page.locator("input[name=password]").fill("mei" * 4)
        page.locator("main .button-main").click()
        page.wait_for_url("**/authenticate/")
        give(page, proof)
        expect(page).to_have_url(re.compile(f"{leads}$"))


def give(page: Page, code: str) -> None:
    page.locator("main input[name=code]").fill(code)
    page.locator("main form button").first.click()
