"""`mulin load_divisions FILE…`: official divisions from csv (code, name, parent) or a json tree."""

import csv
import datetime
import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mulin.alliance.actions.divisions import Division, load_divisions
from mulin.alliance.models import Organisation

Kind = Organisation.Kind
KINDS = {
    2: Kind.PROVINCE, 4: Kind.CITY, 6: Kind.DISTRICT, 9: Kind.SUBDISTRICT, 12: Kind.COMMUNITY,
}  # fmt: skip
ABOVE = {4: 2, 6: 4, 9: 6, 12: 9}
BESIDE = ("provinces.csv", "cities.csv", "districts.csv")


def _division(code: str, name: str, kind: str = "") -> Division:
    if len(code) not in KINDS or not code.isascii() or not code.isdigit():
        raise CommandError(f"{code!r} isn't a code of 2, 4, 6, 9 or 12 digits ({name})")
    return Division(code, name, kind or KINDS[len(code)], code[: ABOVE.get(len(code), 0)])


def _from_csv(path: Path) -> list[Division]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"code", "name"} <= set(rows.fieldnames or ()):
            raise CommandError(f"{path}: the first line must name the columns code and name")
        return [_division(row["code"].strip(), row["name"].strip()) for row in rows]


def _from_tree(path: Path) -> tuple[list[Division], str]:
    tree = json.loads(path.read_text(encoding="utf-8"))
    district = tree["district"]
    found = [
        _division(district["province_code"], district["province"]),
        _division(district["city_code"], district["city"]),
        _division(district["code"], district["name"]),
    ]
    for street in tree["streets"]:
        kind = Kind.SUBDISTRICT if street.get("kind") in ("街道", "镇", "乡") else Kind.OTHER
        found.append(_division(street["code"], street["name"], kind))
        for body in street["communities"]:
            found.append(_division(body["code"], body.get("short") or body["name"]))
    return found, tree.get("as_of", "")


def _with_ancestors(found: list[Division], folder: Path) -> list[Division]:
    """Adds the divisions above, where their lists lie beside the file."""
    rows = {row.code: row for name in BESIDE if (folder / name).exists()
            for row in _from_csv(folder / name)}  # fmt: skip
    rows |= {row.code: row for row in found}
    wanted, level = {row.code for row in found}, {row.parent for row in found}
    while level := {code for code in level if code in rows} - wanted:
        wanted |= level
        level = {rows[code].parent for code in level}
    return [rows[code] for code in wanted]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--province", help="take only this province, by its name")
        parser.add_argument(
            "--as-of",
            type=datetime.date.fromisoformat,
            help="the day for which the list states its codes (YYYY-MM-DD)",
        )

    def handle(self, files: list[Path], **options) -> None:
        divisions: dict[str, Division] = {}
        as_of = options["as_of"]
        for path in files:
            found, stated = _from_tree(path) if path.suffix == ".json" else (_from_csv(path), "")
            as_of = as_of or (datetime.date.fromisoformat(stated) if stated else None)
            divisions |= {row.code: row for row in _with_ancestors(found, path.parent)}
        if as_of is None:
            raise CommandError("for which day does the list state its codes? Give --as-of")
        rows = self._of_province(list(divisions.values()), options["province"])
        loaded = load_divisions(rows, as_of=as_of)
        for problem in loaded.problems:
            self.stderr.write(problem)
        self.stdout.write(f"added {loaded.added}, known {loaded.known}, recoded {loaded.recoded}")

    def _of_province(self, rows: list[Division], name: str | None) -> list[Division]:
        if not name:
            return rows
        codes = [row.code for row in rows if len(row.code) == 2 and row.name == name]
        if not codes:
            raise CommandError(f"no province {name!r}: give provinces.csv too, or its full name")
        return [row for row in rows if row.code.startswith(codes[0])]
