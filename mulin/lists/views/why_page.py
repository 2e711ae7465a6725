"""Why one pair is not proposed, in words, and the pairs one may ask about."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin import matching
from mulin.alliance.models import Alliance
from mulin.lists.models import Item
from mulin.lists.queries import choosing
from mulin.lists.queries import proposals as reads
from mulin.lists.queries.proposals import Pairing
from mulin.lists.wording import cause_sentence, remedy_sentence

REMEDIES = 2
"""How many ways out an answer names."""

FAR = 0.3
"""A fit that would have to be so much better is that of another offer."""


def question(request: HttpRequest, opened: Pairing) -> dict[str, Any]:
    """The offers one may ask about beside those proposed, and the answer about the asked one."""
    offers = reads.other_offers(opened)
    asked = next((one for one in offers if str(one.pk) == request.GET.get("why")), None)
    options = [("", _("Choose an offer")), *((one.pk, _called(one)) for one in offers)]
    return {
        "why": str(asked.pk) if asked else "",
        "why_options": options if offers else [],
        "why_answer": answer_words(opened.need, asked) if asked else "",
    }


def pair_context(request: HttpRequest, alliance: Alliance) -> dict[str, Any]:
    """Any open need and any open resource: both chosen, with the answer, or what to choose from."""
    need, resource = (
        choosing.chosen(alliance, kind, request.GET.get(name, ""))
        for name, kind in (("need", Item.Kind.NEED), ("resource", Item.Kind.RESOURCE))
    )
    asks_for = Item.Kind.RESOURCE if need else Item.Kind.NEED
    words, beside = request.GET.get("q", "").strip(), need or resource
    complete = need and resource
    return {
        "need": need,
        "resource": resource,
        "asks_for": asks_for,
        "q": words,
        "choices": [] if complete else choosing.choices(alliance, asks_for, words, beside=beside),
        "answer": answer_words(need, resource) if complete else "",
    }


def _called(offer: Item) -> str:
    return f"{offer.organisation}　{offer.title}"


def answer_words(need: Item, resource: Item) -> str:
    """Why the resource is not proposed for the need, and what would have to change."""
    answer = reads.why_not(need, resource)
    if answer is None:
        return _("One of the two has been given away since; work it out again.")
    if answer.code == "proposed":
        if reads.is_proposed(need, resource):
            return _("This pair is proposed; it waits to be decided.")
        return _("By now it would be proposed: work it out again.")
    cause = matching.Reason(answer.code, {"resource": str(resource.pk), **answer.params})
    names = {**reads.titles_in([cause, *answer.remedies]), str(resource.pk): resource.title}

    def name(key: str) -> str:
        return names.get(key, _("another item"))

    ways = [one for one in answer.remedies if one.code != "if_fit" or one.params["more"] <= FAR]
    remedies = [remedy_sentence(one, name=name) for one in ways[:REMEDIES]]
    return pgettext("between reasons", "; ").join([cause_sentence(cause, name=name), *remedies])
