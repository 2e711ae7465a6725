"""How far a run is, why it came to nothing, how good its plan is, and what it changes, in words."""

import math
import statistics
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mulin.lists.models import MatchRun


def stage_words(stage: str) -> str:
    words = {
        "": _("Waiting for its turn"),
        "reading": _("Reading the lists"),
        "pairing": _("Looking for what could fit"),
        "solving": _("Weighing the pairs against each other"),
        "explaining": _("Writing down the reasons"),
    }
    return words.get(stage, words["solving"])


def error_words(run: MatchRun) -> str:
    """Why it came to nothing, and what one can do."""
    words = {
        "bad_item": _("“%(item)s” contradicts itself: correct it, then work it out again."),
        "too_slow": _("It took too long. Try again when the server is less busy."),
        "too_much": _("It needs more memory than it may use; the operator can read the log."),
        "died": _("It was interrupted twice; the operator can read the log."),
    }
    otherwise = _("An error came up; the operator can read it in the log.")
    return words.get(run.error, otherwise) % {"item": run.error_item or "?"}


def measures(run: MatchRun) -> list[str]:
    """How good the plan is: against any other plan, between communities, and at what cost."""
    said = [_certificate(run)] if run.objective > 0 else []
    shares = [share for community, share in run.shares.items() if community]
    said += _between(shares) if len(shares) > 1 else []
    if run.fairness == MatchRun.Fairness.LEAST_FIRST:
        words = _("Serving the least served first costs %(cost)s %% of what could be served.")
        said.append(words % {"cost": percent(run.cost)})
    return said


def _between(shares: list[float]) -> list[str]:
    """How evenly communities are served; those that nothing can be done for hide no one else."""
    served = [share for share in shares if share > 0]
    said, none = [], len(shares) - len(served)
    if none:
        words = ngettext(
            "%(n)d community would get nothing.", "%(n)d communities would get nothing.", none
        )
        said.append(words % {"n": none})
    if len(served) > 1:
        words = _(
            "Of what it asks for, the community served least would get %(least)s %%,"
            " the one in the middle %(middle)s %%."
        )
        others = _(
            "Of the others, the community served least would get %(least)s %% of what it asks for,"
            " the one in the middle %(middle)s %%."
        )
        figures = {"least": percent(min(served)), "middle": percent(statistics.median(served))}
        said.append((others if none else words) % figures)
    return said


def _certificate(run: MatchRun) -> str:
    """In plain words, rounded so that it stays true."""
    more = math.ceil(1000 * (run.bound / run.objective - 1) - 1e-6) / 10
    if more <= 0:
        return _("No other plan can serve more.")
    return _("No plan can serve more than %(more)s %% more than this one.") % {"more": f"{more:g}"}


def percent(share: float) -> str:
    """80, 0.4: whole, or with a digit where it is small."""
    value = 100 * share
    return f"{value:.0f}" if value >= 10 or value == 0 else f"{value:.1f}"


def moves_words(changes: dict[str, Any]) -> str:
    """How many pairs stay, are new and are gone."""
    kept, added, gone = changes["kept"], changes["added_count"], changes["gone_count"]
    parts = [ngettext("%(n)d pair stays", "%(n)d pairs stay", kept) % {"n": kept}]
    if added:
        parts.append(ngettext("%(n)d is new", "%(n)d are new", added) % {"n": added})
    if gone:
        words = ngettext("%(n)d is no longer proposed", "%(n)d are no longer proposed", gone)
        parts.append(words % {"n": gone})
    return pgettext("between words of a list", ", ").join(parts)


def gone_words(code: str, others: list[str]) -> str:
    """Why a pair proposed before no longer is."""
    words = {
        "item_gone": _("%(others)s is no longer listed"),
        "used_up": _("%(others)s has been promised since"),
        "item_changed": _("%(others)s has been changed since"),
        "refused": _("it was refused"),
        "answered_by": _("answered by %(others)s instead"),
        "given_to": _("it goes to %(others)s now"),
    }
    otherwise = _("another plan serves more")
    named = [_("“%(word)s”") % {"word": title} for title in others if title]
    listed = pgettext("between words of a list", ", ").join(named)
    return words.get(code, otherwise) % {"others": listed or _("another item")}
