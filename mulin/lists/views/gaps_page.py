"""Needs without an answer, as the page tells them: what each lacks, how long it has waited."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.lists.models import AGES, Item, MatchRun
from mulin.lists.queries import proposals as reads
from mulin.lists.queries.proposals import Lacking
from mulin.lists.views.proposal_page import limit_of
from mulin.lists.wording import cause_sentence, tag_names

SEALS = {"permission": "许", "money": "钱", "labour": "人", "space": "地"}
SAYS_IT_ITSELF = ("needs_approval", "needs_permission", "other_supply")


@dataclass(frozen=True)
class Gap:
    """A need without an answer: its seal, what it lacks, why, and the step that may help."""

    need: Item
    seal: str
    lacks: str
    words: str
    step: str
    step_url: str


def unmet_context(request: HttpRequest, run: MatchRun) -> dict[str, Any]:
    """The needs the run left open, the longest waiting first, all or those lacking one thing."""
    gaps, lack = reads.lacking(run), request.GET.get("lack")
    wanted = [gap for gap in gaps if lack in (None, gap.tag)]
    first = wanted[: limit_of(request, "unmet")]
    names = reads.titles_in(gap.cause for gap in first)
    return {
        "gaps": [_gap(gap, names) for gap in first],
        "gaps_left": len(wanted) - len(first),
        "gaps_count": len(gaps),
        "gaps_age": _age_words(gaps),
        "lack": lack,
        "lacks": _lacks(gaps, lack),
    }


def _age_words(gaps: list[Lacking]) -> str:
    """How many have waited longest, by the highest age that any has reached."""
    for age in reversed(AGES):
        count = sum(gap.need.days_waiting >= age for gap in gaps)
        if count:
            words = ngettext(
                "%(n)d has waited %(age)d days or longer",
                "%(n)d have waited %(age)d days or longer",
                count,
            )
            return words % {"n": count, "age": age}
    return ""


def _gap(gap: Lacking, names: dict[str, str]) -> Gap:
    step, url = _step(gap, names)
    return Gap(
        need=gap.need,
        seal=SEALS.get(gap.tag, "需"),
        lacks="" if gap.cause.code in SAYS_IT_ITSELF else tag_names([gap.tag]),
        words=_why(gap, names),
        step=step,
        step_url=url,
    )


def _why(gap: Lacking, names: dict[str, str]) -> str:
    """The cause; where nothing fits, of the closest offer that it is only that."""
    resource = names.get(str(gap.cause.params.get("resource", "")))
    if gap.cause.code == "weak_fit" and resource:
        words = _("nothing offered fits; %(resource)s comes closest")
        return words % {"resource": resource}
    return cause_sentence(gap.cause, name=lambda key: names.get(key, _("another item")))


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
