"""Server time and query counts of the main pages at the size of a large alliance; JSON lines."""

import json
import os
import random
import statistics
import tempfile
import time
from datetime import timedelta

ORGANISATIONS = 150
ITEMS_A_YEAR = 3_000
YEARS = 5
WAITING = 300
RUNS = 30
WHAT = ("加装扶手", "路灯不亮", "停车位不够", "充电桩", "义诊", "辅导功课", "会议室", "讲座")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder:
        os.environ["MULIN_DATABASE"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["MULIN_VAR"] = folder
        os.makedirs(f"{folder}/static")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        measure()


def measure() -> None:
    from django.urls import reverse

    from mulin.lists.models import Item

    people = build()
    item = Item.objects.published().filter(taken=0).first()
    pages = {
        "desk": reverse("home:desk"),
        "our alliance": reverse("home:alliance"),
        "needs": reverse("lists:needs"),
        "needs, searched": reverse("lists:needs") + "?q=扶手",
        "resources": reverse("lists:resources"),
        "item": reverse("lists:item", args=[item.pk]),
        "review": reverse("lists:review"),
        "projects": reverse("projects:projects"),
    }
    for role, person in people.items():
        for name, address in pages.items():
            if name == "review" and role != "coordinator":
                continue
            print(json.dumps({"page": name, "role": role} | timed(person, address)), flush=True)


def timed(person, address: str) -> dict:
    """Median and p95 of the server's wall and processor milliseconds, warm, and the queries."""
    from django.db import connection
    from django.test import Client

    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    queries: list[str] = []

    def count(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        status = client.get(address, HTTP_HOST="localhost").status_code
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        client.get(address, HTTP_HOST="localhost")
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return {
        "status": status,
        "queries": len(queries),
        "ms": round(statistics.median(walls), 1),
        "ms_p95": round(sorted(walls)[int(0.95 * RUNS)], 1),
        "cpu_ms": round(statistics.median(cpus), 1),
    }


def build() -> dict:
    """A made-up alliance with five years of items, their history, and two people who read it."""
    from mulin.alliance.models import Organisation
    from tests.factories.cast import join, make_cast, make_organisation

    cast = make_cast()
    units = [cast.member]
    for number in range(ORGANISATIONS):
        side = (cast.lead, cast.other_side)[number % 2]
        unit = make_organisation(
            f"示例{number}社区", kind=Organisation.Kind.COMMUNITY, parent=side.organisation
        )
        join(cast.alliance, unit, side=side)
        units.append(unit)
    fill(cast.alliance, units)
    return {"coordinator": cast.lin, "liaison": cast.mei}


def fill(alliance, units: list) -> None:
    from django.utils import timezone

    from mulin.history.models import Event, Words
    from mulin.lists.models import Item
    from mulin.search.actions import index
    from mulin.search.entries import Entry

    chance, today = random.Random(1), timezone.localdate()
    items = []
    for number in range(ITEMS_A_YEAR * YEARS):
        age = number // ITEMS_A_YEAR
        kind = (Item.Kind.NEED, Item.Kind.RESOURCE)[number % 2]
        state = Item.State.PUBLISHED if age == 0 else Item.State.EXPIRED
        waiting = age == 0 and number < WAITING
        items.append(
            Item(
                alliance=alliance,
                kind=kind,
                number="" if waiting else f"{kind[:2]}-{number}",
                state=Item.State.SUBMITTED if waiting else state,
                title=f"{chance.choice(WHAT)}，{number % 90}号楼",
                organisation=units[number % len(units)],
                asked_on=today - timedelta(days=365 * age + number % 300),
            )
        )
    Item.objects.bulk_create(items, batch_size=1000)
    now = timezone.now()
    events = Event.objects.bulk_create(
        [
            Event(
                verb=verb,
                happened_at=now,
                scope=alliance.pk,
                kind="item",
                subject=item.pk,
                audience="alliance",
                digest="0" * 64,
            )
            for item in items
            for verb in ("submitted", "published")
        ],
        batch_size=1000,
    )
    Words.objects.bulk_create(
        [Words(event=event, label="示例", salt="0") for event in events], batch_size=1000
    )
    index(Entry(item.pk, alliance.pk, item.kind, item.title) for item in items)


if __name__ == "__main__":
    main()
