"""Translations: which strings each app shows, its catalogue of them, and the compiled files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
# Packages that know no Django mark strings with N_(); the app that shows them translates them.
SHOWN_BY = {"sheets": "lists", "matching": "lists", "hanzi": "lists"}
SINGLE = ("gettext", "gettext_lazy", "gettext_noop", "_", "N_")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(SINGLE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
WORD = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({WORD}(?:\s*,\s*{WORD})*)")
PLACE = re.compile(r"%\(\w+\)[sdf]|\{\w+\}")
HEADER = """# {title}
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def apps() -> list[str]:
    """Names of the packages of mulin that may show strings, pure packages left out."""
    found = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
    return [name for name in found if name not in SHOWN_BY]


def catalogue_path(app: str) -> Path:
    return PACKAGE / app / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def extract(app: str) -> Catalog:
    """Every string that the app (with the pure packages it speaks for) shows."""
    catalogue = Catalog(locale="zh_Hans")
    for folder in [app, *(pure for pure, by in SHOWN_BY.items() if by == app)]:
        for path in sorted((PACKAGE / folder).rglob("*")):
            place = path.relative_to(PACKAGE.parent).as_posix()
            for function, words in _strings(path):
                _add(catalogue, function, words, place)
    return catalogue


def _strings(path: Path) -> Iterator[tuple[str, list[str]]]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        with path.open("rb") as file:
            for _line, function, words, _comments in extract_python(file, KEYWORDS, [], {}):
                yield str(function), [word for word in _listed(words) if word]
    elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
        for call in CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
            yield call[1], list(_listed(ast.literal_eval(f"({call[2]},)")))


def _listed(words: Any) -> tuple:
    return tuple(words) if isinstance(words, (tuple, list)) else (words,)


def _add(catalogue: Catalog, function: str, words: list[str], place: str) -> None:
    context = words.pop(0) if function.startswith(("pgettext", "npgettext")) and words else None
    if not words:
        return
    plural = "ngettext" in function or "npgettext" in function
    msgid = (words[0], words[1]) if plural and len(words) > 1 else words[0]
    catalogue.add(msgid, context=context, locations=[(place, 0)])


def read(path: Path) -> Catalog:
    """The catalogue in the file; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def merged(app: str) -> Catalog:
    """The app's strings with the translations that any app's catalogue has for them."""
    wanted, own = extract(app), read(catalogue_path(app))
    others = [read(catalogue_path(other)) for other in apps() if other != app]
    for message in wanted:
        if message.id:
            known = [c.get(_first(message.id), message.context) for c in (own, *others)]
            message.string = next((k.string for k in known if k and _filled(k)), message.string)
    return wanted


def _first(msgid: Any) -> str:
    return str(_listed(msgid)[0])


def _filled(message: Message | None) -> bool:
    strings = _listed(message.string) if message else ()
    return bool(strings) and all(strings)


def write(app: str, catalogue: Catalog) -> None:
    """Write the app's catalogue, sorted, without line numbers, so that diffs show words only."""
    path = catalogue_path(app)
    if not any(message.id for message in catalogue):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(title=f"Simplified Chinese of {app}, written by hand.").encode())
        write_po(
            file, catalogue, width=100, omit_header=True, sort_by_file=True, include_lineno=False
        )


def problems(app: str) -> list[str]:
    """What keeps the app's catalogue from being complete and current, a sentence each."""
    wanted, own = extract(app), read(catalogue_path(app))
    found = []
    for message in wanted:
        known = own.get(_first(message.id), message.context) if message.id else None
        where = f"{app}: {_first(message.id)!r}"
        if message.id and known is None:
            found.append(f"{where} is not in the catalogue")
        elif message.id and not _filled(known):
            found.append(f"{where} is not translated")
    for message in own:
        where = f"{app}: {_first(message.id)!r}"
        if message.id and wanted.get(_first(message.id), message.context) is None:
            found.append(f"{where} is no longer shown")
        if message.id and message.fuzzy:
            found.append(f"{where} is marked fuzzy")
        if message.id and not _places_fit(message):
            found.append(f"{where} has other %(places)s than its translation")
    return found


def _places_fit(message: Message) -> bool:
    wanted = set(PLACE.findall(_listed(message.id)[-1]))
    return all(set(PLACE.findall(string)) == wanted for string in _listed(message.string) if string)


def compile_app(app: str) -> int:
    """Write the compiled files that are older than their source; returns how many."""
    source = catalogue_path(app)
    overrides = PACKAGE / app / "locale" / "zh_Hant" / "LC_MESSAGES" / "overrides.po"
    newest = max((p.stat().st_mtime for p in (source, overrides) if p.exists()), default=0.0)
    simplified, traditional = source.with_suffix(".mo"), overrides.with_name("django.mo")
    targets = [simplified, traditional]
    if not source.exists() or all(t.exists() and t.stat().st_mtime > newest for t in targets):
        return 0
    catalogue = read(source)
    _write_mo(simplified, catalogue)
    _write_mo(traditional, in_traditional(catalogue, read(overrides)))
    return 2


def _write_mo(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A server that starts meanwhile must not read half a file.
    unfinished = path.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(path)


def in_traditional(catalogue: Catalog, overrides: Catalog) -> Catalog:
    """繁體 by OpenCC's s2tw, character by character (s2twp would turn 项目 into 專案)."""
    from opencc import OpenCC  # noqa: PLC0415 - loads dictionaries

    convert = OpenCC("s2tw").convert
    result = Catalog(locale="zh_Hant")
    for message in catalogue:
        if message.id:
            over = overrides.get(_first(message.id), message.context)
            strings = _listed(over.string if over else message.string)
            converted = tuple(strings if over else (convert(s) for s in strings))
            string = converted if isinstance(message.id, tuple) else converted[0]
            result.add(message.id, string, context=message.context)
    return result
