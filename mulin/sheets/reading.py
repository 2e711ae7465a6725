"""What a sheet was read as: tables, rows and cells, with questions, problems and cuts."""

from __future__ import annotations

import types
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

FIELDS = [
    *("number", "title", "detail", "category", "unit", "contact", "serving", "place"),
    *("quantity", "period", "conditions", "claimers", "owner", "due", "state", "remark"),
]


def N_(message: str) -> str:
    """Mark `message` for translation; whoever shows it translates it."""
    return message


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))


def _plain(value: Any) -> Any:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Grid):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {"type": type(value).__name__} | {
            name: _plain(getattr(value, name)) for name in _names(type(value))
        }
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _typed(value: Any, hint: Any) -> Any:
    if value is None or type(value) in (str, int, float, bool):
        return value
    if isinstance(value, dict) and value.get("type") in _TAGGED:
        return _TAGGED[value["type"]].from_json(value)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType) and value is not None:
        return _typed(value, next((a for a in args if get_origin(a)), Any))
    if origin is list and isinstance(value, list):
        return [_typed(v, args[0]) for v in value]
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(v, Any) for v in value)
    if origin is dict and isinstance(value, dict):
        return {k: _typed(v, args[1]) for k, v in value.items()}
    return value


class Plain:
    """Gives a dataclass `to_json()` (plain values, tagged with "type") and `from_json()`."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values that `json.dumps` takes."""
        result: dict[str, Any] = _plain(self)
        return result

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Rebuild what `to_json` gave; a KeyError where a field is missing."""
        hints = _hints(cls)  # type: ignore[arg-type]
        return cls(**{name: _typed(plain[name], hints[name]) for name in _names(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Quantity(Plain):
    """An amount as written; `about` when it is not exact; `more` holds the further ones."""

    text: str
    amount: float | None = None
    measure: str = ""
    about: bool = False
    per: str | None = None
    more: list[Quantity] = field(default_factory=list)


@dataclass(frozen=True)
class Period(Plain):
    """When something is available or wanted; dates are ISO, `weekly` has day 0 (Monday) to 6."""

    text: str
    starts_on: str | None = None
    ends_on: str | None = None
    weekly: list[dict[str, Any]] = field(default_factory=list)
    about: bool = False


@dataclass(frozen=True)
class Due(Plain):
    """The day by which something must be done, ISO."""

    text: str
    on: str | None = None
    about: bool = False


@dataclass(frozen=True)
class Cell(Plain):
    """One cell: as written, its reading, and how sure that is ("read", "guessed", "rejected")."""

    text: str
    value: Any
    state: str = "read"
    sure: float = 1.0
    why: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row(Plain):
    """One item; `row` counts from 1 as in the sheet, `part` where a cell held several items."""

    row: int
    part: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Column(Plain):
    """One column; `index` counts from 0 in the sheet; `field` None means not imported."""

    index: int
    heading: str
    field: str | None
    sure: float
    why: str = ""


@dataclass(frozen=True)
class LeftOut(Plain):
    """A row that is no item: why is total, blank, footnote or title."""

    row: int
    text: str
    why: str


@dataclass(frozen=True)
class Table(Plain):
    """One table of a sheet; kind is resource, need, project or unknown."""

    where: str
    kind: str
    columns: list[Column]
    rows: list[Row]
    left_out: list[LeftOut]


@dataclass(frozen=True)
class Question(Plain):
    """What a person must settle; the answer goes to `interpret(answers={key: choice})`."""

    key: str
    where: str
    message: str
    params: dict[str, Any]
    choices: list[str]


@dataclass(frozen=True)
class Problem(Plain):
    """What could not be read, where, and what would be accepted."""

    code: str
    where: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cut(Plain):
    """Personal details removed: what is identity_number, phone or name."""

    where: str
    what: str
    count: int


@dataclass(frozen=True)
class Grid(Plain):
    """A sheet's cells as text, personal details already cut; merges are (top, left, bottom, right)
    counted from 0, both ends included."""

    name: str
    rows: list[list[str]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    uncached: list[tuple[int, int]] = field(default_factory=list)
    file: str = ""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return plain values; the rows are text already and pass as they are."""
        return {"type": "Grid"} | {name: getattr(self, name) for name in _names(Grid)}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Self:
        """Rebuild what `to_json` gave."""
        pairs = {k: [tuple(v) for v in plain[k]] for k in ("merges", "uncached")}
        return cls(**{name: plain[name] for name in _names(Grid) if name in plain} | pairs)


@dataclass(frozen=True)
class Reading(Plain):
    """All that a file gave."""

    tables: list[Table] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


_TAGGED = {
    cls.__name__: cls
    for cls in (
        *(Quantity, Period, Due, Cell, Row, Column, LeftOut, Table),
        *(Question, Problem, Cut, Grid, Reading),
    )
}
