"""Every page in English and in 繁體: its own words are the reader's, whatever the data says."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from playwright.sync_api import Page

from benchmarks.burden_walk import Walker
from mulin.accounts.models import Person
from tests.access.test_matrix import WORDS
from tests.browser.test_every_page import carry_session, pages_for
from tests.browser.test_journeys import sheets_become_a_closed_project
from tests.factories.cast import Cast
from tests.factories.things import make_things

CHINESE = re.compile(r"[㐀-鿿]+")
LANGUAGES = ("en", "zh-hant")
WRITTEN = (models.CharField, models.TextField, models.JSONField)
GLYPHS = ".seal, .brand, .languages, [lang]:not(html), .skip"
"""What is Chinese in every language: seals, the name, and the names of languages."""

TEXT = """glyphs => {
    const body = document.body.cloneNode(true);
    body.querySelectorAll(glyphs).forEach(e => e.remove());
    return body.textContent;
}"""


def data_words() -> list[str]:
    """Everything people wrote: the texts of the database, longest first."""
    said: set[str] = set()
    for model in apps.get_models():
        fields = [field.name for field in model._meta.fields if isinstance(field, WRITTEN)]
        for row in model._default_manager.values_list(*fields) if fields else ():
            said.update(run for text in row for run in CHINESE.findall(str(text)))
    return sorted(said, key=len, reverse=True)


def chrome_of(page: Page, said: list[str]) -> str:
    text = page.evaluate(TEXT, GLYPHS)
    for words in said:
        text = text.replace(words, "")
    return text


def foreign(text: str, language: str) -> list[str]:
    """Chinese in English; characters of 简体 alone, which Big5 has no place for, in 繁體."""
    runs = CHINESE.findall(text)
    if language == "en":
        return runs
    return [run for run in runs for one in run if not one.encode("cp950", "ignore")]


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [None, "lin", "mei"])
def test_chrome_speaks_the_chosen_language(
    page: Page, cast: Cast, live_server, role: str | None, language: str
) -> None:
    things = {**make_things(cast), **WORDS}
    if role:
        carry_session(page, cast, role, live_server.url)
    page.context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
    said, found = data_words(), []
    for address in pages_for(role, things):
        page.goto(address)
        found += [f"{address} {run}" for run in foreign(chrome_of(page, said), language)]
    assert "\n".join(dict.fromkeys(found)) == ""


@pytest.mark.parametrize("size", ["desktop"], indirect=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_journey_speaks_the_chosen_language(
    walker: Walker, street: Cast, tmp_path: Path, language: str
) -> None:
    Person.objects.update(language=language)
    found: list[str] = []

    def listen(page: Page) -> None:
        said = data_words()
        found.extend(f"{page.url} {run}" for run in foreign(chrome_of(page, said), language))

    sheets_become_a_closed_project(walker, tmp_path, seen=listen)
    assert "\n".join(dict.fromkeys(found)) == ""
