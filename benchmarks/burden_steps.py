"""What people do with mulin, step by step, found by what a control does and not by its words."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from benchmarks.burden_walk import Walker

Seen = Callable[[Page], object]
"""What is done with each page on the way, such as a look for its faults."""


@dataclass(frozen=True)
class Added:
    """A row that a unit adds to its list."""

    kind: str
    title: str
    quantity: str


def sign_in(walker: Walker, name: str, password: str = "") -> None:
    from mulin.home.demo.founding import PASSWORD

    walker.page.goto("/desk/")
    walker.type("input[name=login]", name, secret=True)
    walker.type("input[name=password]", password or PASSWORD, secret=True)
    walker.tap("main .button-main")
    walker.page.wait_for_url("**/desk/")


def unseen(page: Page) -> None:
    """Nothing is looked at."""


def publish_all(walker: Walker, *, seen: Seen = unseen) -> None:
    """Publish all that waits for review, page by page."""
    page = walker.page
    page.goto("/lists/review/")
    seen(page)
    while (button := page.locator("button[form=publish-all]:not([formaction])")).count():
        walker.tap(button.first)
        page.wait_for_load_state()


def open_round(walker: Walker, *, title: str, closes_in: int) -> None:
    """Ask all members, as the form proposes it."""
    last = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=closes_in)
    walker.page.goto("/lists/rounds/")
    walker.tap("a[href$='/rounds/new/']")
    walker.type("input[name=title]", title)
    walker.type("input[name=closes_on]", last.isoformat())
    walker.tap("main form .button-firm, main form .button-main")
    walker.page.wait_for_selector("#reminder")


def link_to_answer(walker: Walker, unit: Any) -> str:
    """A unit's personal link, to be pasted into a chat."""
    from mulin.lists.models import Submission

    asked = Submission.objects.get(organisation=unit, sent_at=None)
    walker.tap(f"form[action*='{asked.pk}'] button")
    walker.page.wait_for_load_state()
    return walker.page.locator("textarea[id^=link-]").first.input_value()


def answer_round(
    walker: Walker, address: str, *, rows: int, added: Added, seen: Seen = unseen
) -> None:
    """Say of each row that it is still true, add one, and send."""
    page = walker.page
    walker.follow(address)
    seen(page)
    for _ in range(rows):
        walker.tap("button[name=do][value=confirm]")
        page.wait_for_load_state()
    add = page.locator("form:has(input[name=do][value=add])")
    if not add.is_visible():
        walker.tap("summary.button")
    walker.tap(add.locator(f"input[name=kind][value={added.kind}]"))
    walker.type(add.locator("[name=title]"), added.title)
    walker.type(add.locator("[name=quantity_text]"), added.quantity)
    walker.tap("button[name=do][value=send]")  # what was typed goes with it
    page.wait_for_selector(".panel")


def propose(walker: Walker) -> None:
    walker.page.goto("/lists/proposals/")
    walker.tap("form[action$='/work-out/'] button")
    walker.page.wait_for_selector("#open")


def join_like_request(walker: Walker, need: Any, like: Any, *, seen: Seen = unseen) -> None:
    """Two communities ask for the same on one road: from the item's page, make it one."""
    walker.page.goto(f"/lists/items/{need.pk}/")
    form = "form[action$='/review/merge/']"
    walker.tap("a[href$='/same/']")
    seen(walker.page)
    walker.tap(f"{form} input[value='{like.pk}']")
    walker.tap(f"{form} button:not([formaction])")
    walker.page.wait_for_load_state()


def send_proposal(walker: Walker, need: Any) -> Any:
    """Open a need's proposal and send it to both sides; returns the claim."""
    from mulin.lists.models import Claim

    walker.page.goto("/lists/proposals/")
    if not walker.page.locator(f"#open a[href$='/items/{need.pk}/']").count():
        while not (line := walker.page.locator(f"a[href^='?open={need.pk}']")).count():
            walker.tap("a[href*='proposals=more']")
        walker.tap(line.first)
    walker.tap("#open .button-main")
    walker.page.wait_for_load_state()
    return Claim.objects.filter(need=need).select_related("need", "organisation")[0]


def agree_on_desk(walker: Walker, claim: Any, *, seen: Seen = unseen) -> None:
    walker.page.goto("/desk/")
    seen(walker.page)
    walker.tap(f"form[action$='/claims/{claim.pk}/confirm/'] button")
    walker.page.wait_for_load_state()


def write_progress(walker: Walker, project: Any, words: str) -> None:
    walker.page.goto(f"/projects/{project.pk}/")
    walker.tap("#note > summary")
    walker.type("#note textarea", words)
    walker.tap("#note button")
    walker.page.wait_for_load_state()


def report_done(walker: Walker, project: Any, words: str) -> None:
    """The date by which those who asked answer is left to the default."""
    walker.page.goto(f"/projects/{project.pk}/")
    walker.tap("#done > summary")
    walker.type("#done textarea", words)
    walker.tap("#done button")
    walker.page.wait_for_load_state()


def link_to_accept(walker: Walker, project: Any, need: Any) -> str:
    """A personal link for the unit that asked, from the coordinator of its side."""
    acceptance = project.acceptances.get(organisation=need.organisation)
    walker.page.goto(f"/projects/{project.pk}/")
    walker.tap(f"form[action$='/acceptance/{acceptance.pk}/link/'] button")
    walker.page.wait_for_load_state()
    return walker.page.locator("textarea").filter(has_text=re.compile("/answer/")).input_value()


def accept_by_link(walker: Walker, address: str, *, seen: Seen = unseen) -> None:
    walker.follow(address)
    seen(walker.page)
    walker.tap("form:has(input[value=accepted]) button")
    walker.page.wait_for_load_state()


def story_of(walker: Walker, project: Any) -> dict[str, Any]:
    """What the project's page tells to whoever reads it, in order."""
    page = walker.page
    page.goto(f"/projects/{project.pk}/")
    lines = [" ".join(words.split()) for words in page.locator(".story li").all_inner_texts()]
    answers = [
        " ".join(words.split()) for words in page.locator("#acceptances tr").all_inner_texts()
    ]
    return {"story": lines, "answers": answers}
