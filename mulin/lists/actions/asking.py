"""Asking everybody whose yes a claim takes: on the desk, and by a letter with a personal link."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.actions import issue_link
from mulin.accounts.models import Person
from mulin.alliance.models import Organisation
from mulin.history.actions import record
from mulin.lists.actions.telling import item_url, tell, voices_of
from mulin.lists.models import Claim
from mulin.lists.rules.claims import may_pass_links
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice

PURPOSE = "claim"
LINK_DAYS = 30

Titles = Mapping[str, Any]

MADE: Titles = {
    "asker": _("{unit} offers to help: {title}"),
    "provider": _("{unit} asks for: {title}"),
    "partner": _("{unit} wants to do it together with you: {title}"),
}
CHANGED: Titles = dict.fromkeys(MADE, _("{unit} changed what it offers: {title}"))
PROPOSED: Titles = dict.fromkeys(MADE, _("Proposed: {resource} for {title}"))


def ask_missing(claim: Claim, *, by: Person, titles: Titles = MADE) -> None:
    """Ask every unit that hasn't said yes to the claim as it now is, each of them once.

    titles: by side, with {unit} (the other side), {title} (the need's) and {resource} to fill in.
    """
    for side, body in claim.missing:
        other = claim.need.organisation if side == "provider" else claim.organisation
        title = format_lazy(
            titles[side], unit=other.name, title=claim.need.title, resource=claim.resource or ""
        )
        key = f"{side}:{claim.pk}:{claim.version}:{body.pk.hex[-8:]}"
        people = set(voices_of(body, claim.need.alliance)) - {by}
        _ask(people, claim, key, title)


def _ask(people: Iterable[Person], claim: Claim, key: str, title: str | Promise) -> None:
    """A letter with a personal link where there is an address, else a notice in the inbox.

    The link's token goes into the letter's erasable body only: no copy of it stays stored.
    """
    why = _("You are asked because you answer for this unit.")
    for person in people:
        by_letter = bool(person.email and person.wants_email)
        link = settings.SITE_URL + personal_path(claim, person) if by_letter else ""
        notice = Notice(
            key=f"code:{key}" if by_letter else key,
            title=title,
            body="\n\n".join(part for part in (claim.note, link) if part),
            url="" if by_letter else item_url(claim.need),
            why=why,
            scope=claim.need.alliance_id,
            secret=by_letter,
        )
        notify([person], notice)


def personal_path(claim: Claim, person: Person) -> str:
    """A fresh personal link of this person to this claim; its token is stored as a hash."""
    token = issue_link(person, purpose=PURPOSE, subject=claim.pk, days=LINK_DAYS)
    return reverse("lists:answer_claim", args=[token])


@transaction.atomic
def hand_out_links(claim: Claim, *, by: Person) -> list[tuple[Person, Organisation, str]]:
    """Fresh personal links of everyone still asked, to be passed on by hand, with their units.

    It stands in the story and in those people's inbox: a link can't be used quietly.
    """
    may_pass_links(by, claim).require()
    asked = [
        (person, body)
        for body in claim.to_answer
        for person in voices_of(body, claim.need.alliance)
    ]
    event = record("link_handed_out", claim, by=by)
    title = format_lazy(
        _("{name} has a link for you: {title}"), name=by.name, title=claim.need.title
    )
    why = _("It answers for you. Say so if you didn't get it.")
    people = {person for person, _body in asked}
    tell(people, f"claim_link:{event.pk}", title, item=claim.need, why=why)
    return [(person, body, personal_path(claim, person)) for person, body in asked]
