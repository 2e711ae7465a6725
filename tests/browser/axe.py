"""What axe finds wrong with a page, a line for each."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

measured: set[Page] = set()
"""Pages on which axe is at work: it puts styles into the page, which the CSP rightly refuses."""


def faults(page: Page) -> list[str]:
    measured.add(page)
    found = Axe().run(page, options={"preload": False}).response["violations"]
    page.wait_for_timeout(30)  # lets the messages that axe caused arrive
    measured.discard(page)
    return [
        f"{page.url} {fault['id']}: {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def is_wider_than_screen(page: Page) -> bool:
    """Whether a reader must push the page sideways."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
