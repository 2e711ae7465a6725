"""Letting the example live: its sheets taken in, merged, published, claimed, and done."""

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import CommandError
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.queries import people_answering_for
from mulin.home.demo.clock import days_ago
from mulin.home.demo.founding import FIXTURES, Founding
from mulin.lists.actions.agreeing import confirm_claim
from mulin.lists.actions.claims import claim_need
from mulin.lists.actions.imports import name_kind, skip_row, start_import, take_in
from mulin.lists.actions.items import publish_item
from mulin.lists.actions.merging import merge_items
from mulin.lists.actions.rounds import open_round
from mulin.lists.models import Claim, ImportBatch, ImportRow, Item
from mulin.projects import actions
from mulin.projects.models import Acceptance, Project

# file, whose coordinator takes it in, the unit of rows that name none, days ago, published or not
SHEETS = (
    ("01-红钢城需求汇总.xlsx", "honggang", "", "need", 74, True),
    ("02-新沟桥各社区需求.docx", "xingou", "", "need", 56, True),
    ("03-成员单位资源清单.xlsx", "honggang", "", "resource", 71, True),
    ("04-场地人才.csv", "xingou", "", "resource", 70, True),
    ("05-群里发的.txt", "xingou", "新桥社区", "need", 3, False),
    ("06-需求清單（繁體）.xlsx", "honggang", "", "need", 20, True),
    ("07-资源（一格多条）.xlsx", "honggang", "", "resource", 20, True),
)
TO_BE_CHECKED = "08-还要改的.xlsx"

# need, unit that does it, what it does, agreed days ago, due in days
AGREED = (
    ("楼道加装扶手", "示例绿岛养老服务中心", "出扶手12副，并教老人使用", 60, -22),
    ("添置晾衣架", "示例新桥物业服务有限公司", "出工安装", 40, -2),
    ("补齐路灯", "示例新桥物业服务有限公司", "出工，换灯杆", 45, -23),
    ("充电棚", "示例科苑物业服务有限公司", "出图纸和工", 38, -3),
    ("阅读角", "示例向阳书店", "出书200册", 25, 14),
    ("无障碍坡道", "示例科苑物业服务有限公司", "砌坡道、装护栏", 35, 3),
    ("消防夜查", "示例和悦消防救援站", "两组人夜查", 55, -25),
    ("律师每月来", "示例春晖律师事务所", "每月第一个周三", 50, -5),
    ("长椅", "武汉印象城", "捐6张长椅", 18, 9),
    ("量血压", "示例春晖社区卫生服务中心", "每月两次下社区", 40, -12),
)
OFFERED = (("声控灯", "示例新桥物业服务有限公司", 4), ("手机课", "青山区图书馆", 2))


class Living:
    """Carries the alliance through its last weeks."""

    def __init__(self, founding: Founding) -> None:
        self.founding, self.alliance = founding, founding.alliance
        self.coordinator = founding.people["honggang"]

    def live(self) -> None:
        for name, who, unit, kind, days, published in SHEETS:
            self._take_in(name, who, unit, kind, days, published)
        self._merge("楼道加装扶手", "楼道装扶手", 66)
        self._merge("量血压", "医生每月来坐坐", 52)
        for row in AGREED:
            self._agree(*row)
        for title, unit, days in OFFERED:
            with days_ago(days):
                self._claim(title, unit, "")
        self._work()
        self._ask_for_lists()
        with days_ago(1):
            self._start(TO_BE_CHECKED, self.founding.people["xingou"], "")

    def need(self, words: str) -> Item:
        found = Item.objects.filter(kind="need", title__contains=words, merged_into=None).first()
        if not found:
            raise CommandError(f"示例清单里没有认出“{words}”")
        return found

    def project(self, words: str) -> Project:
        return Project.objects.get(title__contains=words)

    def _start(self, name: str, by: Person, unit: str) -> ImportBatch:
        content = (FIXTURES / "sheets" / name).read_bytes()
        body = self.founding.bodies.get(unit)
        if name.endswith(".txt"):
            text = content.decode()
            return start_import(self.alliance, by=by, text=text, organisation=body)
        file = SimpleUploadedFile(name, content)
        return start_import(self.alliance, by=by, file=file, organisation=body)

    def _take_in(
        self, name: str, who: str, unit: str, kind: str, days: int, published: bool
    ) -> None:
        by = self.founding.people[who]
        with days_ago(days):
            batch = self._start(name, by, unit)
            for table in batch.tables.filter(kind="unknown"):
                name_kind(table, by=by, kind=kind)
            for row in ImportRow.objects.filter(table__batch=batch, rejected__gt=0):
                skip_row(row, by=by, skipped=True)
            take_in(batch, by=by)
        if published:
            with days_ago(days - 2):
                for item in Item.objects.filter(batch=batch, state=Item.State.SUBMITTED):
                    publish_item(item, by=by)

    def _merge(self, into: str, other: str, days: int) -> None:
        with days_ago(days):
            merge_items(self.need(into), items=[self.need(other)], by=self.coordinator)

    def _claim(self, title: str, unit: str, note: str) -> Claim:
        body, need = self.founding.bodies[unit], self.need(title)
        offered = Item.objects.resources().published().filter(organisation=body)
        resource = next((one for one in offered if one.left >= need.amount), None)
        claim = claim_need(
            need,
            by=people_answering_for(body)[0],
            organisation=body,
            amount=need.amount,
            note=note,
            resource=resource,
            resource_amount=need.amount,
        )
        Claim.objects.filter(pk=claim.pk).update(made_at=timezone.now())
        return claim

    def _agree(self, title: str, unit: str, does: str, days: int, due: int) -> None:
        with days_ago(days + 5):
            claim = self._claim(title, unit, does)
        due_on = timezone.localdate() + datetime.timedelta(days=due)
        with days_ago(days):
            person = people_answering_for(claim.need.organisation)[0]
            confirm_claim(claim, by=person, side="asker", due_on=due_on)

    def _work(self) -> None:
        """The projects in every state: closed, objected and mended, late, silent, waiting."""
        self._deliver("楼道加装扶手", 26, "12处都装好了，材料单在社区。", 14)
        self._answer("楼道加装扶手", "三街社区", 24, "2号楼三层那两根还晃。")
        self._deliver("楼道加装扶手", 22, "两根已加固，请再看看。", 14)
        self._answer("楼道加装扶手", "六街社区", 21, "现在下楼心里有底。", yes=True)
        self._answer("楼道加装扶手", "三街社区", 19, "不晃了。", yes=True)
        self._deliver("消防夜查", 30, "查了3个小区，隐患清单已交社区。", 14)
        self._answer("消防夜查", "青扬社区", 28, "查得细。", yes=True)
        self._deliver("量血压", 25, "已经来了两次。", 14)
        self._answer("量血压", "馨园社区", 20, "不用坐三站车了。", yes=True)
        with days_ago(10):
            actions.close_due_acceptances()
        self._deliver("律师每月来", 20, "第一次已来。", 14)
        self._deliver("添置晾衣架", 12, "4处装好了。", 14)
        self._deliver("无障碍坡道", 9, "坡道砌好了。", 14)
        self._answer("无障碍坡道", "六街社区", 7, "护栏还没装。")
        self._late()

    def _late(self) -> None:
        with days_ago(26):
            project = self.project("补齐路灯")
            actions.explain_delay(
                project,
                by=people_answering_for(self.founding.bodies["示例新桥物业服务有限公司"])[0],
                reason="灯杆等货。",
                new_due_on=project.due_on + datetime.timedelta(days=14),
            )
        with days_ago(6):
            project = self.project("阅读角")
            person = people_answering_for(self.founding.bodies["示例向阳书店"])[0]
            actions.note_progress(project, by=person, text="书架到了，书在挑。")
        with days_ago(2):
            actions.supervise(
                self.project("充电棚"),
                by=self.founding.people["supervisor"],
                text="过期没有说明，请写一句原因和新的日子。",
            )

    def _deliver(self, title: str, days: int, words: str, answer_days: int) -> None:
        with days_ago(days):
            project = self.project(title)
            owner = project.owners.exclude(does="")[0]
            person = owner.person or people_answering_for(owner.organisation)[0]
            by = timezone.localdate() + datetime.timedelta(days=answer_days)
            actions.report_done(project, by=person, words=words, answer_by=by)

    def _answer(self, title: str, unit: str, days: int, words: str, yes: bool = False) -> None:
        with days_ago(days):
            body = self.founding.bodies[unit]
            asked = Acceptance.objects.get(
                project=self.project(title), organisation=body, answer="", ended_at=None
            )
            actions.answer_acceptance(
                asked,
                by=people_answering_for(body)[0],
                answer="accepted" if yes else "objected",
                words=words,
            )

    def _ask_for_lists(self) -> None:
        with days_ago(8):
            names = (
                "示例绿岛养老服务中心",
                "示例光明菜场",
                "示例同心中学",
                "二街社区",
                "临江港湾社区",
            )
            open_round(
                self.alliance,
                by=self.coordinator,
                title="本季度清单征集（示例）",
                closes_on=timezone.localdate() + datetime.timedelta(days=14),
                organisations=[self.founding.bodies[name] for name in names],
                message="请核对去年的条目，补上新的。",
            )
