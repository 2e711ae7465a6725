"""A person at a browser: taps and corrections counted, typed facts held against what is known."""

import json
import re
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
BROKEN = {404, 500}
LISTEN = """
document.addEventListener('securitypolicyviolation', e =>
    console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));
"""


@dataclass
class Tally:
    """What one person did; `twice` holds what they typed although mulin knew it.

    likenesses: rows said to be like another; merges: those the person found to be the same.
    """

    taps: int = 0
    likenesses: int = 0
    merges: int = 0
    corrections: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Walker:
    """One person; a tap is a click on, or the focus of, one control, typing into it included."""

    def __init__(self, page: Page, *, database: Path | None = None) -> None:
        self.page, self.database, self.did = page, database, Tally()

    def tap(self, what: Locator | str) -> None:
        self.did.taps += 1
        self._one(what).click()

    def type(self, what: Locator | str, words: str, *, secret: bool = False) -> None:
        """Fill a field; `secret` is what is asked for on purpose (name and password)."""
        self.did.taps += 1
        if not secret:
            self.did.typed.append(words)
            if self.database and (found := where_known(self.database, words)):
                self.did.twice.append(f"{words} ({found[0]})")
        self._one(what).fill(words)

    def choose(self, what: Locator | str, value: str) -> None:
        """One of a list of choices: two taps, on the list and on the choice."""
        self.did.taps += 2
        self._one(what).select_option(value)

    def follow(self, address: str) -> None:
        """A link tapped in a chat or a mail."""
        self.did.taps += 1
        self.page.goto(address)

    def _one(self, what: Locator | str) -> Locator:
        return self.page.locator(what).first if isinstance(what, str) else what


def walker_at(
    browser: Browser, url: str, size: Any, database: Path, locale: str = "zh-CN"
) -> Walker:
    """Somebody with a browser of their own, whose console is listened to."""
    context = browser.new_context(
        base_url=url, viewport=size, locale=locale, timezone_id="Asia/Shanghai",
        has_touch=size is PHONE,
    )  # fmt: skip
    page = context.new_page()
    walker = Walker(page, database=database)
    faults = walker.did.faults
    page.add_init_script(LISTEN)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("response", lambda got: faults.append(got.url) if got.status in BROKEN else None)
    page.set_default_timeout(20_000)
    return walker


def where_known(database: Path, words: str) -> list[str]:
    """The columns of any table in which the words stand already, whole or within a longer text.

    Words of less than four characters must be the whole value; JSON is searched as it is stored.
    """
    words = re.sub(r"\s+", " ", words.strip())
    if not words:
        return []
    ways = {words, json.dumps(words)[1:-1]}
    short = len(words) < 4
    found = []
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as base:
        listed = "SELECT name FROM sqlite_master WHERE type='table' AND name <> 'django_session'"
        tables = base.execute(listed).fetchall()
        for (table,) in tables:
            for column in base.execute(f'PRAGMA table_info("{table}")').fetchall():
                test = '"{0}" = ?' if short else 'instr(CAST("{0}" AS TEXT), ?) > 0'
                where = " OR ".join([test.format(column[1])] * len(ways))
                sql = f'SELECT 1 FROM "{table}" WHERE {where} LIMIT 1'
                if base.execute(sql, sorted(ways)).fetchone():
                    found.append(f"{table}.{column[1]}")
    return found


class Watch:
    """Wall time of a stretch."""

    def __enter__(self) -> "Watch":
        self.started = time.perf_counter()
        return self

    def __exit__(self, *rest: object) -> None:
        self.seconds = round(time.perf_counter() - self.started, 1)
