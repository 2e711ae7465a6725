"""The honest numbers: each figure has one definition, here, and opens the rows behind it."""

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.alliance.models import Alliance, Membership, Organisation
from mulin.home.year import year_of
from mulin.lists.models import AGES, Item, ItemQuerySet
from mulin.lists.queries.listing import in_tab, listed
from mulin.lists.queries.stages import Stage
from mulin.projects.models import Project, ProjectQuerySet
from mulin.projects.queries import late_projects, promised_between, silences

MONTH, TWO_MONTHS = 30, 60


@dataclass(frozen=True)
class OpenNeeds:
    """Needs on the list and not met, as its first tab shows them, by how long they have waited."""

    count: int
    over_a_month: int
    longest: int
    parts: list[tuple[int, int, str]]

    @property
    def links(self) -> tuple[str, ...]:
        """Where each part's rows are shown."""
        return tuple(f"{reverse('lists:needs')}?age={age}" for age in ("30", "60", "longer"))


def open_needs(alliance: Alliance) -> OpenNeeds:
    unmet = in_tab(listed(alliance, Item.Kind.NEED), "")
    asked = list(unmet.values_list("asked_on", flat=True))
    waited = [max((timezone.localdate() - date).days, 0) for date in asked]
    short, long = (sum(days <= limit for days in waited) for limit in (MONTH, TWO_MONTHS))
    parts = [
        (short, 0, _("up to 30 days")),
        (long - short, 1, _("31 to 60 days")),
        (len(waited) - long, 2, _("over 60 days")),
    ]
    return OpenNeeds(len(waited), len(waited) - short, max(waited, default=0), parts)


def waiting_longest(alliance: Alliance, most: int = 5, most_overdue: int = 30) -> list[Item]:
    """The needs not met that were asked for first; of those waiting too long, many more."""
    unmet = in_tab(listed(alliance, Item.Kind.NEED), "")
    first = unmet.select_related("organisation").order_by("asked_on", "pk")[:most_overdue]
    return [need for at, need in enumerate(first) if at < most or need.age == AGES[-1]]


@dataclass(frozen=True)
class Promises:
    """Projects due this month: met means accepted by those who asked, late means still running."""

    projects: list[Project]
    met: int
    late: int
    waiting: int
    latest: int

    @property
    def not_due(self) -> int:
        return len(self.projects) - self.met - self.late - self.waiting


def promises_due(alliance: Alliance, on: datetime.date | None = None) -> Promises:
    today = on or timezone.localdate()
    last = calendar.monthrange(today.year, today.month)[1]
    due = list(promised_between(alliance, today.replace(day=1), today.replace(day=last)))
    states = [project.look_state for project in due]
    return Promises(
        projects=due,
        met=states.count("done"),
        late=states.count("late"),
        waiting=states.count("checking"),
        latest=max((project.days_late for project in due), default=0),
    )


def public_items(alliance: Alliance, kind: str, *, done: bool = False) -> ItemQuerySet:
    """What the public page shows of a list: published rows, those not done yet or those done."""
    return in_tab(listed(alliance, kind), "done" if done else "").published()


def public_projects(alliance: Alliance, *, done: bool = False) -> ProjectQuerySet:
    """What the public page shows of the projects: those under way, or those closed."""
    projects = Project.objects.filter(alliance=alliance)
    return projects.filter(state=Project.State.CLOSED) if done else projects.running()


def promised_this_year(alliance: Alliance) -> list[Project]:
    """Projects opened in the alliance's year: late ones first, then running, then closed."""
    start, end = year_of(alliance, timezone.localdate())
    rows = Project.objects.filter(alliance=alliance, opened_at__date__range=(start, end))
    order = ["late", "agreed", "checking", "done"]
    kept = rows.exclude(state=Project.State.DROPPED)
    return sorted(kept, key=lambda row: (order.index(row.look_state), -row.days_late, row.due_on))


def project_states(alliance: Alliance) -> list[tuple[str, int]]:
    """How many projects are late, running in time, awaiting acceptance and closed."""
    projects = Project.objects.filter(alliance=alliance)
    states = projects.order_by().values_list("state").annotate(Count("pk"))
    counts: dict[str, int] = dict(states)
    late = projects.late().count()
    return [
        ("late", late),
        ("agreed", counts.get(Project.State.RUNNING, 0) - late),
        ("checking", counts.get(Project.State.DELIVERED, 0)),
        ("done", counts.get(Project.State.CLOSED, 0)),
    ]


@dataclass(frozen=True)
class Late:
    """A late project with the newest reason given, and whose turn it is."""

    project: Project
    reason: str
    mine: bool


def late_in_hands(alliance: Alliance, mine: set) -> list[Late]:
    """Late projects, the longest first; mine: keys of those the reader answers for."""
    rows = []
    for project in late_projects(alliance):
        reasons = [note.text for note in project.notes.all() if note.is_late_reason]
        rows.append(Late(project, reasons[-1] if reasons else "", project.pk in mine))
    return rows


@dataclass
class UnitLine:
    """One unit in the overview; each figure counts the rows that its link opens."""

    unit: Organisation
    open: int = 0
    met: int = 0
    resources: int = 0
    silent: int = 0


def by_unit(alliance: Alliance) -> list[tuple[str, list[UnitLine]]]:
    """Per side, each unit that asked, offered or kept silent: counts of the rows on the lists."""
    lines: dict = {}
    members = Membership.objects.current().filter(alliance=alliance)
    groups: dict[str, list[UnitLine]] = {}
    for member in members.select_related("organisation", "side__organisation"):
        line = lines[member.organisation_id] = UnitLine(member.organisation)
        side = member.side.organisation.name if member.side else _("On neither side")
        groups.setdefault(side, []).append(line)
    _count_items(alliance, lines)
    _count_silence(alliance, lines)
    shown = {
        side: sorted(
            (row for row in rows if row.open or row.met or row.resources or row.silent),
            key=lambda row: (-row.open, row.unit.name),
        )
        for side, rows in sorted(groups.items())
    }
    return [(side, rows) for side, rows in shown.items() if rows]


def _count_items(alliance: Alliance, lines: dict) -> None:
    for kind in Item.Kind:
        items = listed(alliance, kind).exclude(state=Item.State.EXPIRED)
        for body, stage in items.values_list("organisation", "stage"):  # type: ignore[misc]
            if body not in lines:
                continue
            if kind == Item.Kind.RESOURCE:
                lines[body].resources += stage != Stage.MET
            elif stage == Stage.MET:
                lines[body].met += 1
            else:
                lines[body].open += 1


def _count_silence(alliance: Alliance, lines: dict) -> None:
    """Acceptances past their day without an answer."""
    late = silences().filter(project__alliance=alliance)
    for body in late.values_list("organisation", flat=True):
        if body in lines:
            lines[body].silent += 1
