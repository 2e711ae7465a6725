"""What people come for, in Chromium: a liaison's link, and a sheet that becomes a project."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from benchmarks import burden_steps as steps
from benchmarks.burden_journey import let_days_pass
from benchmarks.burden_walk import Walker
from mulin.lists.actions.rounds import open_round, personal_path
from mulin.lists.models import Claim, Item
from mulin.projects.models import Project
from tests.browser.axe import faults, is_wider_than_screen
from tests.factories.cast import Cast
from tests.factories.things import SOON, make_item

ROWS = (
    ("序号", "提出单位", "需求内容", "类别", "数量", "完成时限"),
    ("1", "东街第一", "请律师每月来坐班", "法律咨询与调解", "每月1次", "长期"),
    ("2", "东街第二社区", "想请律师坐班", "法律咨询与调解", "每月1次", "尽快"),
)
OFFERS = (
    ("单位", "能提供什么", "类别", "数量"),
    ("示例律所", "律师免费坐班咨询", "法律咨询与调解", "每月1次"),
)


def sheet(folder: Path, name: str, rows: tuple) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def become(walker: Walker, name: str) -> None:
    walker.page.context.clear_cookies()
    steps.sign_in(walker, name, name * 4)


def whole(page: Page) -> None:
    """Nothing that axe finds, and nothing that runs off the screen."""
    assert "\n".join(faults(page)) == ""
    assert not is_wider_than_screen(page), page.url


def test_liaison_answers_a_round_from_a_chat(walker: Walker, cast: Cast) -> None:
    for title in ("加装扶手", "路灯不亮", "请人教剪纸"):
        make_item(cast, title=title)
    asked = open_round(
        cast.alliance, by=cast.lin, title="清单核对", closes_on=SOON, organisations=[cast.member]
    )
    link = personal_path(asked.submissions.get(), cast.mei)
    offer = steps.Added("resource", "周末借出厨房", "2个灶台")
    steps.answer_round(walker, link, rows=3, added=offer, seen=whole)
    whole(walker.page)
    assert walker.did.taps <= 12
    waiting = Item.objects.filter(state="submitted").values_list("title", flat=True)
    assert set(waiting) == {"加装扶手", "路灯不亮", "请人教剪纸", "周末借出厨房"}


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
def test_sheet_is_corrected_by_keyboard(walker: Walker, street: Cast, tmp_path: Path) -> None:
    page = walker.page
    become(walker, "lin")
    bring(walker, sheet(tmp_path, "需求.xlsx", ROWS))
    page.locator("td[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.locator("td.cell-rejected").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cell-rejected button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("td.cell-rejected")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("form[action$='/take-in/'] button")).to_be_focused()


def bring(walker: Walker, path: Path) -> None:
    walker.page.goto("/lists/import/")
    walker.page.locator("input[name=file]").set_input_files(path)
    walker.tap("main form .button-main")
    walker.page.wait_for_selector(".cells")


def take_in(walker: Walker) -> None:
    walker.tap("form[action$='/take-in/'] button")
    walker.page.wait_for_selector("form[action$='/undo/']")


def test_sheets_become_a_closed_project(walker: Walker, street: Cast, tmp_path: Path) -> None:
    told = sheets_become_a_closed_project(walker, tmp_path, seen=whole)
    project = Project.objects.get()
    assert project.state == Project.State.CLOSED
    assert "东街第二社区" in told["story"][-1]  # silent, and named as silent
    assert project.owners.count() == 2


def sheets_become_a_closed_project(walker: Walker, folder: Path, *, seen: steps.Seen) -> dict:
    """Lin takes in two sheets and proposes; both sides agree, work, accept; returns the story."""
    page = walker.page
    become(walker, "lin")
    bring(walker, sheet(folder, "需求.xlsx", ROWS))
    seen(page)
    walker.tap(".cell-rejected button[value='不限期']")
    take_in(walker)
    seen(page)
    bring(walker, sheet(folder, "资源.xlsx", OFFERS))
    take_in(walker)
    steps.publish_all(walker, seen=seen)
    need, like = Item.objects.needs().order_by("source_row")
    steps.join_like_request(walker, need, like, seen=seen)
    steps.propose(walker)
    seen(page)
    claim = steps.send_proposal(walker, need)
    return finish(walker, agree(walker, claim, seen), need, seen)


def agree(walker: Walker, claim: Claim, seen: steps.Seen) -> Project:
    """Both sides say yes on their desks."""
    for name in ("he", "mei"):
        become(walker, name)
        steps.agree_on_desk(walker, claim, seen=seen)
    claim.refresh_from_db()
    assert claim.project
    return claim.project


def finish(walker: Walker, project: Project, need: Item, seen: steps.Seen) -> dict:
    """Work, report, accept by a link, wait for who stays silent, and read the story."""
    become(walker, "he")
    steps.write_progress(walker, project, "已约好时间")
    steps.report_done(walker, project, "第一次已来")
    seen(walker.page)
    become(walker, "lin")
    link = steps.link_to_accept(walker, project, need)
    walker.page.context.clear_cookies()
    steps.accept_by_link(walker, link)
    let_days_pass(15)
    become(walker, "mei")
    told = steps.story_of(walker, project)
    seen(walker.page)
    return told
