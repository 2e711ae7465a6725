"""From ten messy sheets to a closed project, by everybody who takes part in it."""

import datetime
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from benchmarks.burden_import import bring
from benchmarks.burden_sheets import Desk, Sent
from benchmarks.burden_steps import (
    Added,
    accept_by_link,
    agree_on_desk,
    answer_round,
    join_like_request,
    link_to_accept,
    link_to_answer,
    open_round,
    propose,
    publish_all,
    report_done,
    send_proposal,
    sign_in,
    story_of,
    write_progress,
)
from benchmarks.burden_truth import published
from benchmarks.burden_walk import DESK, PHONE, Walker, Watch, walker_at

OFFER = Added("resource", "周末借出社区厨房教做馒头", "2个灶台")


class Journey:
    """One alliance, one browser, and the people who walk through both."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.people: dict[str, Walker] = {}

    def person(self, role: str, username: str = "", size: Any = PHONE) -> Walker:
        """A walker of their own, signed in unless they come by a link."""
        database = self.folder / "mulin.sqlite3"
        walker = walker_at(self.browser, self.url, size, database)
        self.people[role] = walker
        if username:
            sign_in(walker, username)
        return walker

    def walk(self, args: Any) -> dict[str, Any]:
        sheets = self.folder / "sheets"
        sheets.mkdir()
        sent = Desk(sheets, args.seed).write_all()[: args.sheets]
        coordinator = self.person("coordinator", "honggang", DESK)
        result = {
            "coordinator": self.take_in(coordinator, sent, show=args.show),
            "liaison": self.collect(coordinator),
            "project": self.to_closed_project(coordinator),
        }
        typed = [words for one in self.people.values() for words in one.did.typed]
        twice = [words for one in self.people.values() for words in one.did.twice]
        return result | {
            "facts": {"typed": len(typed), "typed_twice": len(twice), "which": twice},
            "taps_per_role": {role: one.did.taps for role, one in self.people.items()},
            "faults": [fault for one in self.people.values() for fault in one.did.faults],
        }

    def take_in(self, coordinator: Walker, sent: list[Sent], *, show: bool) -> dict[str, Any]:
        """Ten sheets, corrected and published."""
        with Watch() as watch:
            for one in sent:
                bring(coordinator, one)
            publish_all(coordinator)
        did = coordinator.did
        return {
            "sheets": len(sent),
            "corrections": len(did.corrections),
            "likenesses_shown": did.likenesses,
            "likenesses_accepted": did.merges,
            "taps": did.taps,
            "seconds": watch.seconds,
            "personal_details_sent": sum(len(one.secrets) for one in sent),
            "personal_details_kept": self._kept([s for one in sent for s in one.secrets]),
            "published": published(sent),
            **({"made": did.corrections} if show else {}),
        }

    def _kept(self, secrets: list[str]) -> list[str]:
        """Which of the invented people and numbers lie anywhere in the database's files."""
        stored = b"".join(path.read_bytes() for path in self.folder.glob("mulin.sqlite3*"))
        ways = {secret: (secret.encode(), json.dumps(secret)[1:-1].encode()) for secret in secrets}
        return sorted(one for one, ways in ways.items() if any(way in stored for way in ways))

    def collect(self, coordinator: Walker) -> dict[str, Any]:
        """A round, a personal link in a chat, and a liaison with a phone who answers by it."""
        unit = unit_with_rows(3)
        open_round(coordinator, title="下一年度清单核对", closes_in=14)
        address = link_to_answer(coordinator, unit)
        liaison = self.person("liaison by link")
        with Watch() as watch:
            answer_round(liaison, address, rows=3, added=OFFER)
        return {"taps": liaison.did.taps, "seconds": watch.seconds}

    def to_closed_project(self, coordinator: Walker) -> dict[str, Any]:
        """Propose, agree, work, accept; one unit that asked stays silent."""
        with Watch() as watch:
            need = need_of_two_communities(coordinator)
            claim = send_proposal(coordinator, need)
            provider = self.person("provider", who_answers(claim.organisation))
            asker = self.person("asker", who_answers(claim.need.organisation))
            agree_on_desk(provider, claim)
            agree_on_desk(asker, claim)
            claim.refresh_from_db()
            write_progress(provider, claim.project, "材料到了，星期三开工")
            report_done(provider, claim.project, "全部做完，现场拍了照")
            address = link_to_accept(self.coordinator_of(claim.need), claim.project, need)
            accept_by_link(self.person("asker by link"), address)
            let_days_pass(15)
            claim.project.refresh_from_db()
            told = story_of(coordinator, claim.project)
        return {
            "closed": claim.project.state == "closed",
            "owners": claim.project.owners.count(),
            "due_on": claim.project.due_on.isoformat(),
            "asked": claim.project.askers.count(),
            "seconds": watch.seconds,
            **told,
        }

    def coordinator_of(self, need: Any) -> Walker:
        """Only the coordinator of the side that asked may hand out a link to accept by."""
        from mulin.alliance.queries import coordinators_of, side_of

        name = coordinators_of(side_of(need.organisation, need.alliance))[0].username
        if name == "honggang":
            return self.people["coordinator"]
        return self.person("other side's coordinator", name, DESK)


def unit_with_rows(count: int) -> Any:
    """A unit with exactly so many published items, none of them taken."""
    from django.db.models import Count

    from mulin.alliance.models import Organisation
    from mulin.lists.models import Item

    listed = Item.objects.filter(state=Item.State.PUBLISHED).order_by()
    units = listed.values("organisation").annotate(n=Count("pk")).filter(n=count)
    return Organisation.objects.filter(pk__in=units.values("organisation")).order_by("name")[0]


def need_of_two_communities(coordinator: Walker) -> Any:
    """Join two communities' requests for the same, until the one that results has a proposal."""
    from mulin.lists.models import Proposal

    propose(coordinator)
    for need, like in proposed_with_like():
        join_like_request(coordinator, need, like)
        propose(coordinator)
        if Proposal.objects.filter(need=need, state=Proposal.State.OPEN).exists():
            return need
    raise RuntimeError("no proposed need is asked for by two communities")


def proposed_with_like() -> list[tuple[Any, Any]]:
    """Needs that have a proposal, each with another community's need of the same words."""
    from mulin.lists.models import Item, Proposal

    found = {}
    for proposal in Proposal.objects.filter(state=Proposal.State.OPEN).select_related("need"):
        need = proposal.need
        others = Item.objects.filter(
            kind=need.kind, state=Item.State.PUBLISHED, title=need.title, taken=0
        ).exclude(organisation=need.organisation)
        if like := others.first():
            found[need.pk] = (need, like)
    return list(found.values())


def who_answers(unit: Any) -> str:
    from mulin.alliance.queries import people_answering_for

    return people_answering_for(unit)[0].username


def let_days_pass(days: int) -> None:
    """Move this process's clock on and let the scheduled work run, as the server's would then."""
    from mulin.home.demo.clock import days_ago
    from mulin.projects.actions import close_due_acceptances

    with days_ago(-days):
        close_due_acceptances()


def in_days(days: int) -> str:
    from django.utils import timezone

    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


def journey(browser: Browser, url: str, folder: Path, args: Any) -> dict[str, Any]:
    return Journey(browser, url, folder).walk(args)
