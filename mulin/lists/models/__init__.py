"""Collection rounds, the items of the lists, who asked, claims, imports, and what was proposed."""

from mulin.lists.models.claims import Claim, ClaimQuerySet, Partner
from mulin.lists.models.imports import ImportBatch, ImportRow, ImportTable
from mulin.lists.models.items import AGES, Category, Comment, Item, ItemQuerySet
from mulin.lists.models.proposals import MatchRun, MatchRunQuerySet, Proposal, Unmet
from mulin.lists.models.rounds import CollectionRound, RoundQuerySet, Submission

__all__ = [
    "AGES",
    "Category",
    "Claim",
    "ClaimQuerySet",
    "CollectionRound",
    "Comment",
    "ImportBatch",
    "ImportRow",
    "ImportTable",
    "Item",
    "ItemQuerySet",
    "MatchRun",
    "MatchRunQuerySet",
    "Partner",
    "Proposal",
    "RoundQuerySet",
    "Submission",
    "Unmet",
]
