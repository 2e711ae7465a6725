"""A 10,000-row sheet read, taken in and undone while another process keeps writing; JSON lines."""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 10_000
HEAD = (
    "序号", "提出单位", "需求内容", "详细说明", "类别", "服务对象", "地点", "数量", "时间",
    "完成时限", "条件", "备注",
)  # fmt: skip
WHAT = (
    "加装扶手",
    "路灯不亮",
    "停车位不够",
    "充电桩",
    "义诊",
    "辅导功课",
    "健身器材坏了",
    "下水道堵塞",
)
PAUSE = 0.01
IDLE = 4


def main() -> None:
    if "--writer" in sys.argv:
        return write_until_told()
    with tempfile.TemporaryDirectory(prefix="mulin-bench-") as folder:
        os.environ.setdefault("MULIN_DATABASE", f"sqlite:///{folder}/bench.sqlite3")
        measure(Path(folder))


def ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulin.config.settings")
    import django

    django.setup()


def measure(folder: Path) -> None:
    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    alliance, person, units = cast()
    path = make_sheet(folder / "needs.xlsx", units)
    few = make_sheet(folder / "few.xlsx", units, rows=20)
    run(alliance, person, few)  # a server has shown its pages before
    with others(folder, writing=True) as waits:
        time.sleep(IDLE)
    print(json.dumps({"run": "others write, nobody imports"} | waits))
    for name, writing in (("alone", False), ("while others write", True)):
        with others(folder, writing) as waits:
            figures = run(alliance, person, path)
        print(json.dumps({"run": name, "rows": ROWS} | figures | waits, ensure_ascii=False))


def cast():
    from mulin.accounts.models import Person
    from mulin.alliance.models import Alliance, Membership, Organisation, Post, Side
    from mulin.lists.models import Category
    from mulin.matching import standard

    alliance = Alliance.objects.create(name="示例共同体", slug="bench")
    street = Organisation.objects.create(name="示例街道", kind="subdistrict")
    side = Side.objects.create(alliance=alliance, organisation=street)
    Membership.objects.create(alliance=alliance, organisation=street, side=side, role="side")
    units = []
    for n in range(150):
        unit = Organisation.objects.create(name=f"示例{n}号社区", kind="community", parent=street)
        Membership.objects.create(alliance=alliance, organisation=unit, side=side)
        units.append(unit.name)
    for kind in standard().kinds:
        Category.objects.create(alliance=alliance, code=kind.code, name=kind.name)
    person = Person.objects.create_user("bench", name="示例")
    Post.objects.create(person=person, organisation=street, role="coordinator")
    return alliance, person, units


def make_sheet(path: Path, units: list[str], rows: int = ROWS) -> Path:
    import openpyxl

    chance = random.Random(1)
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("需求清单")
    page.append(["2027年需求清单"])
    page.append(HEAD)
    for n in range(rows):
        what = (
            f"{n % 90 + 1}号楼{chance.choice(WHAT)}{chance.choice(('', '，影响出行', '急需解决'))}"
        )
        page.append(
            [
                n + 1,
                chance.choice(units),
                what,
                f"居民多次反映，{what}，请帮助协调",
                "小微改造",
                "居民",
                f"{n % 90 + 1}号楼",
                f"{chance.randrange(1, 30)}处",
                "每周六上午9:00-11:30",
                "2027-03-31",
                "无",
                "",
            ]
        )
    book.save(path)
    return path


def run(alliance, person, path: Path) -> dict:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from mulin.lists.actions import imports

    file = SimpleUploadedFile(path.name, path.read_bytes())
    started, worked = time.perf_counter(), cpu()
    batch = imports.start_import(alliance, by=person, file=file)
    read = time.perf_counter()
    page = preview(batch, person)
    previewed, looked = time.perf_counter(), cpu()
    count = imports.take_in(batch, by=person)
    taken, stored = time.perf_counter(), cpu()
    imports.undo_import(batch, by=person)
    undone = time.perf_counter()
    return {
        "previewed_seconds": round(previewed - started, 2),
        "previewed_cpu_seconds": round(looked - worked, 2),
        "of_which_page_seconds": round(previewed - read, 3),
        "page_bytes": page,
        "taken_seconds": round(taken - previewed, 2),
        "taken_cpu_seconds": round(stored - looked, 2),
        "taken": count,
        "undone_seconds": round(undone - taken, 2),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "child_peak_megabytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def cpu() -> float:
    """Seconds of processor time, the child's included; a busy machine stretches only walls."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def preview(batch, person) -> int:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("lists:import_preview", args=[batch.pk]))
    if answer.status_code != 200:
        raise SystemExit(f"the preview answered {answer.status_code}")
    return len(answer.content)


class others:
    """Another process that writes small transactions until the block ends."""

    def __init__(self, folder: Path, writing: bool):
        self.stop, self.writing, self.waits = folder / "stop", writing, {}

    def __enter__(self) -> dict:
        if self.writing:
            command = [sys.executable, "-m", "benchmarks.imports", "--writer", str(self.stop)]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            self.process.stdout.readline()
        return self.waits

    def __exit__(self, *_error) -> None:
        if self.writing:
            self.stop.touch()
            self.waits |= json.loads(self.process.communicate()[0])
            self.stop.unlink()


def write_until_told() -> None:
    ready()
    from django.db import transaction

    from mulin.alliance.models import Alliance

    stop, waits = Path(sys.argv[-1]), []
    alliance = Alliance.objects.get(slug="bench")
    print("writing", flush=True)
    while not stop.exists():
        began = time.perf_counter()
        with transaction.atomic():
            Alliance.objects.filter(pk=alliance.pk).update(introduction=str(began))
        waits.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    waits.sort()
    found = {
        "others_wrote": len(waits),
        "others_max_wait_ms": round(waits[-1] * 1000),
        "others_p99_wait_ms": round(waits[int(len(waits) * 0.99)] * 1000),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
