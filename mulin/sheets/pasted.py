"""Turns text pasted from a chat or a spreadsheet into grids."""

import csv
import io
import re

from mulin.hanzi import fold
from mulin.sheets.entries import FIELDS, entry
from mulin.sheets.headings import recognised
from mulin.sheets.reading import Grid

_NUMBERED = re.compile(
    r"^\s*(?:\d{1,3}(?:[、)）]|[.．](?!\d))|[(（]\d{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、|[-*•·●])\s*"
)
_KEY = re.compile(r"(?:^|(?<=[；;，,。\s]))(?P<key>[^：:；;，,。\s]{1,10})\s*[：:]")
_BLOCK = re.compile(r"【(?P<key>[^】]{1,10})】[：:]?")
_CHAT = re.compile(r"^\S{1,20}[\s:：]+(?:\d{4}[-/.]\d+[-/.]\d+\s*)?\d{1,2}:\d{2}(?::\d{2})?$")
_DASH = re.compile(r"(?<=[^\d\s])\s*(?:[-—–|/]|——)\s*(?=\S)")
_SPACES = re.compile(r"\s{2,}|\u3000+")


def grids_of(text: str, *, name: str = "") -> list[Grid]:
    """Return `text` as grids: tabs, bars, pairs like "单位：…；需求：…", or numbered lines."""
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n")]
    if sum("\t" in line for line in lines) >= 2:
        return [Grid(name, _tabs(text, lines), file=name)]
    if sum(line.count(",") + line.count("，") >= 2 for line in lines) >= 2 and _is_listed(lines):
        return [Grid(name, [re.split("[,，]", line) for line in lines], file=name)]
    if sum(line.count("|") >= 2 for line in lines) >= 2:
        return [Grid(name, [_bars(line) for line in lines], file=name)]
    if spaced := _spaced(lines):
        return [Grid(name, spaced, file=name)]
    records = _records(lines)
    if records:
        keys = list(dict.fromkeys(k for r in records for k in r))
        return [Grid(name, [keys, *([r.get(k, "") for k in keys] for r in records)], file=name)]
    return [_lines(lines, name)]


def _tabs(text: str, lines: list[str]) -> list[list[str]]:
    """Split pasted cells; a spreadsheet puts quotes around a cell of several lines."""
    try:
        rows = csv.reader(io.StringIO(text.replace("\r", "")), delimiter="\t", strict=True)
        return [[cell.strip() for cell in row] for row in rows]
    except csv.Error:
        return [[cell.strip() for cell in line.split("\t")] for line in lines]


def _is_listed(lines: list[str]) -> bool:
    """Say whether lines are cut by commas as a table, under a line of headings."""
    first = next((re.split("[,，]", line) for line in lines if line), [])
    return len(first) >= 2 and all(map(recognised, first))


def _bars(line: str) -> list[str]:
    if re.fullmatch(r"[\s|:\-]*", line):
        return []
    return [c.strip() for c in line.strip().strip("|").split("|")]


def _spaced(lines: list[str]) -> list[list[str]]:
    """Return lines cut at wide spaces where a line of headings comes first, else []."""
    rows = [_SPACES.split(line.strip()) for line in lines if line.strip()]
    head = next((at for at, row in enumerate(rows) if len(row) >= 3), None)
    if head is None or sum(map(recognised, rows[head])) < max(2, 0.7 * len(rows[head])):
        return []
    alike = [row for row in rows[head + 1 :] if len(row) == len(rows[head])]
    return rows if alike and len(alike) * 2 >= len(rows) - head - 1 else []


def _records(lines: list[str]) -> list[dict[str, str]]:
    """Return what stands behind known labels; a label that comes again opens the next record."""
    records: list[dict[str, str]] = []
    waiting = ""
    for line in lines:
        known = _labelled(line)
        if not known and waiting and line.strip():
            records[-1][waiting] = _NUMBERED.sub("", line).strip()
        if not known:
            waiting = ""
            continue
        if not records or any(k in records[-1] for k, _ in known):
            records.append({})
        records[-1].update(known)
        waiting = "" if known[-1][1] else known[-1][0]
    kept = [{k: v for k, v in record.items() if v} for record in records]
    # One label alone, as in "本月需求：", only introduces what follows.
    return [r for r in kept if r] if any(len(r) > 1 for r in kept) else []


def _labelled(line: str) -> list[tuple[str, str]]:
    """Return the known labels of a line with what follows each."""
    plain = _BLOCK.sub(lambda m: f"；{m['key']}：", _NUMBERED.sub("", line))
    keys = [m for m in _KEY.finditer(plain) if recognised(m["key"])]
    ends = [m.start() for m in keys[1:]] + [len(plain)] * bool(keys)
    return [
        (m["key"].strip(), plain[m.end() : stop].strip().strip("；;，,").strip())
        for m, stop in zip(keys, ends, strict=True)
    ]


def _dashed(lines: list[str]) -> list[list[str]]:
    """Return lines that dashes or bars cut into as many pieces each, else []."""
    rows = [_DASH.split(line.strip()) for line in lines if _DASH.search(line)]
    widths = {len(row) for row in rows}
    enough = len(rows) > 1 and len(rows) >= len(lines) - 2
    return rows if enough and len(widths) == 1 and min(widths) in (3, 4, 5) else []


def _lines(lines: list[str], name: str) -> Grid:
    """Return one row for each numbered line, or for each line where none is numbered."""
    kept = [line for line in lines if line.strip() and not _CHAT.match(line)]
    numbered = [line for line in kept if _NUMBERED.match(line)]
    found: list[dict[str, str]] = []
    unit = ""
    for line in kept:
        if numbered and not _NUMBERED.match(line):
            head = re.fullmatch(r"\s*(?:【)?(?P<unit>[^：:】\s]{2,20})(?:】)?\s*[：:]?\s*", line)
            named = head and re.search("[：:】]", line) and not recognised(head["unit"])
            unit = head["unit"] if head and named else unit
            continue
        own = entry(_NUMBERED.sub("", line).strip())
        found.append(({"unit": unit} if unit else {}) | own)
    first = kept.index(numbered[0]) if numbered else 0
    title = kept[:first][:3]
    if cut := _dashed([_NUMBERED.sub("", line) for line in numbered or kept]):
        above = title if numbered else [line for line in kept if not _DASH.search(line)][:3]
        return Grid(name, [*([t] for t in above), *cut], file=name)
    kind = "资源名称" if any("资源" in fold(t) for t in title) else "需求内容"
    headings = {**FIELDS, "title": kind}
    held = [f for f in headings if f in ("unit", "title") or any(f in row for row in found)]
    rows = [[row.get(f, "") for f in held] for row in found]
    return Grid(name, [*([t] for t in title), [headings[f] for f in held], *rows], file=name)
