"""The sentences of what happens to items, rounds, imports and claims, and what is known of them."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.history.wording import Verb
from mulin.lists.models import Claim, ImportRow, Item
from mulin.lists.wording.fields import FIELD_LABELS

KINDS = ("item", "claim")
COLUMNS = (
    "pk", "title", "state", "reason", "organisation__name", "batch_id", "batch__name",
    "source_row", "submission_id", "submission__round__title", "merged_into__title",
)  # fmt: skip
HOW_MUCH = ("measure", _("How much: {amount} {measure}"))
PARTNERS = ("partners", _("Together with {partners}"))
WITH = ("resource", _("With “{resource}”"))
USED = ("used", _("Of it: {used}"))
PROMISE = (HOW_MUCH, WITH, USED, PARTNERS)
CORRECTED = ("corrections", _("Corrected before: {corrections}"))

VERBS: dict[str, Verb] = {
    "drafted": Verb("draft", _("Written down for {unit}: “{label}”")),
    "edited": Verb("draft", _("Wording or figures changed: “{label}”")),
    "submitted": Verb(
        "draft", _("{unit} handed in “{label}”"), many=_("{count} items handed in for review")
    ),
    "said_by_resident": Verb("draft", _("Said by a resident in {unit}: “{label}”")),
    "returned": Verb("declined", _("“{label}” sent back to {unit}")),
    "published": Verb(
        "open",
        _("“{label}” reviewed and published"),
        more=(("number", _("Number {number}")),),
        many=_("{count} items reviewed and published"),
    ),
    "withdrawn": Verb("declined", _("“{label}” taken off the list")),
    "restored": Verb("draft", _("“{label}” put back")),
    "still_true": Verb(
        "open",
        _("{unit} says “{label}” is still true"),
        more=(("until", _("Holds until {until}")),),
    ),
    "expired": Verb("held", _("“{label}” has run out; nobody had taken it on")),
    "commented": Verb("open", _("A word on “{label}”")),
    "merged": Verb(
        "open",
        _("“{label}” of {unit} merged into “{into}”"),
        many=_("{count} requests merged into “{into}”"),
    ),
    "took_in": Verb("open", _("Took in the request of {unit}: “{title}”"), echo="merged"),
    "unmerged": Verb("open", _("“{label}” taken out of “{into}” again")),
    "let_go": Verb("open", _("“{title}” of {unit} goes its own way again"), echo="unmerged"),
    "kept_apart": Verb("open", _("“{label}” stays apart from like requests")),
    "imported": Verb(
        "draft",
        _("{count} items taken in from “{label}”"),
        each="batch",
        of_each=_("“{title}” of {unit} taken in from “{file}”, row {row}"),
        more=(CORRECTED, ("joined", _("Merged into “{joined}” on the way"))),
        many=_("{count} requests taken in from “{file}”"),
    ),
    "import_undone": Verb("declined", _("Taking in “{label}” was undone")),
    "round_opened": Verb(
        "draft",
        _("Collection begun: {label}"),
        more=(
            ("asked", _("Units asked: {asked}")),
            ("closes_on", _("Answers until {closes_on}")),
        ),
    ),
    "reminded": Verb("draft", _("Units reminded: {units}")),
    "link_handed_out": Verb("draft", _("Personal link handed out: {label}")),
    "submission_sent": Verb(
        "draft",
        _("{unit} sent in its list"),
        each="submission",
        of_each=_("{unit} handed in “{title}” for “{round}”"),
        many=_("{count} items handed in for review"),
    ),
    "round_frozen": Verb("open", _("Collection ended: {label}")),
    "round_reopened": Verb(
        "draft",
        _("Collection opened again: {label}"),
        more=(("closes_on", _("Answers until {closes_on}")),),
    ),
    "claimed": Verb("claimed", _("{unit} takes it on"), more=PROMISE),
    "asked": Verb("claimed", _("{unit} was asked for it"), more=(HOW_MUCH, USED, PARTNERS)),
    "asked_for": Verb("open", _("{unit} asked for “{resource}”")),
    "said_yes": Verb("claimed", _("{unit} said yes")),
    "refused": Verb("declined", _("{unit} can't")),
    "partner_refused": Verb("declined", _("{unit} can't join in")),
    "went_on_without": Verb(
        "claimed",
        _("{unit} goes on without {without}"),
        more=(HOW_MUCH, USED, PARTNERS),
    ),
    "claim_changed": Verb("claimed", _("{unit} changed what it offers"), more=PROMISE),
    "claim_reopened": Verb("claimed", _("{unit} reconsidered: it waits for the answers again")),
    "answer_taken_back": Verb("claimed", _("{unit} took its answer back")),
    "took_back": Verb("declined", _("{unit} took it back")),
    "proposed": Verb(
        "open",
        pgettext_lazy("story", "Matching computed"),
        more=(("proposals", _("Pairs proposed: {proposals}")), ("unmet", _("Unmet: {unmet}"))),
    ),
    "proposed_to_both": Verb(
        "claimed", _("“{resource}” of {unit} proposed to both sides"), more=(HOW_MUCH, USED)
    ),
    "proposals_asked": Verb("open", pgettext_lazy("story", "Proposals asked for")),
    "proposals_cancelled": Verb("declined", pgettext_lazy("story", "Matching cancelled")),
    "proposals_failed": Verb("declined", pgettext_lazy("story", "Matching failed")),
    "proposal_changed": Verb(
        "open",
        _("“{resource}” for “{need}”: other amounts"),
        more=(("was", _("Before: {was}")), ("now", _("Now: {now}"))),
    ),
    "proposal_reopened": Verb("open", _("“{resource}” for “{need}” can be decided again")),
    "proposal_refused": Verb("declined", _("“{resource}” for “{need}” doesn't fit")),
}


def known(
    keys: Collection[uuid.UUID], *, reader: Person, scopes: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[str, Any]]:
    """Of items and claims among the keys that the reader may see: their page, unit and origin."""
    items = _items(keys, reader, scopes)
    found = {item.pk: _of_item(item) for item in items}
    for item, corrections in _corrections([item for item in items if item.batch_id]):
        found[item.pk]["corrections"] = corrections
    claims = Claim.objects.filter(pk__in=keys, need__alliance__in=scopes)
    for key, need, title in claims.values_list("pk", "need", "need__title").order_by():
        found[key] = {"label": title, "url": reverse("lists:item", args=[need])}
    return found


def _items(keys: Collection[uuid.UUID], reader: Person, scopes: Collection[uuid.UUID]) -> list[Any]:
    """Bare rows, because every page of an item or project asks for them."""
    found = Item.objects.filter(pk__in=keys, alliance__in=scopes).exclude(state=Item.State.STAGED)
    rows = list(found.order_by().values_list(*COLUMNS, named=True))
    hidden = [row.pk for row in rows if row.state in Item.UNPUBLISHED]
    if hidden:
        # Asked only where needed: who may see an item that isn't published is a long question.
        seen = Item.objects.visible_to(reader).filter(pk__in=hidden).values_list("pk", flat=True)
        hidden = list(set(hidden) - set(seen))
    return [row for row in rows if row.pk not in hidden]


def _of_item(item: Any) -> dict[str, Any]:
    details: dict[str, Any] = {
        "label": item.title,
        "title": item.title,
        "unit": item.organisation__name,
        "url": reverse("lists:item", args=[item.pk]),
    }
    if item.batch_id:
        details |= {"batch": item.batch_id, "file": item.batch__name, "row": item.source_row}
        if item.reason == "import" and item.merged_into__title:
            details["joined"] = item.merged_into__title
    if item.submission_id:
        details |= {"submission": item.submission_id, "round": item.submission__round__title}
    return details


def _corrections(items: list[Any]) -> Iterable[tuple[Any, list[str]]]:
    """What people wrote into the cells of these items' rows before they were taken in."""
    rows: dict[tuple, list[ImportRow]] = {}
    found = ImportRow.objects.filter(
        table__batch__in={item.batch_id for item in items},
        row__in={item.source_row for item in items},
    )
    for row in found.select_related("table") if items else []:
        rows.setdefault((row.table.batch_id, row.row), []).append(row)
    for item in items:
        mine = rows.get((item.batch_id, item.source_row), [])
        # Its title may have been edited since; several items of one row are told apart by it.
        fitting = [row for row in mine if len(mine) == 1 or _title(row) == item.title[:100]]
        if fitting and (said := _fixed(fitting[0].cells)):
            yield item, said


def _title(row: ImportRow) -> str:
    cell = row.cells.get("title", {})
    value = cell.get("value")
    return str(value if isinstance(value, str) else cell.get("text", "")).strip()[:100]


def _fixed(cells: dict[str, dict[str, Any]]) -> list[str]:
    return [
        gettext("%(field)s “%(was)s” → “%(now)s”")
        % {
            "field": FIELD_LABELS.get(name, name),
            "was": cell["text"],
            "now": _reading(cell["value"]),
        }
        for name, cell in cells.items()
        if cell["state"] == "fixed"
    ]


def _reading(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("text") or value.get("on") or "")
    return str(value or "")
