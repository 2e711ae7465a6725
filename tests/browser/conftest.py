"""A real Chromium that fails a test on any console error or breach of the CSP."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from benchmarks.burden_walk import Walker
from tests.browser.axe import measured

# Playwright keeps an event loop in this thread; Django would refuse its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

BROKEN = {404, 500}
NAMES = ("chromium", "chromium-browser", "google-chrome")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LISTEN = """
document.addEventListener('securitypolicyviolation', e =>
    console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "no Chromium: `./run test` installs it, or says how"
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    return {"executable_path": found, "args": [*QUIET, *sandbox]}


@pytest.fixture(params=SIZES)
def size(request) -> str:
    return request.param


@pytest.fixture
def browser_context_args(size, live_server) -> dict:
    return {
        "viewport": SIZES[size],
        "base_url": live_server.url,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "has_touch": size == "phone",
    }


@pytest.fixture
def page(page: Page, size: str) -> Iterator[Page]:
    """The page, at both sizes; what it complains of in its console fails the test."""
    complaints: list[str] = []

    def complain(words: str) -> None:
        if page not in measured:
            complaints.append(f"{page.url}: {words}"[:300])

    page.add_init_script(LISTEN)
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("console", lambda said: complain(said.text) if said.type == "error" else None)
    page.on("response", lambda got: complain(got.url) if got.status in BROKEN else None)
    page.set_default_timeout(10_000)
    yield page
    assert "\n".join(complaints) == ""


@pytest.fixture
def walker(page: Page) -> Walker:
    return Walker(page)


@pytest.fixture
def street(cast):
    """The cast with a second community, and a firm of the other side whose liaison is He."""
    from mulin.alliance.models import Organisation, Post
    from mulin.lists.models import Category
    from tests.factories.cast import join, make_organisation, make_person

    Category.objects.create(alliance=cast.alliance, code="K10", name="法律咨询与调解")
    second = make_organisation("东街第二社区", parent=cast.lead.organisation)
    firm = make_organisation("示例律所", kind=Organisation.Kind.ENTERPRISE)
    join(cast.alliance, second, side=cast.lead)
    join(cast.alliance, firm, side=cast.other_side)
    make_person("he", firm, Post.Role.LIAISON)
    make_person("yu", second, Post.Role.LIAISON)
    return cast
