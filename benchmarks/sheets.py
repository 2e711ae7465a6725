"""How well made sheets are read: cell-level precision and recall, cuts, time and memory.

python -m benchmarks.sheets [--json] [--show N] [--mess NAME] [--small]
"""

import argparse
import json
import random
import resource as limits
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.sheets_corpus import heldout, layouts
from benchmarks.sheets_corpus.contents import TODAY, Words, records
from benchmarks.sheets_corpus.drawn import drawn
from benchmarks.sheets_corpus.layouts import Draft, Made
from benchmarks.sheets_corpus.vocabularies import FIFTH, FOURTH, SIXTH
from benchmarks.sheets_corpus.writers import write
from benchmarks.sheets_corpus.written import written
from mulin.sheets import Cell, Due, Period, Quantity, Reading, read, read_safely, read_text

SEED, EACH = 20260301, 5
WORKBOOKS = ("xlsx", "xls", "ods")
# Written by hand before the reader was run on them; the last set is the one least tuned on.
BY_HAND = ("third", "fourth", "fifth")
DRAWN = {
    "fourth": ((11, 23, 37, 58, 71), FOURTH),
    "fifth": ((101, 204, 309, 416, 523), FIFTH),
    "sixth": ((1009, 2003, 3001, 4007, 5003), SIXTH),
}
FORMATS = ("xlsx", "docx", "csv", "xls", "pasted", "ods", "gb18030")
MERGING = ("xlsx", "docx", "xls", "ods", "xlsx")
BY_MESS = {
    "merged_down": MERGING,
    "two_headers": MERGING,
    "hidden": WORKBOOKS,
    "form": ("docx", "xlsx", "docx", "xls", "ods"),
}


def main() -> None:
    """Measure and print; the numbers are shown, never asserted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="wrong cells to print")
    parser.add_argument("--mess", default="", help="only this layout")
    parser.add_argument("--small", action="store_true", help="leave the large file out")
    parser.add_argument("--set", default="", help="only this set")
    args = parser.parse_args()
    result = {
        name: measure([one for one in made if args.mess in one.name], args.show)
        for name, made in _sets().items()
        if args.set in ("", name)
    }
    if not args.small:
        result["large"] = large()
    print(json.dumps(result, ensure_ascii=False, indent=None if args.json else 1))


def _sets() -> dict[str, list[Made]]:
    """Return every set of sheets by name, drawn ones first."""
    made = {
        "corpus": corpus(layouts.MESSES, layouts.COLUMN_SETS, Words()),
        "second": corpus(heldout.MESSES, heldout.COLUMN_SETS, heldout.WORDS),
    }
    sets = {name: list(sheets) for name, sheets in made.items()} | {n: written(n) for n in BY_HAND}
    for name, (seeds, words) in DRAWN.items():
        sheets = enumerate(drawn(seeds, words))
        sets.setdefault(name, [])
        sets[name] += [traditional(m) if i % 4 == 3 else m for i, m in sheets]
    return sets


def corpus(messes: dict[str, layouts.Mess], sets: dict[str, Any], words: Words) -> Iterator[Made]:
    """Draw every mess `EACH` times, over column sets, formats and scripts in turn."""
    for mess_at, (name, mess) in enumerate(messes.items()):
        chance = random.Random(SEED + mess_at)
        for turn in range(EACH):
            formats = BY_MESS.get(name, FORMATS)
            kind, columns = list(sets.values())[(turn + mess_at) % len(sets)]
            columns = heldout.shuffled(chance, columns) if turn % 2 else columns
            draft = Draft(chance, f"{name}{turn}", formats[(turn + mess_at) % len(formats)])
            draft.made.kinds.append(kind)
            mess(draft, kind, columns, records(chance, kind, 8, words))
            yield traditional(draft.made) if turn % 3 == 2 else draft.made


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


def _convert(text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


def traditional(made: Made) -> Made:
    """Return the sheet in traditional characters, its truth too."""
    sheets = [
        replace(s, lines=[[_convert(c) for c in line] for line in s.lines]) for s in made.sheets
    ]
    truth: list[Any] = [(*k, _convert(v) if isinstance(v, str) and k[3] != "due" else v)
             for *k, v in made.truth]  # fmt: skip
    return replace(
        made,
        sheets=sheets,
        truth=truth,
        secrets=[_convert(s) for s in made.secrets],
        lures=[_convert(s) for s in made.lures],
    )


def measure(made: list[Made], show: int) -> dict[str, Any]:
    """Return precision and recall overall, by field and by mess, and what was cut wrongly."""
    right, read_, true = Counter[str](), Counter[str](), Counter[str]()
    wrong: list[Any] = []
    cuts = Counter[str]()
    kinds = 0
    with tempfile.TemporaryDirectory() as folder:
        for one in made:
            reading = _read(one, Path(folder))
            found = Counter(_key(one, cell) for cell in _cells(one, reading))
            truth = Counter(_key(one, cell) for cell in one.truth)
            both = found & truth
            for counter, cells in ((right, both), (read_, found), (true, truth)):
                for cell, n in cells.items():
                    counter[cell[3]] += n
                    counter["mess " + (one.name.rstrip("0123456789"))] += n
            wrong += [(one.name, one.ending, "missed", c) for c in (truth - both)]
            wrong += [(one.name, one.ending, "false", c) for c in (found - both)]
            kinds += [t.kind for t in reading.tables] == one.kinds
            cuts += _cut_wrongly(one, reading)
    for line in wrong[:show]:
        print(*line)
    names = sorted(true)
    return {
        "sheets": len(made),
        "precision": _share(right, read_),
        "recall": _share(right, true),
        "by": {n: [_of(right[n], read_[n]), _of(right[n], true[n])] for n in names},
        "kinds_right": _of(kinds, len(made)),
        **cuts,
    }


def _of(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _share(part: Counter[str], whole: Counter[str]) -> float:
    fields = [name for name in {*part, *whole} if not name.startswith("mess ")]
    return _of(sum(part[n] for n in fields), sum(whole[n] for n in fields))


def _read(made: Made, folder: Path) -> Reading:
    path = write(made, folder)
    if made.ending == "pasted":
        return read_text(path.read_text(encoding="utf-8"), today=TODAY)
    return read(path, path.name, today=TODAY)


def _cells(made: Made, reading: Reading) -> Iterator[tuple[Any, ...]]:
    """Yield the cells read, but for contacts, which need not be kept, and open ones."""
    for table in reading.tables:
        sheet = table.where.split("!")[0] if made.ending in WORKBOOKS else ""
        for row in table.rows:
            for name, cell in row.cells.items():
                if name != "contact" and (sheet, row.row, name) not in made.open:
                    yield sheet, row.row, row.part, name, _value(cell)


def _value(cell: Cell) -> Any:
    value = cell.value
    if isinstance(value, Quantity):
        amount = None if value.amount is None else float(value.amount)
        return (amount, value.measure, value.about)
    if isinstance(value, Period):
        weekly = [(w["day"], w["from"], w["to"]) for w in value.weekly]
        return (value.starts_on, value.ends_on, weekly)
    return value.on if isinstance(value, Due) else value


def _key(made: Made, cell: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what makes two cells the same: line breaks and spaces in a text do not."""
    sheet, row, part, name, value = cell
    if isinstance(value, str):
        value = "".join(value.replace("\u200b", "").split())
    if name == "quantity" and value[0] is not None:
        value = (float(value[0]), *value[1:])
    place = ("", 0, 0) if made.loose else (sheet, row, part)
    return (*place, name, json.dumps(value, ensure_ascii=False))


def _cut_wrongly(made: Made, reading: Reading) -> Counter[str]:
    kept = json.dumps(reading.to_json(), ensure_ascii=False)
    plain = kept.replace("\\n", "\n").replace('\\"', '"')
    return Counter(
        secrets=len(made.secrets),
        secrets_left=sum(secret in plain for secret in made.secrets),
        ordinary=len(made.lures),
        ordinary_cut=sum(lure not in plain for lure in made.lures),
    )


def large() -> dict[str, Any]:
    """Read 10,000 rows of 12 columns in the limited child; seconds are wall time."""
    import openpyxl

    columns = [
        *("序号", "单位名称", "资源名称", "类别", "服务对象", "地点", "数量", "可提供时间"),
        *("使用条件", "责任单位", "完成时限", "备注"),
    ]
    names = "number unit title category serving place quantity period conditions owner due remark"
    chance = random.Random(SEED)
    pool = [r for kind in ("need", "project") for r in records(chance, kind, 30, Words())]
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Sheet1")
        sheet.append(columns)
        for number in range(10_000):
            record = pool[number % len(pool)]
            texts = {
                **record.texts,
                "number": str(number),
                "title": f"{record.texts['title']}{number}号",
            }
            sheet.append([texts[name] for name in names.split()])
        path = Path(folder) / "large.xlsx"
        book.save(path)
        started = time.perf_counter()
        reading = read_safely(path, name=path.name, today=TODAY, seconds=60)
        seconds = time.perf_counter() - started
    used = limits.getrusage(limits.RUSAGE_CHILDREN)
    rows = sum(len(table.rows) for table in reading.tables)
    return {
        "rows": rows,
        "seconds": round(seconds, 2),
        "child_processor_seconds": round(used.ru_utime + used.ru_stime, 2),
        "child_megabytes": used.ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
