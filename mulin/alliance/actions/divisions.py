"""Official divisions: putting organisations in by their dated codes, again and again safely."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from mulin.alliance.models import Organisation, OrganisationCode, OrganisationName

SYSTEM = "stats"
CHUNK = 500


@dataclass(frozen=True)
class Division:
    """One line of an official list; `parent` is the code of the division above, if any."""

    code: str
    name: str
    kind: str
    parent: str = ""


@dataclass
class Loaded:
    """How many were added, known already, given a new code; and what needs a person's eye."""

    added: int = 0
    known: int = 0
    recoded: int = 0
    problems: list[str] = field(default_factory=list)


def load_divisions(divisions: Iterable[Division], *, as_of: datetime.date) -> Loaded:
    """Add what is missing. as_of: the day for which the list states its codes.

    An organisation is known by a code in force on that day, never by its name alone: only one that
    stands under the same parent with the same name, whose own code the list no longer has, is
    given its new code from `as_of`. A code that names something else changes nothing and is said.
    """
    rows = sorted(divisions, key=lambda division: (len(division.code), division.code))
    loaded = Loaded()
    listed = {row.code for row in rows}
    for size in sorted({len(row.code) for row in rows}):
        level = [row for row in rows if len(row.code) == size]
        for start in range(0, len(level), CHUNK):
            _load_chunk(level[start : start + CHUNK], listed, as_of, loaded)
    return loaded


@transaction.atomic
def _load_chunk(
    rows: list[Division], listed: set[str], as_of: datetime.date, loaded: Loaded
) -> None:
    # Chunk by chunk, so that other writers never wait for a whole province.
    known = _known([row.code for row in rows] + [row.parent for row in rows], as_of)
    siblings = _siblings([known[row.parent] for row in rows if row.parent in known], as_of)
    new: list[tuple[Division, Organisation]] = []
    for row in rows:
        parent = known.get(row.parent)
        if row.code in known:
            _compare(row, known[row.code], loaded)
        elif row.parent and parent is None:
            loaded.problems.append(f"{row.code} {row.name}: {row.parent} isn't there")
        elif moved := siblings.get((parent.pk if parent else None, row.name), {}):
            _recode(row, moved, listed, as_of, loaded)
        else:
            new.append((row, Organisation(kind=row.kind, name=row.name, parent=parent)))
    Organisation.objects.bulk_create([organisation for _row, organisation in new])
    OrganisationName.objects.bulk_create(
        [OrganisationName(organisation=body, name=row.name) for row, body in new]
    )
    OrganisationCode.objects.bulk_create(
        [
            OrganisationCode(organisation=body, system=SYSTEM, code=row.code, from_on=as_of)
            for row, body in new
        ]
    )
    loaded.added += len(new)


def _known(codes: list[str], as_of: datetime.date) -> dict[str, Organisation]:
    held = OrganisationCode.objects.current(as_of).filter(system=SYSTEM, code__in=codes)
    return {code.code: code.organisation for code in held.select_related("organisation")}


def _siblings(parents: list[Organisation], as_of: datetime.date) -> dict[tuple, dict]:
    """Coded organisations under these parents: (parent, name) → {code: row}."""
    held = OrganisationCode.objects.current(as_of).filter(
        system=SYSTEM, organisation__parent__in={parent.pk for parent in parents}
    )
    found: dict[tuple, dict] = {}
    for code in held.select_related("organisation"):
        key = (code.organisation.parent_id, code.organisation.name)
        found.setdefault(key, {})[code.code] = code
    return found


def _compare(row: Division, organisation: Organisation, loaded: Loaded) -> None:
    loaded.known += 1
    if organisation.name != row.name:
        loaded.problems.append(f"{row.code}: {organisation.name} here, {row.name} in the list")


def _recode(
    row: Division,
    held: dict[str, OrganisationCode],
    listed: set[str],
    as_of: datetime.date,
    loaded: Loaded,
) -> None:
    codes = list(held.values())
    if len(codes) != 1 or codes[0].code in listed or codes[0].from_on == as_of:
        loaded.problems.append(f"{row.code} {row.name}: the name stands under another code")
        return
    codes[0].until_on = as_of - timedelta(days=1)
    codes[0].save(update_fields=["until_on"])
    OrganisationCode.objects.create(
        organisation=codes[0].organisation, system=SYSTEM, code=row.code, from_on=as_of
    )
    loaded.recoded += 1
