"""What the page says of runs: the one under way, how good the last plan is, what it changed."""

from typing import Any

from mulin.lists.models import Item, MatchRun
from mulin.lists.queries import proposals as reads
from mulin.lists.wording import runs as wording

TOLD = 10
"""Pairs gone or new that are named; of more only the number is said."""


def progress_context(run: MatchRun) -> dict[str, Any]:
    """How far a run is."""
    return {
        "active": run,
        "percent": round(100 * run.progress),
        "stage": wording.stage_words(run.stage),
    }


def standing_context(run: MatchRun | None, alliance: Any) -> dict[str, Any]:
    """What is said beside the proposals of the last run, and above them where one failed since."""
    newest = reads.newest_run(alliance)
    failed = newest and newest.state == MatchRun.State.FAILED
    active = reads.active_run(alliance)
    changes = run.changes if run else {}
    moved = bool(changes) and bool(changes["gone"] or changes["added"])
    return {
        "fairness_options": MatchRun.Fairness.choices,
        "fairness": newest.fairness if newest else MatchRun.Fairness.MOST,
        "failure": wording.error_words(newest) if newest and failed and not active else "",
        "measures": wording.measures(run) if run else [],
        "moves": _moves(changes) if moved else None,
        "moved_nothing": bool(changes) and not moved,
        **(progress_context(active) if active else {"active": None}),
    }


def _moves(changes: dict[str, Any]) -> dict[str, Any]:
    """What stays, is new and is gone, each pair with the titles of its items."""
    gone, added = changes["gone"][:TOLD], changes["added"][:TOLD]
    keys = {key for one in gone for key in (one["need"], one["resource"], *one["others"])}
    keys |= {key for pair in added for key in pair}
    rows = Item.objects.filter(pk__in=keys).values_list("pk", "title") if keys else []
    titles = {str(key): title for key, title in rows}

    def named(key: str) -> dict[str, str]:
        return {"key": key, "title": titles.get(key, "")}

    return {
        "words": wording.moves_words(changes),
        "gone": [
            {
                "need": named(one["need"]),
                "resource": named(one["resource"]),
                "why": wording.gone_words(one["code"], [titles.get(k, "") for k in one["others"]]),
            }
            for one in gone
        ],
        "added": [[named(key) for key in pair] for pair in added],
    }
