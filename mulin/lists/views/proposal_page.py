"""What the page of proposals shows of a run: the pairings in words, and what was decided."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext

from mulin.lists.forms.proposals import AmountsForm
from mulin.lists.models import Item, MatchRun, Proposal
from mulin.lists.queries import proposals as reads
from mulin.lists.queries.engine import read_reason
from mulin.lists.queries.proposals import Pairing
from mulin.lists.views.why_page import question
from mulin.lists.wording import reasons_sentence
from mulin.lists.wording.promises import proposal_words

FIRST, MORE = 10, 200
CHECKS = {
    "same_kind": "kind",
    "gives_tags": "kind",
    "same_time": "time",
    "before_due": "time",
    "seats_enough": "people",
    "amount": "amount",
    "distance": "way",
    "same_community": "way",
    "same_side": "way",
}


@dataclass(frozen=True)
class Offer:
    """A proposal with its reason as a sentence, how much of both it takes, and how to change it."""

    proposal: Proposal
    resource: Item
    words: str
    reason: str
    part: str
    form: AmountsForm


@dataclass(frozen=True)
class Shown:
    """A pairing as the page tells it; `checks` are what fits, `open_point` what is to be agreed."""

    need: Item
    words: str
    offers: list[Offer]
    checks: list[str]
    open_point: bool


def run_context(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    """Everything of a run that the page shows."""
    return {**_proposed(request, run), "decided": reads.decided(run)}


def _proposed(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    needs = reads.needs_from_best(run)
    asked = next((need for need in needs if str(need) == request.GET.get("open")), None)
    if asked:
        needs.remove(asked)
        needs.insert(0, asked)
    pairings = reads.pairings(run, needs[: limit_of(request, "proposals")])
    opened, lines = next(iter(pairings), None), pairings[1:]
    return {
        "count": len(needs),
        "opened": shown(opened) if opened else None,
        "lines": [shown(pairing) for pairing in lines],
        "lines_left": len(needs) - 1 - len(lines),
        **(question(request, opened) if opened else {}),
    }


def limit_of(request: HttpRequest, name: str) -> int:
    return MORE if request.GET.get(name) == "more" else FIRST


def shown(pairing: Pairing) -> Shown:
    reasons = [[read_reason(one) for one in p.reasons] for p in pairing.proposals]
    codes = pairing.codes
    fits = dict.fromkeys(CHECKS[code] for code in CHECKS if code in codes)
    return Shown(
        need=pairing.need,
        words=_item_words(pairing.need),
        offers=[
            Offer(
                proposal=p,
                resource=p.resource,
                words=_item_words(p.resource),
                reason=reasons_sentence(why),
                part=proposal_words(p),
                form=AmountsForm(proposal=p),
            )
            for p, why in zip(pairing.proposals, reasons, strict=True)
        ],
        checks=[_check_names()[fit] for fit in fits],
        open_point="conditions" in codes,
    )


def _check_names() -> dict[str, str]:
    return {
        "kind": pgettext("fits", "what it is"),
        "time": pgettext("fits", "time"),
        "people": pgettext("fits", "people"),
        "amount": pgettext("fits", "amount"),
        "way": pgettext("fits", "way there"),
    }


def _item_words(item: Item) -> str:
    """Its own words on when and how much, else what it says of itself."""
    said = [item.period_text or item.due_text, item.quantity_text]
    words = pgettext("between words of a list", ", ").join(word for word in said if word)
    return words or item.detail
