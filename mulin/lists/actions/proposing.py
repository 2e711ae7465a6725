"""Working a run out: the lists become a question, its answer becomes what is proposed."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.history.actions import record
from mulin.history.models import Audience
from mulin.lists.actions.comparing import Key, changes_between, key_of
from mulin.lists.actions.runs import Stopped, claim_run, fail_run, mine, note_step, order_run
from mulin.lists.models import Item, MatchRun, Proposal, Unmet
from mulin.lists.queries.engine import open_items, question_of, refused_pairs, used_by
from mulin.lists.queries.standing import supplies_of
from mulin.matching import child
from mulin.matching.child import Answer, Pair, Question, Step, Unanswerable

logger = logging.getLogger(__name__)
Tell = Callable[[Step | None], None]
Ask = Callable[[Question, Tell], Answer]
"""Answers a question, telling each step, or None while there is none; raises `Unanswerable`."""


@dataclass(frozen=True)
class Looked:
    """What the engine was shown."""

    needs: list[Item]
    resources: list[Item]


def propose(
    alliance: Alliance,
    *,
    by: Person | None,
    fairness: str = MatchRun.Fairness.MOST,
    ask: Ask = child.answer,
) -> MatchRun:
    """Order a run and work it out before returning; for a shell or a test, not for a request.

    Where another process is at one already, that run is returned as it is.
    """
    run = order_run(alliance, by=by, fairness=fairness)
    if claimed := claim_run(run):
        work_out(claimed, ask)
    run.refresh_from_db()
    return run


def work_out(run: MatchRun, ask: Ask = child.answer) -> None:
    """Work a claimed run out and keep what was found, or why nothing was.

    It reads and computes outside the transaction, so that nobody waits for it to write; pairs of
    which an item was changed or taken on meanwhile are left out.
    """
    try:
        alliance = run.alliance
        looked = Looked(
            open_items(alliance, Item.Kind.NEED), open_items(alliance, Item.Kind.RESOURCE)
        )
        question = question_of(run, looked.needs, looked.resources)
        answer = ask(question, lambda step: note_step(run, step))
        keep(run, answer, looked)
    except Stopped:
        return
    except Unanswerable as error:
        fail_run(run, error.code, error.item)
    except Exception:  # a run that ended must never seem to go on
        logger.exception("match run %s failed", run.pk)
        fail_run(run, "broken")


@transaction.atomic
def keep(run: MatchRun, answer: Answer, looked: Looked) -> None:
    """Replace what was proposed by the answer, all at once; raises `Stopped` if cancelled."""
    found = _still_true(run.alliance, _proposals(run, answer, looked))
    unmet = _unmet(run, answer)
    earlier = _open_before(run.alliance)
    changes = changes_between(
        earlier, found, items=_as_they_are(earlier), refused=refused_pairs(run.alliance)
    )
    _stay(earlier, found)
    done = mine(run).move(
        MatchRun.State.DONE, finished_at=timezone.now(), progress=1, stage="",
        objective=answer.objective, bound=answer.bound, gap=answer.gap, seconds=answer.seconds,
        shares=answer.shares, cost=answer.cost, changes=changes,
    )  # fmt: skip
    if not done:
        raise Stopped
    Proposal.objects.filter(pk__in=[one.pk for one in earlier], state=Proposal.State.OPEN).delete()
    Proposal.objects.bulk_create(found)
    Unmet.objects.bulk_create(unmet)
    record(
        "proposed", run, by=run.by, audience=Audience.STAFF,
        proposals=len(found), unmet=len(unmet),
    )  # fmt: skip


def _open_before(alliance: Alliance) -> list[Proposal]:
    still_open = Proposal.objects.filter(run__alliance=alliance, state=Proposal.State.OPEN)
    return list(still_open.select_for_update(of=("self",)).defer("reasons").order_by("pk"))


def _as_they_are(proposals: Iterable[Proposal]) -> dict[str, Any]:
    """State, version and whether it is used up, of every item of these pairs."""
    keys = {key for one in proposals for key in (one.need_id, one.resource_id)}
    rows = Item.objects.filter(pk__in=keys).order_by()
    seen = rows.values_list("pk", "state", "version", "amount", "taken")
    return {str(pk): (state, version, taken >= whole) for pk, state, version, whole, taken in seen}


def _stay(earlier: list[Proposal], found: list[Proposal]) -> None:
    """A pair that stays keeps its address, and the amounts that a coordinator gave it."""
    before = {key_of(one): one for one in earlier}
    for pair in found:
        old = before.get(key_of(pair))
        if old is None:
            continue
        pair.pk = old.pk
        fits = old.amount <= pair.need.left and old.resource_amount <= pair.resource.left
        if old.is_changed and fits:
            pair.amount, pair.resource_amount = old.amount, old.resource_amount
            pair.is_changed = True


def _still_true(alliance: Alliance, found: list[Proposal]) -> list[Proposal]:
    """Those not refused since, whose items are as they were when the engine looked at them."""
    refused = refused_pairs(alliance)
    listed = Item.objects.filter(alliance=alliance).published().order_by()
    now = {row[0]: row for row in listed.values_list("pk", "version", "amount", "taken")}

    def same(item: Item) -> bool:
        return now.get(item.pk) == (item.pk, item.version, item.amount, item.taken)

    return [
        pair
        for pair in found
        if same(pair.need) and same(pair.resource) and key_of(pair) not in refused
    ]


def _proposals(run: MatchRun, answer: Answer, looked: Looked) -> list[Proposal]:
    """One proposal for each pair; parts of one need served by one resource are one pair."""
    need_of = {str(need.pk): need for need in looked.needs}
    resource_of = {str(resource.pk): resource for resource in looked.resources}
    pairs: dict[Key, Proposal] = {}
    for one in answer.pairs:
        need, resource = need_of[one.need], resource_of[one.resource]
        pair = pairs.setdefault(
            (one.need, one.resource),
            Proposal(
                run=run,
                need=need,
                resource=resource,
                amount=Decimal(0),
                resource_amount=used_by(one, resource),
                # What stood open before is settled for the engine only: nobody agreed to it.
                reasons=[reason for reason in one.reasons if reason["code"] != "agreed"],
                need_version=need.version,
                resource_version=resource.version,
            ),
        )
        pair.amount += _part_of(need, one)
        pair.supplies += [one.tag] if len(supplies_of(need)) > 1 else []
    return [pair for pair in pairs.values() if pair.amount > 0]


def _part_of(need: Any, one: Pair) -> Decimal:
    """What the offer takes of the need: its share where several different things answer it.

    A room and a teacher for 20 people each serve all 20, so that each takes ten of them.
    """
    count = len(supplies_of(need))
    tag = one.tag if count > 1 else ""
    served = min(need.most_left * one.units / one.demand, need.left_of[tag])
    need.left_of[tag] -= served
    return (served / count).quantize(Decimal("0.01"), ROUND_UP)


def _unmet(run: MatchRun, answer: Answer) -> list[Unmet]:
    rows: dict[str, Unmet] = {}
    for one in answer.short:
        cause = {**one.cause, "tag": one.tag, "missing": one.missing}
        rows.setdefault(one.need, Unmet(run=run, need_id=one.need, cause=cause))
    return list(rows.values())
