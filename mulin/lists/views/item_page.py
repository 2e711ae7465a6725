"""What an item's page shows and which answers it offers this reader."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance
from mulin.alliance.queries import is_coordinator, is_supervisor
from mulin.history.models import Audience
from mulin.history.wording import Told, by_day, tell
from mulin.lists import rules
from mulin.lists.forms.claims import AskForm, ClaimForm
from mulin.lists.forms.items import WordsForm
from mulin.lists.models import Claim, Item
from mulin.lists.queries.listing import state_of
from mulin.lists.views.answers import reader
from mulin.lists.views.offers import shown
from mulin.lists.views.rows import state_words

SOON = 60
"""Days before its date from which the page asks whether an item is still true."""


def item_context(request: HttpRequest, item: Any) -> dict[str, Any]:
    """For an item annotated with `stage` and `requests`."""
    person = reader(request)
    claims = _claims(item)
    agreed = [claim for claim in claims if claim.project]
    return {
        "item": item,
        "state": state_of(item),
        "state_words": state_words(state_of(item), item.kind),
        "story": by_day(_story(person, item)),
        "subject": item.pk,
        "merged": _merged(item),
        "offers": [shown(person, claim) for claim in claims if claim.state == Claim.State.OFFERED],
        "agreed": agreed,
        "ended": [
            (claim, bool(rules.may_reopen(person, claim)))
            for claim in claims
            if claim.state == Claim.State.REFUSED
        ],
        "late": _late_since(agreed),
        "alike": _alike(item),
        "coordinates": is_coordinator(person, item.alliance),
        **_answers(person, item),
    }


def _story(person: Person, item: Item) -> list[Told]:
    seen, scopes = audiences(person, item.alliance), [item.alliance_id]
    return tell(item.pk, reader=person, audiences=seen, scopes=scopes)


def audiences(person: Person, alliance: Alliance) -> list[str]:
    """Whose events this reader may read."""
    seen: list[str] = [Audience.PUBLIC, Audience.ALLIANCE]
    if is_coordinator(person, alliance) or is_supervisor(person, alliance):
        seen.append(Audience.STAFF)
    return seen


def _late_since(agreed: list[Claim]) -> datetime.date | None:
    """The earliest missed date among the projects."""
    projects = [claim.project for claim in agreed if claim.project]
    return min((one.due_on for one in projects if one.days_late), default=None)


def _runs_out(item: Item) -> bool:
    """Whether it is time to ask if the item is still true."""
    soon = timezone.localdate() + datetime.timedelta(days=SOON)
    return item.state != Item.State.PUBLISHED or bool(item.expires_on and item.expires_on <= soon)


def _claims(item: Item) -> list[Claim]:
    held = item.claims if item.is_need else item.uses
    return list(
        held.exclude(state=Claim.State.WITHDRAWN)
        .select_related(
            "organisation__parent", "resource", "need__organisation", "need__alliance",
            "project", "refused_by",
        )
        .prefetch_related(
            "partners__organisation", "project__owners__organisation", "project__owners__person",
            "project__owners__side__organisation",
        )
    )  # fmt: skip


def _merged(item: Item) -> list[Item]:
    return list(item.merged_items.select_related("organisation").order_by("asked_on"))


def _alike(item: Item) -> list[Item]:
    """Open items of the same category on the other list."""
    if not item.category_id:
        return []
    other = Item.Kind.RESOURCE if item.is_need else Item.Kind.NEED
    found = Item.objects.filter(alliance=item.alliance_id, category=item.category_id, kind=other)
    return list(found.published().select_related("organisation").exclude(pk=item.pk)[:3])


def _answers(person: Person, item: Item) -> dict[str, Any]:
    """Forms and buttons; an empty choice of units means this reader can't."""
    form: Any = None
    if item.state == Item.State.PUBLISHED and item.left > 0:
        form = (
            ClaimForm(person=person, need=item)
            if item.is_need
            else AskForm(person=person, resource=item)
        )
        if not form.fields["organisation"].queryset.exists():
            form = None
    return {
        "form": form,
        "words": WordsForm() if rules.may_comment(person, item) else None,
        "comments": item.comments.select_related("by"),
        "may_edit": bool(rules.may_edit(person, item)),
        "may_submit": bool(rules.may_submit(person, item)),
        "may_review": bool(rules.may_review(person, item)),
        "may_withdraw": bool(rules.may_withdraw_item(person, item)),
        "may_say_still_true": _runs_out(item) and bool(rules.may_say_still_true(person, item)),
    }
