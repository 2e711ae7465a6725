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


SMALL = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.unseen, .skip'))
  .filter(e => !(e.tagName === 'A' && getComputedStyle(e).display === 'inline'))
  .filter(e => !['checkbox', 'radio', 'hidden'].includes(e.type))
  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width > 1 && box.height < 43.5)
  .map(([box, html]) => `${html} is ${box.height} px high`)"""


def small_targets(page: Page) -> list[str]:
    """What a finger could miss: less than 44 px high, links inside sentences left out."""
    return page.evaluate(SMALL)
