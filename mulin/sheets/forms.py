"""Reads forms: labels with their values beside them, or fields down the side and items across."""

import re

from mulin.hanzi import fold
from mulin.sheets.headings import candidates, recognised
from mulin.sheets.regions import Region, line_text, names_title

_LIKE_A_LABEL = re.compile(r"[^\d，。；,;:：（(、\s]{2,8}[:：]?")
_ORDINAL = re.compile(
    r"(?:需求|资源|项目|事项|心愿|活动|第)?(?:之)?[一二三四五六七八九十\d]{1,2}(?:项|号|条|个)?"
)


def form_lines(rows: list[list[str]]) -> list[int]:
    """Return the lines of the forms on a page, [] where it holds none."""
    if any(_all_headings(row) for row in rows):
        return []
    pairs = _all_pairs(rows)
    lines = [at for at, own in enumerate(pairs) if own and (own[0][1] or len(own) == 1)]
    labels = {candidates(k)[:1] for at in lines for k, v in pairs[at] if v}
    valued = [at for at in lines if any(v for _, v in pairs[at])]
    share = len(lines) >= 0.5 * sum(map(any, rows))
    enough = len(valued) >= 3 or (len(valued) == 2 and len(labels) >= 4)
    return lines if enough and len(labels) >= 3 and share else []


def forms(rows: list[list[str]], block: list[int]) -> list[Region]:
    """Return each form as a region of one line of headings and one of values."""
    above = [(i + 1, line_text(rows[i])) for i in range(block[0]) if any(rows[i])]
    across = _columns_of_items(rows, block)
    if across:
        return [_turned(rows, block, across, above)]
    found: list[Region] = []
    for record in _records(rows, block):
        keys = [key for key, _, _ in record]
        values = [value for _, value, _ in record]
        numbers = [record[0][2] + 1] * 2
        found.append(Region([keys, values], 0, 1, 2, above, numbers, built=True))
        above = []
    return found


def _turned(
    rows: list[list[str]], block: list[int], across: list[int], above: list[tuple[int, str]]
) -> Region:
    """Turn fields down the side into headings; a line that only counts the items is none."""
    index = next(i for i, c in enumerate(rows[block[0]]) if c)
    titled = sum(names_title(rows[at][index]) for at in block)
    lines = [
        at
        for at in block
        if titled < 2
        or not names_title(rows[at][index])
        or not all(_ORDINAL.fullmatch(fold(rows[at][i]) or "1") for i in across)
    ]
    keys = [rows[at][index] for at in lines]
    items = [[rows[at][i] for at in lines] for i in across]
    numbers = [lines[0] + 1, *(i + 1 for i in across)]
    return Region([keys, *items], 0, 1, 1 + len(items), above, numbers, built=True)


def _all_pairs(rows: list[list[str]]) -> list[list[tuple[str, str]]]:
    """Return each line's labels with what stands beside them, [] for a line that has none."""
    wide = [row for row in rows if len(_different(row)) >= 4]
    turns = sum(map(_takes_turns, wide)) * 2 >= len(wide)
    return [_pairs(row, turns=turns and _takes_turns(row)) for row in rows]


def _takes_turns(row: list[str]) -> bool:
    """Say whether every second cell is a label, an unknown one perhaps among them."""
    cells = _different(row)
    known = [recognised(cell.rstrip(":：")) for cell in cells[::2]]
    shaped = all(map(_LIKE_A_LABEL.fullmatch, cells[::2]))
    even = len(cells) >= 4 and len(cells) % 2 == 0
    return even and shaped and known[0] and sum(known) >= max(2, len(known) - 1)


def _pairs(row: list[str], *, turns: bool) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for place, cell in enumerate(_different(row)):
        label = cell.rstrip(":：")
        known = place % 2 == 0 if turns else recognised(label)
        if known and (not pairs or pairs[-1][1] or cell != label or turns):
            pairs.append((label, ""))
        elif not pairs:
            return []
        else:
            key, value = pairs[-1]
            pairs[-1] = (key, f"{value} {cell}".strip())
    return pairs


def _different(row: list[str]) -> list[str]:
    """Return the filled cells, those once that a merge repeats."""
    cells = [cell for cell in row if cell]
    return [cell for i, cell in enumerate(cells) if not i or cell != cells[i - 1]]


def _all_headings(row: list[str]) -> bool:
    texts = [c for c in row if c]
    return len(texts) >= 3 and sum(map(recognised, texts)) >= max(3, 0.8 * len(texts))


def _records(rows: list[list[str]], block: list[int]) -> list[list[tuple[str, str, int]]]:
    """Cut the lines of forms into forms: a label that comes again opens the next one."""
    records: list[list[tuple[str, str, int]]] = [[]]
    found = _all_pairs(rows)
    for at in block:
        pairs = found[at]
        if any(key == old for key, _ in pairs[:1] for old, _, _ in records[-1]):
            records.append([])
        records[-1] += [(key, value, at) for key, value in pairs]
    return [record for record in records if any(value for _, value, _ in record)]


def _columns_of_items(rows: list[list[str]], block: list[int]) -> list[int]:
    """Return the columns that each hold an item, where labels run down the side; else []."""
    firsts = [next(i for i, c in enumerate(rows[at]) if c) for at in block]
    pairs = _all_pairs(rows)
    if len(set(firsts)) != 1 or any(len(pairs[at]) > 1 for at in block):
        return []
    beside = range(firsts[0] + 1, len(rows[0]))
    held = [i for i in beside if sum(bool(rows[at][i]) for at in block) >= 0.6 * len(block)]
    return held if len(held) >= 2 else []
