"""The life of a run: ordered, claimed by a worker, followed, cancelled, failed, taken up again."""

import datetime
import logging
import uuid

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.history.actions import record
from mulin.history.models import Audience
from mulin.lists.models import Item, MatchRun, MatchRunQuerySet
from mulin.lists.rules.proposals import may_propose
from mulin.matching.child import Step

logger = logging.getLogger(__name__)
State = MatchRun.State
BETWEEN_NOTES = datetime.timedelta(seconds=0.2)
DEAD_AFTER = datetime.timedelta(seconds=60)
"""A worker that hasn't been heard of for so long has died."""
TRIES = 2


class Stopped(Exception):
    """The run is no longer this worker's: cancelled, or taken up by another."""


def order_run(
    alliance: Alliance, *, by: Person | None, fairness: str = MatchRun.Fairness.MOST
) -> MatchRun:
    """Order proposals for an alliance; where some are being worked out, that run instead.

    by: a coordinator, or nobody for the operator's shell. fairness: one of `MatchRun.Fairness`.
    """
    if by:
        may_propose(by, alliance).require()
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(alliance=alliance, by=by, fairness=fairness)
            record("proposals_asked", run, by=by, audience=Audience.STAFF)
    except IntegrityError:
        under_way = MatchRun.objects.active().filter(alliance=alliance).first()
        # None: it ended between the two questions.
        return under_way or order_run(alliance, by=by, fairness=fairness)
    return run


@transaction.atomic
def cancel_run(run: MatchRun, *, by: Person | None) -> bool:
    """Give a run up; the proposals of before stay. False where it had ended by itself."""
    if by:
        may_propose(by, run.alliance).require()
    moved = MatchRun.objects.filter(pk=run.pk).move(State.CANCELLED, finished_at=timezone.now())
    if moved:
        record("proposals_cancelled", run, by=by, audience=Audience.STAFF)
    return bool(moved)


def claim_run(run: MatchRun | None = None) -> MatchRun | None:
    """Make a waiting run (this one, or the oldest) the caller's to work out; None where none is."""
    waiting = MatchRun.objects.filter(state=State.WAITING).order_by("made_at", "pk")
    for key in waiting.filter(pk=run.pk) if run else waiting:
        now = timezone.now()
        claimed = MatchRun.objects.filter(pk=key.pk).move(
            State.RUNNING, worker=uuid.uuid4(), started_at=now, beat_at=now,
            tries=F("tries") + 1, stage="reading", progress=0,
        )  # fmt: skip
        if claimed:
            return MatchRun.objects.select_related("alliance", "by").get(pk=key.pk)
    return None


def note_step(run: MatchRun, step: Step | None) -> None:
    """Write how far it is (None: still at work), not more often than one can see.

    Raises `Stopped` where the run is no longer this worker's.
    """
    now = timezone.now()
    if run.beat_at and now - run.beat_at < BETWEEN_NOTES:
        return
    run.beat_at = now
    if step:
        run.stage, run.progress = step.stage, step.done
    kept = mine(run).update(beat_at=now, stage=run.stage, progress=run.progress)
    if not kept:
        raise Stopped


def mine(run: MatchRun) -> MatchRunQuerySet:
    """The run's row while it is this worker's."""
    return MatchRun.objects.filter(pk=run.pk, state=State.RUNNING, worker=run.worker)


@transaction.atomic
def fail_run(run: MatchRun, code: str, item: str = "") -> None:
    """Say why it came to nothing; `item` is the key of the one that couldn't be matched."""
    found = Item.objects.filter(pk=item).first() if item else None
    words = {"error": code, "error_item": str(found or "")[:200]}
    if mine(run).move(State.FAILED, finished_at=timezone.now(), **words):
        record("proposals_failed", run, by=None, audience=Audience.STAFF, item=str(found or ""))


def take_up_dead() -> int:
    """Let runs whose worker died wait again, or fail after the last try; returns how many."""
    silent = MatchRun.objects.filter(
        state=State.RUNNING, beat_at__lt=timezone.now() - DEAD_AFTER
    ).select_related("alliance")
    for run in silent:
        logger.warning("the worker of match run %s died", run.pk)
        if run.tries >= TRIES:
            fail_run(run, "died")
        else:
            mine(run).move(State.WAITING, worker=None)
    return len(silent)
