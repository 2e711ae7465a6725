"""Every page of the access table, on a phone, as a coordinator, a liaison and nobody."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.addresses import addresses
from tests.access.table import TABLE
from tests.access.test_matrix import ROLES, WORDS
from tests.browser.axe import faults, is_wider_than_screen, small_targets
from tests.factories.cast import Cast
from tests.factories.things import make_things


def pages_for(role: str | None, things: dict) -> list[str]:
    """The addresses that answer this role with a page."""
    known, column = dict(addresses()), ROLES.index(role)
    names = [
        name
        for (name, method), said in TABLE.items()
        if method == "get" and said.split()[column] == "200"
    ]
    return [reverse(n, kwargs={word: things[of] for word, of in known[n].items()}) for n in names]


def carry_session(page: Page, cast: Cast, role: str, address: str) -> None:
    """Sign in without the form, which has tests of its own."""
    client = Client()
    client.force_login(getattr(cast, role))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": address}])


@pytest.mark.parametrize("size", ["phone"], indirect=True)
@pytest.mark.parametrize("role", [None, "mei", "lin"])
def test_every_page_has_no_faults_on_a_phone(
    page: Page, cast: Cast, live_server, role: str | None
) -> None:
    addresses_here = pages_for(role, {**make_things(cast), **WORDS})
    if role:
        carry_session(page, cast, role, live_server.url)
    found = []
    for address in addresses_here:
        page.goto(address)
        wrong = faults(page) + small_targets(page) + ["too wide"] * is_wider_than_screen(page)
        found += [f"{address} {fault}" for fault in wrong]
    assert "\n".join(found) == ""
    assert len(addresses_here) >= (30 if role else 6)
