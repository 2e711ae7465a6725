"""Reads about alliances: sides and the lead, who acts for whom, members, the mechanism."""

from mulin.alliance.queries.mechanism import Heading, mechanism_of
from mulin.alliance.queries.members import (
    Member,
    SideMembers,
    alliances_of,
    charter_of,
    has_entered,
    members_of,
    named,
    organisations_above,
    organisations_under,
    tree_of,
)
from mulin.alliance.queries.sides import leading_side, side_of, sides_of
from mulin.alliance.queries.standing import (
    Standing,
    acts_for,
    coordinators_of,
    is_coordinator,
    is_lead,
    is_supervisor,
    organisations_of,
    people_answering_for,
    people_in,
    posts_of,
)

__all__ = [
    "Heading",
    "Member",
    "SideMembers",
    "Standing",
    "acts_for",
    "alliances_of",
    "charter_of",
    "coordinators_of",
    "has_entered",
    "is_coordinator",
    "is_lead",
    "is_supervisor",
    "leading_side",
    "mechanism_of",
    "members_of",
    "named",
    "organisations_above",
    "organisations_of",
    "organisations_under",
    "people_answering_for",
    "people_in",
    "posts_of",
    "side_of",
    "sides_of",
    "tree_of",
]
