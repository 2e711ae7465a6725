"""A made-up alliance at the size of a large one: 150 units and five years of lists and projects."""

import random
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from mulin.alliance.models import Alliance, Organisation, Post, Side
from mulin.history.models import Event, Words
from mulin.lists.models import Claim, CollectionRound, Item, MatchRun, Proposal, Submission
from mulin.projects.models import Acceptance, Asker, Note, Owner, Project
from mulin.search.actions import index
from mulin.search.entries import Entry
from tests.factories.cast import Cast, join, make_cast, make_organisation, make_person

ORGANISATIONS = 150
ITEMS_A_YEAR = 3_000
REQUESTS_A_YEAR = 10_000
YEARS = 5
WAITING = 300
PROPOSED = 100
WHAT = ("加装扶手", "路灯不亮", "停车位不够", "充电桩", "义诊", "辅导功课", "会议室", "讲座")


def build() -> dict:
    """Fill the empty database; the two people who read the pages, by role."""
    cast, chance = make_cast(), random.Random(1)
    units = [cast.member, *(_unit(cast, number) for number in range(ORGANISATIONS))]
    for age in range(YEARS):
        items = _year_of_items(cast.alliance, units, age)
        needs = [item for item in items if item.is_need and item.state != Item.State.SUBMITTED]
        resources = [item for item in items if not item.is_need]
        _merge_requests(needs, chance)
        _agree(needs[::2], resources, cast, age)
        _collect(cast.alliance, units, age)
    _propose(cast.alliance)
    return {"coordinator": cast.lin, "liaison": cast.mei}


def _unit(cast: Cast, number: int) -> Organisation:
    side = (cast.lead, cast.other_side)[number % 2]
    community = Organisation.Kind.COMMUNITY
    unit = make_organisation(f"示例{number}社区", kind=community, parent=side.organisation)
    join(cast.alliance, unit, side=side)
    make_person(f"liaison{number}", unit, Post.Role.LIAISON)
    return unit


def _year_of_items(alliance: Alliance, units: list[Organisation], age: int) -> list[Item]:
    """This year's are published, 300 of them still to be reviewed; older ones have expired."""
    chance, today = random.Random(age), timezone.localdate()
    items = []
    for number in range(ITEMS_A_YEAR):
        kind = (Item.Kind.NEED, Item.Kind.RESOURCE)[number % 2]
        state = Item.State.EXPIRED if age else Item.State.PUBLISHED
        waiting = not age and number < WAITING
        items.append(
            Item(
                alliance=alliance,
                kind=kind,
                number="" if waiting else f"{kind[:2]}-{age}-{number}",
                state=Item.State.SUBMITTED if waiting else state,
                title=f"{chance.choice(WHAT)}，{number % 90}号楼",
                organisation=units[number % len(units)],
                amount=Decimal(2),
                asked_on=today - timedelta(days=365 * age + number % 300),
            )
        )
    Item.objects.bulk_create(items, batch_size=1000)
    _tell(alliance, [(item, verb) for item in items for verb in ("submitted", "published")])
    index(Entry(item.pk, alliance.pk, item.kind, item.title) for item in items)
    return items


def _merge_requests(needs: list[Item], chance: random.Random) -> None:
    """The other raw requests of the year, each merged into a need."""
    merged = []
    for _ in range(REQUESTS_A_YEAR - ITEMS_A_YEAR // 2):
        into = chance.choice(needs)
        merged.append(
            Item(
                alliance=into.alliance,
                kind=into.kind,
                state=Item.State.MERGED,
                title=into.title,
                organisation=into.organisation,
                asked_on=into.asked_on,
                merged_into=into,
            )
        )
    Item.objects.bulk_create(merged, batch_size=1000)


def _agree(needs: list[Item], resources: list[Item], cast: Cast, age: int) -> None:
    """Every other need is claimed; two in three claims are projects, of older years closed."""
    sides = (cast.lead, cast.other_side)
    today = timezone.localdate() - timedelta(days=365 * age)
    claims, projects = [], []
    for number, need in enumerate(needs):
        claim = _claim(need, resources[number])
        if number % 3:
            claim.project = _project(need, number, age, today)
            projects.append((claim.project, need))
        claims.append(claim)
    Project.objects.bulk_create([project for project, _ in projects], batch_size=1000)
    Claim.objects.bulk_create(claims, batch_size=1000)
    taken = [claim.need for claim in claims] + [c.resource for c in claims if c.resource]
    Item.objects.bulk_update(taken, ["taken"], batch_size=500)
    _answer_for(projects, sides)
    _tell(cast.alliance, [(project, verb) for project, _ in projects for verb in _VERBS])


_VERBS = ("opened", "noted", "delivered", "accepted")


def _claim(need: Item, resource: Item) -> Claim:
    need.taken = resource.taken = Decimal(1)
    now = timezone.now()
    return Claim(
        need=need,
        resource=resource,
        organisation=resource.organisation,
        amount=Decimal(1),
        resource_amount=Decimal(1),
        origin=Claim.Origin.PROVIDER,
        provider_said_yes_at=now,
    )


def _project(need: Item, number: int, age: int, today: date) -> Project:
    states = (Project.State.RUNNING, Project.State.DELIVERED, Project.State.CLOSED)
    state = Project.State.CLOSED if age else states[number % 3]
    return Project(
        alliance=need.alliance,
        number=f"P-{age}-{number}",
        title=need.title,
        state=state,
        due_on=today + timedelta(days=number % 200 - 20),
    )


def _answer_for(projects: list[tuple[Project, Item]], sides: tuple[Side, Side]) -> None:
    """Owners on both sides, a note, the asker and its acceptance where it was reported done."""
    owners, notes, askers, asked = [], [], [], []
    for project, need in projects:
        owners += [
            Owner(project=project, side=side, organisation=side.organisation) for side in sides
        ]
        notes.append(Note(project=project, text="示例：已看过现场。"))
        askers.append(Asker(project=project, organisation=need.organisation))
        if project.state != Project.State.RUNNING:
            done = "accepted" if project.state == Project.State.CLOSED else ""
            asked.append(
                Acceptance(
                    project=project,
                    organisation=need.organisation,
                    answer_by=project.due_on,
                    answer=done,
                )
            )
    for model, rows in ((Owner, owners), (Note, notes), (Asker, askers), (Acceptance, asked)):
        model.objects.bulk_create(rows, batch_size=1000)


def _collect(alliance: Alliance, units: list[Organisation], age: int) -> None:
    """The round of the year; this year's is open and a third of the units haven't answered."""
    round_ = CollectionRound.objects.create(
        alliance=alliance,
        title=f"示例征集 {age}",
        closes_on=timezone.localdate() - timedelta(days=365 * age - 10),
        state=CollectionRound.State.FROZEN if age else CollectionRound.State.OPEN,
        group_token=f"round-{age}",
    )
    now = timezone.now()
    Submission.objects.bulk_create(
        Submission(round=round_, organisation=unit, sent_at=now if age or number % 3 else None)
        for number, unit in enumerate(units)
    )


def _propose(alliance: Alliance) -> None:
    run = MatchRun.objects.create(
        alliance=alliance, state=MatchRun.State.DONE, objective=1, bound=1, gap=0, seconds=1
    )
    open_items = Item.objects.filter(alliance=alliance, taken=0).published()
    pairs = zip(open_items.needs()[:PROPOSED], open_items.resources()[:PROPOSED], strict=True)
    Proposal.objects.bulk_create(
        Proposal(run=run, need=need, resource=resource, amount=Decimal(1))
        for need, resource in pairs
    )


def _tell(alliance: Alliance, told: list) -> None:
    """Bare events of the history for (thing, verb): the pages read them, none is sealed."""
    now = timezone.now()
    events = Event.objects.bulk_create(
        [
            Event(
                verb=verb,
                happened_at=now,
                scope=alliance.pk,
                kind=type(thing)._meta.model_name,
                subject=thing.pk,
                audience="alliance",
                digest="0" * 64,
            )
            for thing, verb in told
        ],
        batch_size=1000,
    )
    Words.objects.bulk_create(
        [Words(event=event, label="示例", salt="0") for event in events], batch_size=1000
    )
