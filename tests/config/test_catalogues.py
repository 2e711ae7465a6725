"""Extracting strings, judging catalogues, and 繁體 out of 简体."""

import gettext

import pytest

from mulin.config import catalogues

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
A = _("plain")
B = pgettext("month", "May")
C = ngettext("%(n)s unit", "%(n)s units", 2)
"""
PAGE = """<c-x label="{% translate 'in a "page"' %}">
{% blocktranslate count n=n trimmed %}
  one {{ thing }}{% plural %}many {{ thing }}
{% endblocktranslate %}{{ _("piped")|upper }}{% translate "May" context "verb" %}
"""
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one app, `house`, and one pure package, `sheets`, that it speaks for."""
    for folder in ("house/templates/house", "sheets"):
        (tmp_path / "mulin" / folder).mkdir(parents=True)
    for folder in ("house", "sheets"):
        (tmp_path / "mulin" / folder / "__init__.py").touch()
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path / "mulin")
    monkeypatch.setattr(catalogues, "SHOWN_BY", {"sheets": "house"})
    return tmp_path / "mulin"


def put(package, text: str) -> None:
    path = catalogues.catalogue_path("house")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")


def keys(catalogue) -> set:
    return {(message.context, message.id) for message in catalogue if message.id}


def test_extract_reads_code(package):
    (package / "house" / "views.py").write_text(CODE)
    assert keys(catalogues.extract("house")) == {
        (None, "plain"),
        ("month", "May"),
        (None, ("%(n)s unit", "%(n)s units")),
    }


def test_extract_reads_pages(package):
    (package / "house" / "templates" / "house" / "page.html").write_text(PAGE)
    assert keys(catalogues.extract("house")) == {
        (None, 'in a "page"'),
        (None, ("one %(thing)s", "many %(thing)s")),
        (None, "piped"),
        ("verb", "May"),
    }


def test_extract_reads_marked_words_of_pure_packages(package):
    (package / "sheets" / "wording.py").write_text('A = N_("column %(name)s")')
    assert keys(catalogues.extract("house")) == {(None, "column %(name)s")}


def test_complete_catalogue_has_no_problems(package):
    (package / "house" / "views.py").write_text('A = _("desk")')
    put(package, 'msgid "desk"\nmsgstr "工作台"\n')
    assert catalogues.problems("house") == []


def test_problems_name_what_is_missing_empty_fuzzy_or_stale(package):
    (package / "house" / "views.py").write_text('[_("new"), _("empty"), _("vague")]')
    put(
        package,
        'msgid "empty"\nmsgstr ""\n\n#, fuzzy\nmsgid "vague"\nmsgstr "约"\n\n'
        'msgid "old"\nmsgstr "旧"\n',
    )
    assert sorted(catalogues.problems("house")) == [
        "house: 'empty' is not translated",
        "house: 'new' is not in the catalogue",
        "house: 'old' is no longer shown",
        "house: 'vague' is marked fuzzy",
    ]


def test_lost_placeholder_is_a_problem(package):
    (package / "house" / "views.py").write_text('A = _("%(name)s asked")')
    put(package, '#, python-format\nmsgid "%(name)s asked"\nmsgstr "有人提出"\n')
    assert len(catalogues.problems("house")) == 1


def test_merging_keeps_translations_and_drops_what_is_gone(package):
    (package / "house" / "views.py").write_text('[_("desk"), _("new")]')
    put(package, 'msgid "desk"\nmsgstr "工作台"\n\nmsgid "old"\nmsgstr "旧"\n')
    catalogues.write("house", catalogues.merged("house"))
    merged = catalogues.read(catalogues.catalogue_path("house"))
    assert {m.id: m.string for m in merged if m.id} == {"desk": "工作台", "new": ""}


def compiled(package, language: str) -> gettext.GNUTranslations:
    path = package / "house" / "locale" / language / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_traditional_follows_from_simplified(package):
    put(package, 'msgid "%(n)s projects of the community"\nmsgstr "社区%(n)s个项目"\n')
    assert catalogues.compile_app("house") == 2
    words = "%(n)s projects of the community"
    assert compiled(package, "zh_Hans").gettext(words) == "社区%(n)s个项目"
    assert compiled(package, "zh_Hant").gettext(words) == "社區%(n)s個項目"


def test_override_wins_over_the_converter(package):
    put(package, 'msgid "platform"\nmsgstr "平台"\n')
    overrides = package / "house" / "locale" / "zh_Hant" / "LC_MESSAGES" / "overrides.po"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(HEAD + 'msgid "platform"\nmsgstr "平臺"\n', encoding="utf-8")
    catalogues.compile_app("house")
    assert compiled(package, "zh_Hant").gettext("platform") == "平臺"


def test_compiling_again_does_nothing(package):
    put(package, 'msgid "desk"\nmsgstr "工作台"\n')
    catalogues.compile_app("house")
    assert catalogues.compile_app("house") == 0
