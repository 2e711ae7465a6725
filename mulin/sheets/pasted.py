"""Turns text pasted from a chat or a spreadsheet into grids."""

import csv
import io
import re

from mulin.hanzi import fold
from mulin.sheets.headings import recognised
from mulin.sheets.reading import Grid

_NUMBERED = re.compile(
    r"^\s*(?:\d{1,3}(?:[.．](?!\d)|[、)）])|[(（]\d{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、|[-*•·])\s*"
)
_PAIR = re.compile(r"(?:^|[；;\n])\s*(?P<key>[^：:；;\n，,]{1,10})[：:](?P<value>[^；;\n]*)")
_BLOCK = re.compile(r"【(?P<key>[^】]{1,10})】")
_CHAT = re.compile(r"^\S{1,20}[\s:：]+(?:\d{4}[-/.]\d+[-/.]\d+\s*)?\d{1,2}:\d{2}(?::\d{2})?$")


def grids_of(text: str, *, name: str = "") -> list[Grid]:
    """Return `text` as grids: tabs, bars, pairs like "单位：…；需求：…", or numbered lines."""
    lines = [line.rstrip() for line in text.replace("\r", "").split("\n")]
    if sum("\t" in line for line in lines) >= 2:
        return [Grid(name, _tabs(text, lines), file=name)]
    if sum(line.count(",") + line.count("，") >= 2 for line in lines) >= 2 and _is_listed(lines):
        return [Grid(name, [re.split("[,，]", line) for line in lines], file=name)]
    if sum(line.count("|") >= 2 for line in lines) >= 2:
        return [Grid(name, [_bars(line) for line in lines], file=name)]
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


def _records(lines: list[str]) -> list[dict[str, str]]:
    records: list[dict[str, str]] = []
    for line in lines:
        plain = _BLOCK.sub(lambda m: f"；{m['key']}：", _NUMBERED.sub("", line))
        plain = re.sub(r"[：:]\s*[：:]", "：", plain)
        pairs = [(m["key"].strip(), m["value"].strip()) for m in _PAIR.finditer(plain)]
        known = [(k, v) for k, v in pairs if recognised(k)]
        if not known:
            continue
        if not records or any(k in records[-1] for k, _ in known):
            records.append({})
        records[-1].update(known)
    return records


def _lines(lines: list[str], name: str) -> Grid:
    kept = [line for line in lines if line.strip() and not _CHAT.match(line)]
    numbered = [line for line in kept if _NUMBERED.match(line)]
    rows: list[list[str]] = []
    unit = ""
    for line in kept:
        head = re.fullmatch(r"(?P<unit>\S{2,20})[：:]\s*", line)
        if numbered and not _NUMBERED.match(line):
            unit = head["unit"] if head else unit
            continue
        bare = _NUMBERED.sub("", line)
        own = re.match(
            r"(?P<unit>\S{2,16}(?:社区|社區|学校|小学|公司|局|街道|支部|医院|银行|物业|中心))[：:](?P<rest>.+)",
            bare,
        )
        rows.append([own["unit"], own["rest"].strip()] if own else [unit, bare])
    title = [line for line in kept if line not in numbered][:1] if numbered else []
    kind = "资源名称" if any("资源" in fold(t) for t in title) else "需求内容"
    return Grid(name, [*([t] for t in title), ["单位", kind], *rows], file=name)
