"""Matching resources to needs: candidates, a certified plan, and its reasons. No Django, no I/O."""

from mulin.matching.candidates import problem
from mulin.matching.causes import WhyNot, why_not
from mulin.matching.items import TAGS, BadItem, Need, Resource, Window, week
from mulin.matching.preparing import prepare
from mulin.matching.problem import (
    FIT_PARTS,
    Link,
    Options,
    Plan,
    Problem,
    Progress,
    Reason,
    Unmet,
)
from mulin.matching.reasons import Joint, Missing, Proposal, joint, proposals, why
from mulin.matching.resolving import Changes, Delta, resolve
from mulin.matching.shortfalls import unmet
from mulin.matching.solving import UncheckedPlan, solve
from mulin.matching.taxonomy import Kind, Taxonomy, standard
from mulin.matching.verifying import Report, Violation, verify

__all__ = [
    "FIT_PARTS",
    "TAGS",
    "BadItem",
    "Changes",
    "Delta",
    "Joint",
    "Kind",
    "Link",
    "Missing",
    "Need",
    "Options",
    "Plan",
    "Problem",
    "Progress",
    "Proposal",
    "Reason",
    "Report",
    "Resource",
    "Taxonomy",
    "UncheckedPlan",
    "Unmet",
    "Violation",
    "WhyNot",
    "Window",
    "joint",
    "prepare",
    "problem",
    "proposals",
    "resolve",
    "solve",
    "standard",
    "unmet",
    "verify",
    "week",
    "why",
    "why_not",
]
