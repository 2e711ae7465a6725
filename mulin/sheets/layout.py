"""Finds where tables lie in a grid: stacked, side by side, as forms, or without any heading."""

import re
from itertools import pairwise

from mulin.hanzi import fold
from mulin.sheets.forms import form_lines, forms
from mulin.sheets.headings import candidates, guessable, normal, recognised
from mulin.sheets.leftovers import is_page_line
from mulin.sheets.pivots import by_time, pivot
from mulin.sheets.reading import Grid
from mulin.sheets.regions import Region, line_text, names_title

_DITTO = re.compile(r"[〃″\"”“]{1,2}|同上|同前|同上行|-?[〃″\"”]-?")
_NUMERIC = re.compile(r"[\d.\s]+")


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
    if block := form_lines(rows):
        return forms(rows, block)
    if crossed := pivot(rows) or by_time(rows):
        return [crossed]
    heads = _headers(rows, grid) or _weak_header(rows)
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
    if known < 2 or len({normal(c) for c in texts}) < 2:
        return False
    if any(_NUMERIC.fullmatch(c) for c in texts):
        return False
    if known * 2 >= len(texts):
        return True
    counted = candidates(texts[0])[:1] == (("number", 1.0),)
    guessed = sum(map(guessable, texts))
    enough = (counted and known * 3 >= len(texts)) or guessed >= 0.8 * len(texts)
    return enough and all(map(_plausible, texts))


def _plausible(text: str) -> bool:
    """Say whether a cell could be a heading, if an unknown one: short, no number, no sentence."""
    return len(normal(text)) <= 16 and not re.search(r"\d|[。，；！？]", normal(text))


def _weak_header(rows: list[list[str]]) -> list[tuple[int, int, set[int]]]:
    """Find a row of unknown headings by what differs from the rows below it."""
    wide = [at for at, row in enumerate(rows) if sum(map(bool, row)) >= 2]
    if len(wide) < 2:
        return []
    at, below = wide[0], wide[1:]
    texts = [c for c in rows[at] if c]
    if not all(map(_plausible, texts)) or len(set(texts)) < len(texts):
        return []
    width = sum(map(bool, rows[below[0]]))
    guessed = sum(map(guessable, texts))
    if len(texts) < width or not (any(map(recognised, texts)) or guessed >= 2):
        return []
    counts = [sum(bool(re.search(r"\d", c)) for c in rows[i]) for i in below]
    told = guessed >= 0.75 * len(texts) and guessed >= 3
    return [(at, 1, set())] if told or min(counts) > 0 else []


def _headers(rows: list[list[str]], grid: Grid) -> list[tuple[int, int, set[int]]]:
    found: list[tuple[int, int, set[int]]] = []
    plain: list[str] = []
    for at, row in enumerate(rows):
        if not is_head(row):
            continue
        if found and at < found[-1][0] + found[-1][1]:
            continue
        words = [normal(c) for c in row]
        if found and found[-1][0] + found[-1][1] == at and found[-1][1] < 3:
            found[-1] = (found[-1][0], found[-1][1] + 1, set())
            continue
        if found and words == plain and _is_repeat(rows, at):
            found[-1][2].add(at)
            continue
        if found and not _starts_anew(rows, at, row):
            continue
        plain = words
        deep = 2 if at and _is_group(grid, rows, at) else 1
        below = 1 if _goes_on(rows, at) else 0
        found.append((at - deep + 1, deep + below, set()))
    return found


def _goes_on(rows: list[list[str]], at: int) -> bool:
    """Say whether the row below holds the headings of groups whose merges were lost.

    It fills columns that this row leaves blank, and besides only where a group begins.
    """
    upper, lower = rows[at], rows[at + 1] if at + 1 < len(rows) else []
    held = [i for i, c in enumerate(lower) if c]
    fills = [i for i in held if not upper[i]]
    if not fills or len(held) < 2 or not all(_plausible(lower[i]) for i in held):
        return False
    starts = [i for i in held if upper[i]]
    return all(i + 1 in fills for i in starts) and sum(
        guessable(lower[i]) for i in held
    ) * 2 >= len(held)


def _is_repeat(rows: list[list[str]], at: int) -> bool:
    """Say whether a row of headings comes again on a new page, not under a title of its own."""
    between = range(_titles_from(rows, 0, at), at)
    return all(not any(rows[i]) or is_page_line(line_text(rows[i])) for i in between)


def _starts_anew(rows: list[list[str]], at: int, row: list[str]) -> bool:
    """A later row of headings stands alone or is nearly all headings, unlike an item of words."""
    texts = [c for c in row if c]
    known = sum(map(recognised, texts))
    apart = _titles_from(rows, 0, at) < at
    return (apart and known >= 2) or (known >= 3 and known >= 0.75 * len(texts))


def _is_group(grid: Grid, rows: list[list[str]], at: int) -> bool:
    """Say whether the row above groups headings: merged across, but not the whole width.

    Where merges were lost, each heading stands in one of the two rows and groups begin above.
    """
    above = [m for m in grid.merges if m[0] == m[2] == at - 1 and m[3] > m[1]]
    width = sum(map(bool, rows[at]))
    upper, lower = rows[at - 1], rows[at]
    if above:
        named = all(_plausible(c) and not re.search("[:：]", c) for c in upper if c)
        return named and all(m[3] - m[1] + 1 < width for m in above)
    alone = [i for i, c in enumerate(upper) if c and not lower[i]]
    return (
        len([c for c in upper if c]) >= 3
        and len(alone) >= 1
        and sum(map(recognised, filter(None, upper))) >= 1
        and all(map(_plausible, filter(None, upper)))
    )


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
    if halves := _halves(rows, head, deep):
        return halves
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


def _halves(rows: list[list[str]], head: int, deep: int) -> list[int]:
    """Return where tables begin that stand side by side under a title each: "资源 | 需求"."""
    if deep < 2:
        return []
    upper, last = rows[head], rows[head + deep - 1]
    starts = [i for i, c in enumerate(upper) if c]
    if len(starts) < 2 or any(not c for c in last[starts[0] :]) or starts != _far(starts):
        return []
    parts = [last[a:b] for a, b in pairwise([*starts, len(last)])]
    titled = [any(names_title(c) for c in part) for part in parts]
    shared = set(map(normal, parts[0])) & set(map(normal, parts[1]))
    alike = [normal(c) for c in shared if names_title(c)]
    return [0, *starts[1:]] if all(titled) and alike else []


def _far(starts: list[int]) -> list[int]:
    return [i for i, after in pairwise([*starts, starts[-1] + 2]) if after - i >= 2]


def lines_of_head(region: Region, rows: list[list[str]], grid: Grid) -> list[list[str]]:
    """Return a table's lines of headings; a group's heading stands over each of its columns."""
    lines = [list(line) for line in rows[region.head : region.head + region.deep]]
    if region.deep < 2:
        return lines
    last = region.head + region.deep - 1
    across = [m for m in grid.merges if region.head <= m[0] <= m[2] < last and m[3] > m[1]]
    for top, left, _, right in across:
        line = lines[top - region.head]
        for index in range(left, min(right + 1, len(line))):
            line[index] = line[left]
    if not across:
        for index in range(1, len(lines[0])):
            if not lines[0][index] and lines[1][index]:
                lines[0][index] = lines[0][index - 1]
    return lines
