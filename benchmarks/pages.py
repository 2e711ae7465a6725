"""Server time and query counts of the main pages at the size of a large alliance; JSON lines."""

import json
import os
import statistics
import tempfile
import time

RUNS = 30


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder:
        os.environ["MULIN_DATABASE"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["MULIN_VAR"] = folder
        os.makedirs(f"{folder}/static")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
        from django.core.management import call_command

        import mulin.config.server  # noqa: F401 - prepares the process as the server does

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        measure()


def measure() -> None:
    from django.urls import reverse

    from benchmarks.large_alliance import build
    from mulin.lists.models import Claim, Item

    people = build()
    item = Item.objects.published().filter(taken=0).first()
    claim = Claim.objects.exclude(project=None).select_related("need", "project").last()
    pages = {
        "own settings": reverse("accounts:profile"),
        "desk": reverse("home:desk"),
        "our alliance": reverse("home:alliance"),
        "needs": reverse("lists:needs"),
        "needs, searched": reverse("lists:needs") + "?q=扶手",
        "resources": reverse("lists:resources"),
        "item": reverse("lists:item", args=[item.pk]),
        "item, claimed": reverse("lists:item", args=[claim.need.pk]),
        "review": reverse("lists:review"),
        "proposals": reverse("lists:proposals"),
        "projects": reverse("projects:projects"),
        "project": reverse("projects:project", args=[claim.project.pk]),
        "overview": reverse("home:overview"),
    }
    for role, person in people.items():
        for name, address in pages.items():
            if name in ("review", "proposals") and role != "coordinator":
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


if __name__ == "__main__":
    main()
