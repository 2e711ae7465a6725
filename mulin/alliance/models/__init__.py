"""Organisations, alliances with their sides and groups, memberships, posts, places, rotation."""

from mulin.alliance.models.alliances import Alliance, AllianceQuerySet, Membership, Side
from mulin.alliance.models.dated import Dated, DatedQuerySet
from mulin.alliance.models.groups import Group, GroupMember, Jurisdiction, Place
from mulin.alliance.models.organisations import Organisation, OrganisationCode, OrganisationName
from mulin.alliance.models.posts import Post
from mulin.alliance.models.years import LeadTerm, MechanismNode

__all__ = [
    "Alliance",
    "AllianceQuerySet",
    "Dated",
    "DatedQuerySet",
    "Group",
    "GroupMember",
    "Jurisdiction",
    "LeadTerm",
    "MechanismNode",
    "Membership",
    "Organisation",
    "OrganisationCode",
    "OrganisationName",
    "Place",
    "Post",
    "Side",
]
