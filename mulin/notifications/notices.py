"""What other apps hand over: a `Notice` to tell, a `Waiting` to answer."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Notice:
    """What to tell. Lazy strings are put into each reader's own language.

    key: says the same thing once per person (e.g. "claim_made:<id>").
    """

    key: str
    title: str | Promise
    body: str | Promise = ""
    url: str = ""
    why: str | Promise = ""
    scope: UUID | None = None
    secret: bool = False
    """True for what must reach the person by e-mail only (a code), and not lie in the inbox."""


@dataclass(frozen=True)
class Answer:
    """One way to answer on the spot: a POST to `url`, or a page to open where `opens`."""

    label: str | Promise
    url: str
    opens: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    asks: str | Promise = ""
    """Label of a required text (a reason) sent as `reason` with the answer."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, to be shown and answered on the desk.

    seal: one-character mark (需 资 项 …). due_on: by when, or since when for undated things.
    """

    seal: str
    title: str | Promise
    due_on: date
    detail: str | Promise = ""
    quotes: tuple[str, ...] = ()
    url: str = ""
    answers: tuple[Answer, ...] = ()
    tone: str = ""
