"""What happens by itself."""

import datetime

import pytest

from mulin.config import clock
from mulin.history.actions import record
from mulin.history.models import Seal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def tasks(monkeypatch) -> dict[str, list]:
    works: dict[str, list] = {"every_minute": [], "every_day": []}
    monkeypatch.setattr(clock, "_tasks", works.__getitem__)
    return works


def test_tick_seals_what_happened(cast, tasks):
    record("noted", cast.alliance, by=cast.mei)
    assert clock.tick() == []
    assert Seal.objects.count() == 1


def test_one_failing_task_stops_no_other(tasks, caplog):
    done = []

    def broken():
        raise ValueError("no")

    tasks["every_minute"] += [broken, lambda: done.append("next")]
    assert clock.tick() == [f"{__name__}.broken"]
    assert done == ["next"]


def test_daily_work_runs_once_a_day(tasks, monkeypatch):
    done = []
    tasks["every_day"].append(lambda: done.append("x"))
    clock.tick()
    clock.tick()
    assert done == ["x"]
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)  # noqa: DTZ011 - any later day
    monkeypatch.setattr(clock.timezone, "localdate", lambda: tomorrow)
    clock.tick()
    assert done == ["x", "x"]


def test_failed_daily_work_is_tried_again(tasks, caplog):
    tries = []

    def broken():
        tries.append("x")
        raise ValueError("no")

    tasks["every_day"].append(broken)
    clock.tick()
    clock.tick()
    assert tries == ["x", "x"]
