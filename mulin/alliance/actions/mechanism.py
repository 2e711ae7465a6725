"""The numbered mechanism: adding, rewriting, moving and removing its headings."""

from django.db import transaction

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, MechanismNode
from mulin.alliance.rules import may_edit, may_move_under
from mulin.history.actions import record


def _siblings(alliance: Alliance, parent: MechanismNode | None) -> list[MechanismNode]:
    """In their order, with the alliance's row held, so that positions can't collide."""
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    return list(alliance.mechanism.filter(parent=parent).order_by("position", "pk"))


def _number_anew(nodes: list[MechanismNode]) -> None:
    for position, node in enumerate(nodes):
        node.position = position
    MechanismNode.objects.bulk_update(nodes, ["position"])


@transaction.atomic
def add_heading(
    alliance: Alliance,
    *,
    by: Person,
    heading: str,
    text: str = "",
    parent: MechanismNode | None = None,
) -> MechanismNode:
    """A heading at the end of its level."""
    may_edit(by, alliance).require()
    position = len(_siblings(alliance, parent))
    node = MechanismNode.objects.create(
        alliance=alliance, parent=parent, position=position, heading=heading, text=text
    )
    record("heading_added", node, by=by)
    return node


@transaction.atomic
def rewrite_heading(node: MechanismNode, *, by: Person, heading: str, text: str) -> MechanismNode:
    """New words for a heading; the old ones stay in the history."""
    node = MechanismNode.objects.select_for_update().get(pk=node.pk)
    may_edit(by, node.alliance).require()
    old_heading, old_text = node.heading, node.text
    node.heading, node.text = heading, text
    node.save(update_fields=["heading", "text"])
    record("heading_rewritten", node, by=by, old_heading=old_heading, old_text=old_text)
    return node


@transaction.atomic
def move_heading(
    node: MechanismNode, *, by: Person, parent: MechanismNode | None, position: int
) -> MechanismNode:
    """Put it under another heading (None: the top) at that place, counted from 0."""
    there = _siblings(node.alliance, parent)
    may_move_under(by, node, parent).require()
    left_behind = [n for n in _siblings(node.alliance, node.parent) if n.pk != node.pk]
    there = [n for n in there if n.pk != node.pk]
    if node.parent_id != (parent.pk if parent else None):
        _number_anew(left_behind)
    node.parent = parent
    node.save(update_fields=["parent"])
    there.insert(max(0, min(position, len(there))), node)
    _number_anew(there)
    record("heading_moved", node, by=by, under=str(parent or ""), position=position)
    return node


@transaction.atomic
def remove_heading(node: MechanismNode, *, by: Person) -> None:
    """Take it out with all that stands under it."""
    siblings = _siblings(node.alliance, node.parent)
    may_edit(by, node.alliance).require()
    record("heading_removed", node, by=by, text=node.text)
    node.delete()
    _number_anew([each for each in siblings if each.pk != node.pk])
