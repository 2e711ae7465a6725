"""Sentences for what the engine says as data: reasons, causes, and the four supplies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import pgettext

from mulin.matching import Reason

Namer = Callable[[str], str]

NAMED = 3
"""How many items of a list a sentence names."""

REASONS = {
    "confirmed": N_("both sides have confirmed this"),
    "agreed": N_("both sides had agreed on this"),
    "same_kind": N_("same kind: %(kind)s"),
    "gives_tags": N_("gives what is wanted: %(tags)s"),
    "same_words": N_("both speak of %(words)s"),
    "same_time": N_("the time fits: %(day)s %(start)s to %(end)s"),
    "before_due": N_("available before %(due)s"),
    "seats_enough": N_("%(seats)s seats are enough for %(people)s people"),
    "amount": N_("%(asked)s %(measure)s asked, %(held)s %(held_measure)s offered"),
    "jointly": N_("together with %(others)s"),
    "distance": N_("%(km)s km away"),
    "same_community": N_("in the same community"),
    "same_side": N_("on the same side of the alliance"),
    "conditions": N_("to be agreed: %(text)s"),
}

CAUSES = {
    "nobody_offers": N_("nobody offers %(kind)s yet"),
    "not_enough_offered": N_("not enough is offered"),
    "needs_permission": N_("a permission is missing, and nobody listed can give it"),
    "needs_approval": N_("the approval of %(body)s is missing"),
    "own_offer": N_("only the unit that asks offers this itself"),
    "refused": N_("%(resource)s was refused for this need before"),
    "other_supply": N_("%(resource)s gives %(gives)s, wanted is %(wants)s"),
    "other_community": N_("%(resource)s serves other communities"),
    "other_audience": N_("%(resource)s is for others: %(serving)s"),
    "other_dates": N_("%(resource)s is not available in that period"),
    "other_time": N_("%(resource)s is not available at that time"),
    "money_only": N_("%(resource)s cannot stand in for a sum of money, or the other way round"),
    "too_few_seats": N_("%(resource)s has %(seats)s seats, too few for %(people)s people"),
    "too_far": N_("%(resource)s does not reach that far"),
    "too_small": N_("%(resource)s is too small, or less than its least amount is asked"),
    "weak_fit": N_("%(resource)s fits too little to be proposed"),
    "not_among_best": N_("%(resource)s is not among the closest offers"),
    "provider_closed": N_("the provider of %(resource)s takes on nothing more now"),
    "provider_full": N_("the provider of %(resource)s has taken on enough: %(holders)s"),
    "exclusive_taken": N_("%(resource)s serves one need only: %(holders)s"),
    "taken": N_("%(resource)s has gone to: %(holders)s"),
    "suppliers_full": N_("as many as may answer this need do so, and it is not enough: %(others)s"),
    "rest_too_small": N_("%(others)s leave so little open that %(resource)s would be too much"),
    "not_completable": N_("%(resource)s alone is not enough, and only the whole will do"),
    "served_by_others": N_("others answer this need already: %(others)s"),
    "better_elsewhere": N_("%(resource)s does more good elsewhere"),
    "offered_elsewhere": N_("%(resource)s is offered elsewhere"),
    "fairer_elsewhere": N_("%(resource)s goes where less has been answered so far"),
    "overlooked": N_("nothing stands in the way of %(resource)s; work it out again"),
    "proposed": N_("this pair is proposed"),
}

REMEDIES = {
    "if_amount_less": N_("it could be proposed if %(much)s were enough"),
    "if_another": N_("it could be proposed if there were another one like it"),
    "if_cap": N_("it could be proposed if its provider took on one more"),
    "if_considered": N_("it could be proposed if more offers were looked at for each need"),
    "if_dates": N_("it could be proposed if the need were moved to %(span)s"),
    "if_fit": N_("it could be proposed if it fitted better by %(points)s points of 100"),
    "if_gives": N_("it could be proposed if it gave %(tags)s too"),
    "if_lot": N_("it could be proposed if as little as %(much)s could be had"),
    "if_radius": N_("it could be proposed if it came as far as %(km)s km"),
    "if_seats": N_("it could be proposed if it had %(seats)s seats"),
    "if_shared": N_("it could be proposed if it served two at the same time"),
    "if_stepped_back": N_("it could be proposed if %(others)s stepped back"),
    "if_suppliers": N_("it could be proposed if more than %(most)s might answer this need"),
    "if_time": N_("it could be proposed if the need were moved to %(day)s %(start)s to %(end)s"),
    "if_units": N_("it could be proposed if %(much)s more were offered"),
    "if_unrefused": N_("it could be proposed if the refusal were taken back"),
    "if_withdrawn": N_("it could be proposed if %(holders)s gave it up"),
}


def reason_sentence(reason: Reason, *, name: Namer = str) -> str:
    """One reason as a sentence; `name` turns an item's id into what people call it."""
    return _say(REASONS, reason, name)


def cause_sentence(cause: Reason, *, name: Namer = str) -> str:
    """One cause, of an unmet need or of a pair not proposed, as a sentence."""
    if cause.code == "nobody_offers" and not cause.params.get("kind"):
        tags = tag_names(cause.params.get("wants", ()))
        if tags:
            return _("nobody offers this yet; wanted is %(tags)s") % {"tags": tags}
        return _("nobody offers this yet")
    return _say(CAUSES, cause, name)


def remedy_sentence(remedy: Reason, *, name: Namer = str) -> str:
    """What would have to be different for a pair to be proposed, as a sentence."""
    more, amount = remedy.params.get("more", 0), remedy.params.get("amount")
    said = more if amount is None else amount
    much = f"{said:,.12g} {remedy.params.get('measure', '')}".strip()
    words = {"points": round(100 * more), "much": much, "span": _span(remedy.params)}
    return _say(REMEDIES, Reason(remedy.code, {**words, **remedy.params}), name)


def _span(params: Mapping[str, Any]) -> str:
    """A period that may be open on either side, in words."""
    first, last = (date_format(day) if day else "" for day in map(params.get, ("from", "to")))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("%(first)s or later") % {"first": first}
    return _("%(last)s or earlier") % {"last": last} if last else _("another time")


def reasons_sentence(reasons: Iterable[Reason], *, name: Namer = str) -> str:
    """All reasons of a proposal in one line."""
    said = [reason_sentence(reason, name=name) for reason in reasons]
    return pgettext("between reasons", "; ").join(said)


def question_sentence(message: str, params: Mapping[str, Any]) -> str:
    """A question or problem of a sheet, from its English template and parameters."""
    try:
        return _(message) % dict(params)
    except (KeyError, TypeError, ValueError):
        return _(message)


def tag_names(tags: Iterable[str]) -> str:
    """Supply tags in words, in the order money, labour, permission, space."""
    names = {
        "money": pgettext("supply", "money or goods"),
        "labour": pgettext("supply", "labour"),
        "permission": pgettext("supply", "permission"),
        "space": pgettext("supply", "space"),
    }
    wanted = set(tags)
    return _list([word for tag, word in names.items() if tag in wanted])


def _say(sentences: Mapping[str, str], reason: Reason, name: Namer) -> str:
    template = sentences.get(reason.code)
    if template is None:
        return reason.code
    params = dict(_filled(reason.params, name))
    params.setdefault("resource", _("the offer"))
    return _(template) % params


def _filled(params: Mapping[str, Any], name: Namer) -> Iterable[tuple[str, Any]]:
    for key, value in params.items():
        if key == "resource":
            yield key, name(value)
        elif key in ("holders", "others"):
            yield key, _some([name(one) for one in value])
        elif key in ("tags", "gives", "wants"):
            yield key, tag_names(value)
        elif key == "words":
            yield key, _list([_("“%(word)s”") % {"word": word} for word in value])
        elif key == "day":
            yield key, _weekday(value)
        elif key in ("start", "end"):
            yield key, f"{value // 60}:{value % 60:02d}"
        elif key == "due":
            yield key, date_format(value) if value else ""
        elif isinstance(value, float):
            yield key, f"{value:,.12g}"
        else:
            yield key, "" if value is None else value


def _some(names: list[str]) -> str:
    """The first few of a long list, and how many there are."""
    if len(names) <= NAMED:
        return _list(names)
    told = {"names": _list(names[:NAMED]), "count": len(names)}
    return _("%(names)s and others, %(count)d in all") % told


def _list(words: list[str]) -> str:
    return pgettext("between words of a list", ", ").join(words)


def _weekday(day: int) -> str:
    names = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return names[day]
