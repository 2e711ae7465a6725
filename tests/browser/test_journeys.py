"""What people come for, in Chromium: a liaison's link, and a sheet that becomes a project."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from benchmarks import burden_steps as steps
from benchmarks.burden_walk import Walker
from mulin.alliance.models import Organisation, Post
from mulin.lists.actions.rounds import open_round, personal_path
from mulin.lists.models import Category, Item
from mulin.projects.models import Project
from tests.browser.axe import faults, is_wider_than_screen
from tests.factories.cast import Cast, join, make_organisation, make_person
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


@pytest.fixture
def walker(page: Page) -> Walker:
    return Walker(page)


@pytest.fixture
def street(cast: Cast) -> Cast:
    """The cast with a second community, and a firm of the other side whose liaison is He."""
    Category.objects.create(alliance=cast.alliance, code="K10", name="法律咨询与调解")
    second = make_organisation("东街第二社区", parent=cast.lead.organisation)
    firm = make_organisation("示例律所", kind=Organisation.Kind.ENTERPRISE)
    join(cast.alliance, second, side=cast.lead)
    join(cast.alliance, firm, side=cast.other_side)
    make_person("he", firm, Post.Role.LIAISON)
    make_person("yu", second, Post.Role.LIAISON)
    return cast


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
    become(walker, "lin")
    bring(walker, sheet(tmp_path, "需求.xlsx", ROWS))
    whole(walker.page)
    walker.tap(".cell-rejected button[value='不限期']")
    take_in(walker)
    whole(walker.page)
    bring(walker, sheet(tmp_path, "资源.xlsx", OFFERS))
    take_in(walker)
    steps.publish_all(walker, seen=whole)
    need, like = Item.objects.needs().order_by("source_row")
    steps.join_like_request(walker, need, like, seen=whole)
    steps.propose(walker)
    whole(walker.page)
    claim = steps.send_proposal(walker, need)
    project = agree(walker, claim)
    finish(walker, project, need)


def agree(walker: Walker, claim) -> Project:
    """Both sides say yes on their desks."""
    for name in ("he", "mei"):
        become(walker, name)
        steps.agree_on_desk(walker, claim, seen=whole)
    claim.refresh_from_db()
    return claim.project


def finish(walker: Walker, project: Project, need: Item) -> None:
    """Work, report, accept by a link, wait for who stays silent, and read the story."""
    from benchmarks.burden_journey import let_days_pass

    become(walker, "he")
    steps.write_progress(walker, project, "已约好时间")
    steps.report_done(walker, project, "第一次已来")
    whole(walker.page)
    become(walker, "lin")
    link = steps.link_to_accept(walker, project, need)
    walker.page.context.clear_cookies()
    steps.accept_by_link(walker, link, seen=whole)
    let_days_pass(15)
    become(walker, "mei")
    told = steps.story_of(walker, project)
    whole(walker.page)
    project.refresh_from_db()
    assert project.state == Project.State.CLOSED
    assert "东街第二社区" in told["story"][-1]  # silent, and named as silent
    assert project.owners.count() == 2
