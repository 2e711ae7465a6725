"""The numbered mechanism in reading order."""

import uuid
from dataclasses import dataclass

from mulin.alliance.models import Alliance, MechanismNode


@dataclass(frozen=True)
class Heading:
    """A node of the mechanism with its place: (1, 2) is the second under the first."""

    node: MechanismNode
    path: tuple[int, ...]
    is_last: bool


def mechanism_of(alliance: Alliance) -> list[Heading]:
    """All headings in reading order, numbered by their place; one query."""
    children: dict[uuid.UUID | None, list[MechanismNode]] = {}
    for node in alliance.mechanism.order_by("position", "pk"):
        children.setdefault(node.parent_id, []).append(node)

    def under(parent: uuid.UUID | None, path: tuple[int, ...]) -> list[Heading]:
        found: list[Heading] = []
        level = children.get(parent, [])
        for number, node in enumerate(level, start=1):
            found.append(Heading(node, (*path, number), number == len(level)))
            found += under(node.pk, (*path, number))
        return found

    return under(None, ())
