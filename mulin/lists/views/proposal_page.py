"""What the page of proposals shows: pairings in words, what is lacking, the balance by place."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin import matching
from mulin.lists.models import Item, MatchRun, Proposal
from mulin.lists.queries import proposals as reads
from mulin.lists.queries.engine import read_reason
from mulin.lists.queries.heat import heat_of
from mulin.lists.queries.proposals import Lacking, Pairing
from mulin.lists.wording import cause_sentence, reasons_sentence, tag_names
from mulin.lists.wording.promises import proposal_words

FIRST, MORE = 10, 200
SEALS = {"permission": "许", "money": "钱", "labour": "人", "space": "地"}
SAYS_IT_ITSELF = ("needs_permission", "other_supply")
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
    """A proposal with its reason as a sentence, and how much of both it takes as `part`."""

    proposal: Proposal
    resource: Item
    words: str
    reason: str
    part: str


@dataclass(frozen=True)
class Shown:
    """A pairing as the page tells it; `checks` are what fits, `open_point` what is to be agreed."""

    need: Item
    words: str
    offers: list[Offer]
    checks: list[str]
    open_point: bool


@dataclass(frozen=True)
class Gap:
    """A need without an answer: its seal, what it lacks, why, and the step that may help."""

    need: Item
    seal: str
    lacks: str
    words: str
    step: str
    step_url: str


def run_context(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    """Everything of a run that the page shows."""
    return {**_proposed(request, run), **_unmet(request, run), "decided": reads.decided(run)}


def _proposed(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    needs = reads.needs_from_best(run)
    asked = next((need for need in needs if str(need) == request.GET.get("open")), None)
    if asked:
        needs.remove(asked)
        needs.insert(0, asked)
    pairings = reads.pairings(run, needs[: _limit(request, "proposals")])
    opened, lines = next(iter(pairings), None), pairings[1:]
    return {
        "count": len(needs),
        "opened": shown(opened) if opened else None,
        "lines": [shown(pairing) for pairing in lines],
        "lines_left": len(needs) - 1 - len(lines),
        **(_question(request, run, opened) if opened else {}),
    }


def _unmet(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    gaps, lack = reads.lacking(run), request.GET.get("lack")
    wanted = [gap for gap in gaps if lack in (None, gap.tag)]
    first = wanted[: _limit(request, "unmet")]
    names = reads.titles_in(gap.cause for gap in first)
    return {
        "gaps": [_gap(gap, names) for gap in first],
        "gaps_left": len(wanted) - len(first),
        "gaps_count": len(gaps),
        "lack": lack,
        "lacks": _lacks(gaps, lack),
    }


def _limit(request: HttpRequest, name: str) -> int:
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


def _gap(gap: Lacking, names: dict[str, str]) -> Gap:
    step, url = _step(gap, names)
    return Gap(
        need=gap.need,
        seal=SEALS.get(gap.tag, "需"),
        lacks="" if gap.cause.code in SAYS_IT_ITSELF else tag_names([gap.tag]),
        words=cause_sentence(gap.cause, name=lambda key: names.get(key, _("another item"))),
        step=step,
        step_url=url,
    )


def _step(gap: Lacking, names: dict[str, str]) -> tuple[str, str]:
    """What may help, and where."""
    resource = str(gap.cause.params.get("resource", ""))
    if resource in names:
        return _("Look at that offer"), reverse("lists:item", args=[resource])
    if gap.cause.code == "needs_permission":
        return _("See whom to ask"), reverse("alliance:charter")
    if gap.cause.code in ("nobody_offers", "not_enough_offered"):
        return _("Call for it in a round"), reverse("lists:rounds")
    return _("See what is offered"), reverse("lists:resources")


def _lacks(gaps: list[Lacking], current: str | None) -> list[dict[str, Any]]:
    """The causes as tabs, with their counts; all of them first."""
    tags = [tag for tag in (*SEALS, "") if any(gap.tag == tag for gap in gaps)]
    tabs = [{"href": "?#unmet", "word": _("All"), "count": len(gaps), "current": current is None}]
    for tag in tags:
        count = sum(gap.tag == tag for gap in gaps)
        word = tag_names([tag]) or _("Any supply")
        href = f"?lack={tag}#unmet"
        tabs.append({"href": href, "word": word, "count": count, "current": current == tag})
    return tabs if len(tags) > 1 else []


def _question(request: HttpRequest, run: MatchRun, opened: Pairing) -> dict[str, Any]:
    """The offers one may ask about, and the answer about the asked one."""
    offers = reads.other_offers(opened)
    asked = next((one for one in offers if str(one.pk) == request.GET.get("why")), None)
    options = [("", _("Choose an offer")), *((one.pk, _called(one)) for one in offers)]
    return {
        "why": str(asked.pk) if asked else "",
        "why_options": options if offers else [],
        "why_answer": _answer(run, opened, asked) if asked else "",
    }


def _called(offer: Item) -> str:
    return f"{offer.organisation}　{offer.title}"


def _answer(run: MatchRun, opened: Pairing, asked: Item) -> str:
    cause = reads.why_not(run, need=opened.need, resource=asked)
    if cause is None:
        return _("One of the two has been given away since; work it out again.")
    if cause.code == "proposed":
        return _("By now it would be proposed: work it out again.")
    cause = matching.Reason(cause.code, {"resource": str(asked.pk), **cause.params})
    names = {**reads.titles_in([cause]), str(asked.pk): asked.title}
    words = cause_sentence(cause, name=lambda key: names.get(key, _("another item")))
    said = [words, _remedy(cause.code, asked)]
    return pgettext("between reasons", "; ").join(word for word in said if word)


def _remedy(code: str, asked: Item) -> str:
    """What would have to change, where that is known."""
    if code in ("other_time", "other_dates") and asked.period_text:
        words = _("it can be had %(period)s: were the need moved there, it could be proposed")
        return words % {"period": asked.period_text}
    if code == "too_few_seats":
        return _("with fewer people, or in two rounds, it would do")
    if code in ("taken", "exclusive_taken", "provider_full"):
        return _("it is free again if that comes to nothing")
    return ""


def heat_context(alliance: Any) -> dict[str, Any]:
    """The balance by community and category; each number leads to the items behind it."""
    heat = heat_of(alliance)
    groups = [
        (side, [(row.unit, _cells(row, heat.categories)) for row in rows])
        for side, rows in heat.groups
    ]
    reported = any(
        number is not None for _s, rows in heat.groups for r in rows for number in r.balances
    )
    units = sum(len(rows) for _side, rows in groups)
    return {
        "heat": groups if reported else [],
        "heat_categories": heat.categories,
        "heat_units": units,
        "heat_columns": len(heat.categories) + 1,
        "heat_scale": range(-4, 5),
    }


def _cells(row: Any, categories: list[Any]) -> list[tuple[int | None, str, str]]:
    """Number, address and the words a reader hears, cell by cell."""
    cells: list[tuple[int | None, str, str]] = []
    for category, number in zip(categories, row.balances, strict=True):
        page = "lists:resources" if (number or 0) > 0 else "lists:needs"
        url = f"{reverse(page)}?community={row.unit.pk}&category={category.pk}"
        cells.append((number, url, f"{row.unit.name}, {category.name}"))
    return cells
