"""The order of rotation: planning terms, skipping one, swapping two."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mulin.accounts.models import Person
from mulin.alliance.models import Alliance, LeadTerm, Side
from mulin.alliance.queries import coordinators_of, sides_of
from mulin.alliance.rules import may_change_term, may_run_rotation
from mulin.history.actions import record
from mulin.notifications.actions import notify
from mulin.notifications.notices import Notice


def _locked(alliance: Alliance, on: datetime.date | None = None) -> list[Side]:
    """The sides in their order, with the alliance's row held: one change of rotation at a time."""
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    return list(sides_of(alliance, on).order_by("position", "pk"))


def _after(side: Side, sides: list[Side]) -> Side:
    """Whose turn follows; after a side that has left, the next in the order of rotation."""
    later = [other for other in sides if other.position > side.position]
    return (later or sides)[0]


@transaction.atomic
def set_order(alliance: Alliance, *, by: Person, sides: list[Side]) -> None:
    """The order in which sides lead in terms planned from now on."""
    _locked(alliance)
    may_run_rotation(by, alliance).require()
    for position, side in enumerate(sides):
        alliance.sides.filter(pk=side.pk).update(position=position)
    record("rotation_ordered", alliance, by=by, scope=alliance.pk, order=[str(s) for s in sides])


@transaction.atomic
def plan_term(alliance: Alliance, *, by: Person, starts_on: datetime.date) -> LeadTerm:
    """One more term, for the side whose turn comes after that of the term before it."""
    sides = _locked(alliance, starts_on)
    may_run_rotation(by, alliance).require()
    before = alliance.terms.filter(starts_on__lt=starts_on).order_by("-starts_on").first()
    side = _after(before.side, sides) if before else sides[0]
    term = LeadTerm.objects.create(alliance=alliance, side=side, starts_on=starts_on)
    record("term_planned", term, by=by, side=str(side), on=starts_on)
    return term


@transaction.atomic
def skip_term(term: LeadTerm, *, by: Person, note: str) -> LeadTerm:
    """The side lets its turn pass: every later turn moves one term forward. note: the reason."""
    sides = _locked(term.alliance, term.starts_on)
    term.refresh_from_db()
    may_change_term(by, term).require()
    later = list(term.alliance.terms.filter(starts_on__gte=term.starts_on).order_by("starts_on"))
    skipped = term.side
    turns = [t.side for t in later[1:]]
    turns.append(_after(turns[-1] if turns else skipped, sides))
    for each, side in zip(later, turns, strict=True):
        each.side = side
    later[0].note = note
    LeadTerm.objects.bulk_update(later, ["side", "note"])
    record("term_skipped", later[0], by=by, side=str(skipped), reason=note)
    _tell(later[0], by=by)
    return later[0]


@transaction.atomic
def swap_terms(first: LeadTerm, *, by: Person, other: LeadTerm, note: str) -> None:
    """Two terms that haven't begun change sides. note: the reason."""
    _locked(first.alliance)
    first.refresh_from_db()
    other = first.alliance.terms.get(pk=other.pk)
    for term in (first, other):
        may_change_term(by, term).require()
    first.side, other.side = other.side, first.side
    first.note = other.note = note
    LeadTerm.objects.bulk_update([first, other], ["side", "note"])
    record("terms_swapped", first, by=by, other=str(other), reason=note)
    _tell(first, by=by)


def _tell(term: LeadTerm, *, by: Person) -> None:
    people = [p for side in term.alliance.sides.all() for p in coordinators_of(side) if p != by]
    notice = Notice(
        key=f"rotation:{term.pk}:{term.side_id}",
        title=_("The order of rotation changed"),
        body=term.note,
        url="/alliance/rotation/",
        why=_("You coordinate one of the sides."),
        scope=term.alliance_id,
    )
    notify(people, notice)
