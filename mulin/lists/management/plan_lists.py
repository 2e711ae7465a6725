"""A plan of the engine as lists on paper and as data for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mulin import matching
from mulin.documents.sheets import Sheet
from mulin.lists.wording import cause_sentence, reasons_sentence, tag_names


class Lines:
    """A plan as the lines of three lists, each item called by its number or its title."""

    def __init__(self, plan: matching.Plan) -> None:
        self.plan = plan
        every: list[matching.Need | matching.Resource] = [
            *plan.problem.needs,
            *plan.problem.resources,
        ]
        self.items = {one.id: one for one in every}
        self.proposals, self.unmet = matching.proposals(plan), matching.unmet(plan)

    def name(self, key: str) -> str:
        """What people call an item."""
        return self.items[key].title if key in self.items else key

    def as_json(self) -> dict[str, Any]:
        """The plan for other programs."""
        return {
            "proposals": [
                {
                    "need": self.name(one.need),
                    "resource": self.name(one.resource),
                    "units": one.units,
                    "reasons": [reasons_sentence([why], name=self.name) for why in one.reasons],
                }
                for one in self.proposals
            ],
            "unmet": [
                {"need": self.name(one.need), "cause": cause_sentence(one.cause, name=self.name)}
                for one in self.unmet
            ],
            "objective": self.plan.objective,
            "bound": self.plan.bound,
            "gap": self.plan.gap,
            "seconds": self.plan.seconds,
        }

    def summary(self) -> str:
        """What was found, in a sentence."""
        served = len({one.need for one in self.proposals})
        counts = {"served": served, "needs": len(self.plan.problem.needs)}
        return _("%(served)s of %(needs)s needs have a proposal.") % counts

    def sheets(self) -> list[Sheet]:
        """The projects proposed, both lists with what each item was paired with, what is unmet."""
        lists = (
            (_("Projects proposed"), self._projects()),
            (_("Needs"), self._needs()),
            (_("Resources"), self._resources()),
            (_("Unmet needs"), self._unmet()),
        )
        return [Sheet(title, heads, list(rows)) for title, (heads, *rows) in lists]

    def _projects(self) -> Iterator[list[str]]:
        yield [_("Need"), _("Asked by"), _("Resource"), _("Offered by"), _("Amount"), _("Reasons")]
        for one in self.proposals:
            need, resource = self.items[one.need], self.items[one.resource]
            amount = f"{one.units}{need.measure}" if need.amount else ""
            why = reasons_sentence(one.reasons, name=self.name)
            yield [need.title, need.unit, resource.title, resource.unit, amount, why]

    def _needs(self) -> Iterator[list[str]]:
        given = partners(self.proposals, lambda one: (one.need, self.name(one.resource)))
        yield [_("Need"), _("Asked by"), _("Category"), _("Wanted"), _("Proposed")]
        for need in self.plan.problem.needs:
            yield [*self._plain(need), tag_names(need.wants), given.get(need.id, "")]

    def _resources(self) -> Iterator[list[str]]:
        given = partners(self.proposals, lambda one: (one.resource, self.name(one.need)))
        yield [_("Resource"), _("Offered by"), _("Category"), _("Gives"), _("Proposed")]
        for resource in self.plan.problem.resources:
            yield [*self._plain(resource), tag_names(resource.gives), given.get(resource.id, "")]

    def _plain(self, item: matching.Need | matching.Resource) -> list[str]:
        return [item.title, item.unit, item.category]

    def _unmet(self) -> Iterator[list[str]]:
        yield [_("Need"), _("Asked by"), _("Missing"), _("Cause")]
        for one in self.unmet:
            need = self.items[one.need]
            missing = f"{one.missing}{need.measure}" if need.amount else ""
            cause = cause_sentence(one.cause, name=self.name)
            yield [need.title, need.unit, missing, cause]


def partners(
    proposals: Sequence[matching.Proposal], ends: Callable[[matching.Proposal], tuple[str, str]]
) -> dict[str, str]:
    """What each item was paired with, in one cell."""
    found: dict[str, list[str]] = {}
    for proposal in proposals:
        key, other = ends(proposal)
        found.setdefault(key, []).append(other)
    return {key: "、".join(dict.fromkeys(others)) for key, others in found.items()}
