"""What a run changes against the one before: pairs that stay, new ones, those gone and why."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mulin.lists.models import Item, Proposal

Key = tuple[str, str]
MOST_TOLD = 200


def key_of(proposal: Proposal) -> Key:
    return str(proposal.need_id), str(proposal.resource_id)


def changes_between(
    earlier: Iterable[Proposal],
    now: Iterable[Proposal],
    *,
    items: Mapping[str, Any],
    refused: Collection[Key],
) -> dict[str, Any]:
    """As the run keeps it: {"kept", "added": [[need, resource]], "gone": [{…, "code", "others"}]}.

    earlier, now: what was open before, and what is proposed instead. items: (state, version, is
    used up) of the items of the earlier pairs, by key. Empty where nothing was proposed before.
    """
    before, after = ({key_of(one): one for one in pairs} for pairs in (earlier, now))
    if not before:
        return {}
    gone = [before[key] for key in before if key not in after]
    told = [_gone(one, after, items, refused) for one in gone[:MOST_TOLD]]
    return {
        "kept": len(before.keys() & after.keys()),
        "added": [list(key) for key in after if key not in before][:MOST_TOLD],
        "added_count": len(after.keys() - before.keys()),
        "gone": told,
        "gone_count": len(gone),
    }


def _gone(
    proposal: Proposal,
    after: Collection[Key],
    items: Mapping[str, Any],
    refused: Collection[Key],
) -> dict[str, Any]:
    """The first reason that holds; `others` are the items it went to, or that answer instead."""
    need, resource = key_of(proposal)
    words = {"need": need, "resource": resource}
    for key, version in ((need, proposal.need_version), (resource, proposal.resource_version)):
        state, version_now, is_used_up = items.get(key, ("", 0, True))
        if state != Item.State.PUBLISHED:
            return {**words, "code": "item_gone", "others": [key]}
        if is_used_up:
            return {**words, "code": "used_up", "others": [key]}
        if version_now != version and (need, resource) not in refused:
            return {**words, "code": "item_changed", "others": [key]}
    if (need, resource) in refused:
        return {**words, "code": "refused", "others": []}
    if instead := [offer for asker, offer in after if asker == need]:
        return {**words, "code": "answered_by", "others": instead}
    if takers := [asker for asker, offer in after if offer == resource]:
        return {**words, "code": "given_to", "others": takers}
    return {**words, "code": "better_plan", "others": []}
