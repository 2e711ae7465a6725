"""Rows that seem to ask for what is listed already, or for what another row asks."""

from collections import defaultdict
from collections.abc import Iterator

from mulin.hanzi import fold
from mulin.lists.models import ImportBatch, Item
from mulin.matching.likeness import Wording, suggest_merges

LONG = 3000
"""Above so many rows comparing all wordings would take seconds while somebody waits."""

LIVE = (
    Item.State.SUBMITTED,
    Item.State.PUBLISHED,
    Item.State.PARKED,
    Item.State.DRAFT,
    Item.State.RETURNED,
)


def kind_of(table_kind: str) -> str:
    """The list a table's rows go to; a project list is taken in as needs."""
    return Item.Kind.RESOURCE if table_kind == "resource" else Item.Kind.NEED


def wording_of(key: str, cells: dict[str, dict]) -> Wording:
    """What a row says, for comparing with what others say; its unit is its community."""
    said = {name: cells[name]["text"] for name in ("title", "detail", "place") if name in cells}
    unit = cells["unit"]
    return Wording(
        id=key,
        text=said.get("title", ""),
        detail=" ".join(filter(None, [said.get("detail", ""), said.get("place", "")])),
        community=unit["value"]["id"] if unit["value"] else unit["text"],
    )


def alike(batch: ImportBatch, table_kind: str, wordings: list[Wording]) -> dict[str, dict]:
    """Per row key the earlier item ("item") or the earlier row ("row") that it is like."""
    existing = _existing(batch, kind_of(table_kind), {one.community for one in wordings})
    items = {str(item.pk): item for item in existing}
    listed = [
        Wording(
            id=key,
            text=item.title,
            detail=" ".join(filter(None, [item.detail, item.place_text])),
            community=str(item.organisation_id),
            asked_on=item.asked_on,
        )
        for key, item in items.items()
    ]
    found: dict[str, dict] = {}
    for (first, *others), sure in _groups([*listed, *(one for one in wordings if one.text)]):
        for key in others:
            if key not in items:
                found[key] = _like(first, items.get(first), sure)
    return found


def _groups(wordings: list[Wording]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Groups of like wordings; in a very long list only the same words count as like.

    The review compares all that waits there again, in any number.
    """
    if len(wordings) <= LONG:
        yield from ((group.ids, group.sure) for group in suggest_merges(wordings))
        return
    same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in wordings:
        same[one.community, fold(one.text), fold(one.detail)].append(one.id)
    yield from ((tuple(ids), 1.0) for ids in same.values() if len(ids) > 1)


def _existing(batch: ImportBatch, kind: str, units: set[str]) -> list[Item]:
    """Live items of the alliance, of the units the rows name."""
    listed = Item.objects.filter(alliance=batch.alliance, kind=kind, state__in=LIVE)
    named = [item for item in listed.defer("weekly") if str(item.organisation_id) in units]
    return named


def _like(key: str, item: Item | None, sure: float) -> dict:
    if item is None:
        where, row, part = key.rsplit("|", 2)
        return {"row": key, "at": int(row), "where": where, "part": int(part), "sure": sure}
    return {
        "item": str(item.pk),
        "number": item.number,
        "title": item.title,
        "state": item.state,
        "sure": sure,
    }
