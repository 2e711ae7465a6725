"""Finds where tables lie in a grid: stacked, side by side, as forms, or without any heading."""

import re
from dataclasses import dataclass, field

from mulin.hanzi import fold
from mulin.sheets.headings import candidates, normal, recognised
from mulin.sheets.reading import Grid

_DITTO = re.compile(r"[〃″\"”“]{1,2}|同上|同前|同上行|-?[〃″\"”]-?")
_NUMERIC = re.compile(r"[\d.\s]+")


@dataclass
class Region:
    """One table's lines: all columns but its own are blank; `numbers` are its lines' sheet rows."""

    rows: list[list[str]]
    head: int
    deep: int
    end: int
    above: list[tuple[int, str]]
    numbers: list[int]
    left: int = 0
    built: bool = False
    repeats: set[int] = field(default_factory=set)


def filled(grid: Grid) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """Copy merged cells and "同上" down; return the rows, and which cells were copied.

    Never across: a title would fill a row.
    """
    width = max((len(r) for r in grid.rows), default=0)
    rows = [r + [""] * (width - len(r)) for r in grid.rows]
    copied: set[tuple[int, int]] = set()
    for top, left, bottom, _ in grid.merges:
        for line in range(top + 1, min(bottom + 1, len(rows))):
            copied.add((line, left))
            if left < width and not rows[line][left]:
                rows[line][left] = rows[top][left]
    for at in range(1, len(rows)):
        for index, text in enumerate(rows[at]):
            if text and len(text) < 4 and _DITTO.fullmatch(fold(text)) and rows[at - 1][index]:
                rows[at][index] = rows[at - 1][index]
                copied.add((at, index))
    return rows, copied


def regions(grid: Grid, rows: list[list[str]]) -> list[Region]:
    """Return the tables of the filled `rows` in reading order; [] where no heading was found."""
    if block := _form_lines(rows):
        return _forms(rows, block)
    heads = _headers(rows, grid)
    found = []
    for order, (head, deep, repeats) in enumerate(heads):
        before = heads[order - 1][0] + heads[order - 1][1] if order else 0
        first = _titles_from(rows, before if order else 0, head) if order else 0
        end = len(rows)
        if order + 1 < len(heads):
            after = heads[order + 1][0]
            end = _titles_from(rows, head + deep, after)
        above = [(i + 1, line_text(rows[i])) for i in range(first, head) if any(rows[i])]
        found += _apart(rows, head, deep, end, above, repeats)
    return found


def line_text(row: list[str]) -> str:
    """Return a row's different cells in one line."""
    return " ".join(dict.fromkeys(filter(None, row)))


def _titles_from(rows: list[list[str]], least: int, head: int) -> int:
    at = head
    while at > least and len({c for c in rows[at - 1] if c}) <= 1:
        only = line_text(rows[at - 1])
        if _NUMERIC.fullmatch(only or "x"):
            break
        at -= 1
    return at


def is_head(row: list[str]) -> bool:
    """Say whether a row reads as a row of headings."""
    texts = [c for c in row if c]
    known = sum(map(recognised, texts))
    if known < 2 or known * 2 < len(texts) or len({normal(c) for c in texts}) < 2:
        return False
    return not any(_NUMERIC.fullmatch(c) for c in texts)


def _headers(rows: list[list[str]], grid: Grid) -> list[tuple[int, int, set[int]]]:
    found: list[tuple[int, int, set[int]]] = []
    plain: list[str] = []
    for at, row in enumerate(rows):
        if not is_head(row):
            continue
        words = [normal(c) for c in row]
        if found and found[-1][0] + found[-1][1] == at and found[-1][1] == 1:
            found[-1] = (found[-1][0], 2, set())
            continue
        if found and words == plain and _titles_from(rows, 0, at) == at:
            found[-1][2].add(at)
            continue
        if found and not _starts_anew(rows, at, row):
            continue
        plain = words
        deep = 2 if at and _is_group(grid, rows, at) else 1
        found.append((at - deep + 1, deep, set()))
    return found


def _starts_anew(rows: list[list[str]], at: int, row: list[str]) -> bool:
    """A later row of headings stands alone or is nearly all headings, unlike an item of words."""
    texts = [c for c in row if c]
    known = sum(map(recognised, texts))
    apart = _titles_from(rows, 0, at) < at
    return (apart and known >= 2) or (known >= 3 and known >= 0.75 * len(texts))


def _is_group(grid: Grid, rows: list[list[str]], at: int) -> bool:
    """Say whether the row above groups headings: merged across, but not the whole width."""
    above = [m for m in grid.merges if m[0] == m[2] == at - 1 and m[3] > m[1]]
    width = sum(map(bool, rows[at]))
    return bool(above) and all(m[3] - m[1] + 1 < width for m in above)


def _apart(
    rows: list[list[str]],
    head: int,
    deep: int,
    end: int,
    above: list[tuple[int, str]],
    repeats: set[int],
) -> list[Region]:
    """Split tables that stand side by side: the same headings again beyond an empty column."""
    numbers = list(range(1, len(rows) + 1))
    cuts = _cuts(rows, head, deep, end)
    found = []
    for left, right in zip(cuts, [*cuts[1:], len(rows[0])], strict=True):
        lines = rows
        if len(cuts) > 1:
            lines = [
                [c if left <= i < right else "" for i, c in enumerate(r)] if head <= at < end else r
                for at, r in enumerate(rows)
            ]
        found.append(Region(lines, head, deep, end, above, numbers, left, repeats=repeats))
    return found


def _cuts(rows: list[list[str]], head: int, deep: int, end: int) -> list[int]:
    last = rows[head + deep - 1]
    cuts, seen = [0], set[str]()
    for index, cell in enumerate(last):
        word = normal(cell)
        empty = index and not any(rows[at][index - 1] for at in range(head, end))
        again = word in seen and any(names_title(c) for c in last[index:])
        if word and again and (empty or word == normal(last[cuts[-1]])):
            cuts.append(index)
            seen = set()
        seen.add(word)
    whole = [
        any(names_title(c) for c in last[a:b]) for a, b in zip(cuts, [*cuts[1:], None], strict=True)
    ]
    return cuts if all(whole) else [0]


def names_title(heading: str) -> bool:
    """Say whether a column of this heading could hold what is offered or asked."""
    return any(name in ("title", "detail") for name, _ in candidates(heading))


def _pairs(row: list[str]) -> list[tuple[str, str]]:
    """Return the labels of a line with what stands beside each; [] where it is no such line."""
    pairs: list[tuple[str, str]] = []
    for cell in filter(None, row):
        label = cell.rstrip(":：")
        if recognised(label) and (not pairs or pairs[-1][1] or cell != label):
            pairs.append((label, ""))
        elif not pairs:
            return []
        elif cell != pairs[-1][0]:
            key, value = pairs[-1]
            pairs[-1] = (key, f"{value} {cell}".strip())
    return pairs


def _form_lines(rows: list[list[str]]) -> list[int]:
    if any(_all_headings(row) for row in rows):
        return []
    lines = [
        at
        for at, row in enumerate(rows)
        if (pairs := _pairs(row)) and (pairs[0][1] or len(pairs) == 1)
    ]
    labels = {candidates(k)[:1] for at in lines for k, v in _pairs(rows[at]) if v}
    valued = [at for at in lines if any(v for _, v in _pairs(rows[at]))]
    share = len(lines) >= 0.5 * sum(map(any, rows))
    enough = len(valued) >= 3 or (len(valued) == 2 and len(labels) >= 4)
    return lines if enough and len(labels) >= 3 and share else []


def _all_headings(row: list[str]) -> bool:
    texts = [c for c in row if c]
    return len(texts) >= 3 and sum(map(recognised, texts)) >= max(3, 0.8 * len(texts))


def _forms(rows: list[list[str]], block: list[int]) -> list[Region]:
    above = [(i + 1, line_text(rows[i])) for i in range(block[0]) if any(rows[i])]
    across = _columns_of_items(rows, block)
    if across:
        index = next(i for i, c in enumerate(rows[block[0]]) if c)
        keys = [rows[at][index] for at in block]
        items = [[rows[at][i] for at in block] for i in across]
        numbers = [block[0] + 1, *(i + 1 for i in across)]
        return [Region([keys, *items], 0, 1, 1 + len(items), above, numbers, built=True)]
    found: list[Region] = []
    for record in _records(rows, block):
        keys = [key for key, _, _ in record]
        values = [value for _, value, _ in record]
        numbers = [record[0][2] + 1] * 2
        found.append(Region([keys, values], 0, 1, 2, above, numbers, built=True))
        above = []
    return found


def _records(rows: list[list[str]], block: list[int]) -> list[list[tuple[str, str, int]]]:
    """Cut the lines of forms into forms: a label that comes again opens the next one."""
    records: list[list[tuple[str, str, int]]] = [[]]
    for at in block:
        pairs = _pairs(rows[at])
        if any(key == old for key, _ in pairs[:1] for old, _, _ in records[-1]):
            records.append([])
        records[-1] += [(key, value, at) for key, value in pairs]
    return [record for record in records if any(value for _, value, _ in record)]


def _columns_of_items(rows: list[list[str]], block: list[int]) -> list[int]:
    """Return the columns that each hold an item, where labels run down the side; else []."""
    firsts = [next(i for i, c in enumerate(rows[at]) if c) for at in block]
    if len(set(firsts)) != 1 or any(len(_pairs(rows[at])) > 1 for at in block):
        return []
    beside = range(firsts[0] + 1, len(rows[0]))
    held = [i for i in beside if sum(bool(rows[at][i]) for at in block) >= 0.6 * len(block)]
    return held if len(held) >= 2 else []
