"""Cuts personal details out of whole grids: by their columns, their labels and their wording."""

import re
from collections import Counter
from dataclasses import replace

from mulin.sheets.headings import candidates, is_person, is_private, normal, recognised
from mulin.sheets.identifiers import split_number
from mulin.sheets.layout import is_head
from mulin.sheets.personal import NAME, PHONE, cut, is_name, shorten
from mulin.sheets.reading import Cut, Grid

_KEPT = re.compile(
    r"^(?:合计|总计|小计|共计|注|备注|说明|填表|填报|审核|[一二三四五六七八九十]+、)"
)
_LONG = 20
# "居民" or "老人" alone in a line may be what an item says, not the label of a name.
_LABEL = re.compile(
    r"(?:姓名|名字|联络员|联系员|(?<!老)(?<!疾)人|者|电话|方式|手机|号码?|址|联系|户主)$"
)
# Columns that name no needy people; one of units does where its heading ends in "person".
_OFFICIALS = ("owner", "claimers", "title", "detail", "category", "place", "state", "serving")


def cut_grid(grid: Grid) -> tuple[Grid, list[Cut]]:
    """Return the grid without personal details, and what was cut from it."""
    pass_ = _Pass(grid)
    rows = [pass_.line(at, row) for at, row in enumerate(grid.rows)]
    name, found = cut(grid.name)
    pass_.counts += found
    cuts = [Cut(name, what, n) for what, n in sorted(pass_.counts.items())]
    return replace(grid, name=name, rows=rows, file=cut(grid.file)[0]), cuts


class _Pass:
    """One way down a grid: which columns hold people at this line, and what was cut so far."""

    def __init__(self, grid: Grid) -> None:
        self.counts: Counter[str] = Counter()
        self.headed = False
        self.private: set[int] = set()
        self.officials: set[int] = set()
        self.named = _columns_of_names(grid.rows)
        self.across = {(m[0], m[1]): m[3] for m in grid.merges if m[0] == m[2]}
        self.seen: dict[str, tuple[str, Counter[str]]] = {}

    def line(self, at: int, row: list[str]) -> list[str]:
        """Return one row cut."""
        heads = [i for i, c in enumerate(row) if c and len(c) <= 30 and recognised(c)]
        if len(heads) > 1 and is_head(row) and not self._alternates(row, heads):
            heads = sorted({*heads, *(i for i, c in enumerate(row) if c and is_person(c))})
            self._head(at, row, heads)
            return [c if i in heads else self._cut(c) for i, c in enumerate(row)]
        labelled = {i for i in heads if _is_private(row[i]) and _LABEL.search(normal(row[i]))}
        if self.headed and len(heads) * 2 < sum(map(bool, row)):
            labelled = set()
        if labelled and not self._is_form(row, labelled):
            self._head(at, row, heads)
            return [c if i in heads else self._cut(c) for i, c in enumerate(row)]
        return self._body(row, labelled)

    def _head(self, at: int, row: list[str], heads: list[int]) -> None:
        self.headed = True
        for index in heads:
            columns = range(index, self.across.get((at, index), index) + 1)
            self.private -= set(columns)
            self.officials -= set(columns)
            if _is_private(row[index]):
                self.private |= set(columns)
            elif _is_official(row[index]):
                self.officials |= set(columns)

    def _alternates(self, row: list[str], heads: list[int]) -> bool:
        """Say whether labels and values take turns, as in a form above which no headings stand."""
        filled = [i for i, cell in enumerate(row) if cell]
        return not self.headed and len(filled) > 2 and heads == filled[::2]

    def _is_form(self, row: list[str], labelled: set[int]) -> bool:
        """Say whether something stands right of the label, as in a form."""
        following = (next((c for c in row[i + 1 :] if c), "") for i in labelled)
        return any(text and not recognised(text) for text in following)

    def _body(self, row: list[str], labelled: set[int]) -> list[str]:
        kept, before, label = [], sum(self.counts.values()), False
        for index, cell in enumerate(row):
            if index in labelled:
                kept.append(cell)
                label = True
                continue
            if cell and recognised(cell) and label:
                label = False
            kept.append(self._cell(index, cell, label))
        self._cut_halves(kept)
        # A name beside a cut number is whose number it was.
        if sum(self.counts.values()) > before:
            for index, cell in enumerate(kept):
                if index not in self.officials and is_name(cell) and not recognised(cell):
                    kept[index] = shorten(cell)
                    self.counts[NAME] += 1
        return kept

    def _cut_halves(self, kept: list[str]) -> None:
        """Blank two neighbouring cells that hold one number between them."""
        for index in range(len(kept) - 1):
            first, second = kept[index], kept[index + 1]
            if first.isdigit() and second.isdigit() and (what := split_number(first, second)):
                kept[index] = kept[index + 1] = ""
                self.counts[what] += 1

    def _cell(self, index: int, cell: str, label: bool) -> str:
        if not cell:
            return cell
        if label or (index in self.private and len(cell) <= _LONG and not _KEPT.match(cell)):
            _, found = cut(cell)
            self.counts += found or Counter({PHONE if any(map(str.isdigit, cell)) else NAME: 1})
            return ""
        if index in self.named and is_name(cell) and index not in self.officials:
            self.counts[NAME] += 1
            return shorten(cell)
        return self._cut(cell)

    def _cut(self, cell: str) -> str:
        if not cell:
            return cell
        if cell not in self.seen:
            self.seen[cell] = cut(cell)
        text, found = self.seen[cell]
        if found:
            self.counts += found
        return text


def _is_official(heading: str) -> bool:
    meant = candidates(heading)
    if meant and meant[0][0] == "unit":
        return not re.search("[人者]$", normal(heading))
    return bool(meant) and meant[0][0] in _OFFICIALS


def _is_only_name(text: str) -> bool:
    return len(text) < 6 and is_name(text) and not recognised(text)


def _is_private(heading: str) -> bool:
    return (
        is_person(heading)
        or is_private(heading)
        or candidates(heading)[:1] == (("contact", 1.0),)
        or (bool(found := candidates(heading)) and found[0][0] == "contact")
    )


def _columns_of_names(rows: list[list[str]]) -> set[int]:
    """Return the columns that hold mostly people's names, whatever their heading says."""
    cells: dict[int, list[str]] = {}
    for row in rows:
        for index, cell in enumerate(row):
            if cell:
                cells.setdefault(index, []).append(cell)
    return {
        index
        for index, texts in cells.items()
        if sum(map(_is_only_name, different := set(texts))) >= max(2, 0.5 * len(different))
        and len(different) > 0.6 * len(texts)
    }
