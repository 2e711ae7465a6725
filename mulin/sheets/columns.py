"""Names the columns of one table, by their headings and, where these leave it open, by content."""

import re
from dataclasses import dataclass
from datetime import date

from mulin.hanzi import fold
from mulin.sheets.dates import is_soon, read_due, read_period
from mulin.sheets.guessing import is_body
from mulin.sheets.headings import candidates, is_dropped, is_private, normal
from mulin.sheets.quantities import is_measure, read_quantity
from mulin.sheets.reading import N_, Column

SURELY = N_("The heading was recognised.")
BY_CONTENT = N_("The heading was not recognised; the column was guessed from what it holds.")
_SAMPLE = 40
_DAY = date(2000, 1, 1)
_GENERIC = {"单位", "单位名称", "名称", "姓名", "部门", "党组织", "全称", "人员"}
# What these words say is less to the point than another column of the same meaning.
_FAINT = re.compile(
    r"^(?:所属|所在)?(?:街道|镇街|街镇|乡镇|网格)|^(?:所属|所在|隶属)|来源$|人$|领导$|资金|金额|预算|经费|面积"
)
_NAMES = re.compile(r"(?:名称|标题|简述|项目|事项)$")
_VAGUE = re.compile(r"若干.?|不限|不定|少量|大量|一批|适量|随时|按需|多.?|几.{1,2}|无|-|/|—")
_TIMES = re.compile(
    r"^(?:计划|要求|需求|需要|期望|希望|建议|拟定?)?(?:时间|日期|时限|期限|时间要求|时间安排|time|date)$"
)
_UNTIL = re.compile(
    r"前|底|末|截[止至]|之内|以内|尽快|^(?:20)?\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?$"
)
_ASKS = re.compile(r"^(?:需|需求|提出|诉求|申报|点单|受助|求助).*")
_GIVES = re.compile(r"^(?:供|供给|提供|资源|服务|支持|助力|供应).*")
_STANDS_IN = ("detail", "place", "category")


@dataclass(frozen=True)
class Named:
    """The columns of a table, and the column that holds the measures of its quantities."""

    columns: list[Column]
    measures: int | None = None


def name_columns(
    headings: dict[int, str], cells: dict[int, list[str]], changed: dict[int, str | None]
) -> Named:
    """Return what the columns are; `cells` are their contents, `changed` a person's choices.

    Each field goes to one column, the surest; what no field fits stays unnamed.
    """
    measures = _measure_column(headings, cells)
    meant = {i: _fitting(h, cells.get(i, [])) for i, h in headings.items() if i != measures}
    _part_sides(meant, headings)
    chosen: dict[int, tuple[str | None, float]] = {k: (v, 1.0) for k, v in changed.items()}
    _choose(meant, chosen)
    sure = dict.fromkeys(chosen, SURELY)
    if "title" not in {name for name, _ in chosen.values()}:
        _find_title(headings, cells, measures, chosen, sure)
        _choose(meant, chosen)
    columns = [
        Column(i, h, *chosen.get(i, (None, 0.0)), sure.get(i, SURELY if i in chosen else ""))
        for i, h in headings.items()
        if h
    ]
    return Named(columns, measures)


def _choose(
    meant: dict[int, list[tuple[str, float]]], chosen: dict[int, tuple[str | None, float]]
) -> None:
    taken = {name for name, _ in chosen.values() if name}
    scored = [(s, -i, i, name) for i, pairs in meant.items() for name, s in pairs]
    for score, _, index, name in sorted(scored, reverse=True):
        # Contacts may fill several columns: none of them is kept.
        if index not in chosen and (name not in taken or name == "contact"):
            chosen[index] = (name, round(min(score, 1.0), 2))
            taken.add(name)


def meanings(heading: str) -> tuple[tuple[str, float], ...]:
    """Return what a heading may mean: "认领方/单位" is about the claimer."""
    group, _, own = heading.rpartition("/")
    if group and normal(own) in _GENERIC:
        of_group = [pair for pair in candidates(group) if pair[0] in ("claimers", "owner", "unit")]
        if of_group:
            return tuple(of_group)
    return candidates(own) or candidates(heading)


def _fitting(heading: str, cells: list[str]) -> list[tuple[str, float]]:
    """Return the fields that heading and content allow, with 0..1 how well."""
    own = heading.rpartition("/")[2]
    if is_dropped(heading) or is_dropped(own):
        return []
    plain = normal(own) or normal(heading)
    less = 0.06 if _FAINT.search(plain) else -0.02 if _NAMES.search(plain) else 0.0
    found = [(name, score - less) for name, score in meanings(heading)]
    sample = cells[:_SAMPLE]
    if len(sample) > 1 and sample == [str(n) for n in range(1, len(sample) + 1)]:
        return [("number", 0.9)]
    if any(name in ("period", "due") for name, _ in found) and sample:
        found = [(_when(name, plain, sample), score) for name, score in found]
    if plain.endswith("来源") and sample and _share(sample, is_body) < 0.5:
        found = [pair for pair in found if pair[0] != "unit"]
    if len(sample) > 1 and _share(sample, _is_amount) < 0.34:
        found = [pair for pair in found if pair[0] != "quantity"]
    return found


def _when(name: str, plain: str, sample: list[str]) -> str:
    """Settle between the time that suits and the day by which: "时间" alone may mean either."""
    if name == "period" and _TIMES.match(plain) and _share(sample, _is_until) >= 0.5:
        return "due"
    if name == "due" and _share(sample, _recurs) >= 0.5:
        return "period"
    return name


def _share(cells: list[str], test: object) -> float:
    return sum(map(bool, map(test, cells))) / len(cells)  # type: ignore[call-overload]


def _is_amount(text: str) -> bool:
    return read_quantity(text).amount is not None or bool(_VAGUE.fullmatch(fold(text)))


def _is_until(text: str) -> bool:
    plain = fold(text).replace(" ", "")
    return bool(_UNTIL.search(plain)) and (
        is_soon(text) or read_due(text, today=_DAY).on is not None
    )


def _recurs(text: str) -> bool:
    return bool(read_period(text, today=_DAY).weekly)


def _measure_column(headings: dict[int, str], cells: dict[int, list[str]]) -> int | None:
    """Return the column of measure words beside the amounts: "数量 | 单位"."""
    for index, heading in headings.items():
        if normal(heading).endswith("单位") and (own := cells.get(index)):
            amounts = any(n == "quantity" for h in headings.values() for n, _ in candidates(h))
            if amounts and _share(own[:_SAMPLE], is_measure) >= 0.8:
                return index
    return None


def _part_sides(meant: dict[int, list[tuple[str, float]]], headings: dict[int, str]) -> None:
    """Where one column names who asks and another who gives, the giver took it."""
    units = [i for i, pairs in meant.items() if pairs and pairs[0][0] == "unit"]
    asks = [i for i in units if _ASKS.match(normal(headings[i]))]
    gives = [i for i in units if _GIVES.match(normal(headings[i])) and i not in asks]
    took = _took(units, headings)
    if took is not None:
        asks, gives = units, [took]
    if asks and gives and not any(p and p[0][0] == "claimers" for p in meant.values()):
        meant[gives[0]] = [("claimers", meant[gives[0]][0][1])]


def _took(units: list[int], headings: dict[int, str]) -> int | None:
    """Return the column of who took needs that a slip lists: "单位 | 报到社区 | 认领需求"."""
    plain = {i: normal(h) for i, h in headings.items()}
    taking = any(re.match("拟?认领.*(?:需求|项目|事项|岗位)", h) for h in plain.values())
    communities = [i for i in units if re.search("(?:社区|村)(?:名称)?$", plain[i])]
    others = [i for i in units if i not in communities]
    return others[0] if taking and communities and others else None


def _find_title(
    headings: dict[int, str],
    cells: dict[int, list[str]],
    measures: int | None,
    chosen: dict[int, tuple[str | None, float]],
    sure: dict[int, str],
) -> None:
    """Give a list the thing it lists: an unknown column of words, or else a known one."""
    fields = {name: i for i, (name, _) in chosen.items() if name}
    free = [
        i
        for i, h in headings.items()
        if h and i not in chosen and i != measures and not meanings(h)
        if _lists(h, cells.get(i, []))
    ]
    detail = fields.get("detail")
    if detail is not None and dict(meanings(headings[detail])).get("title", 0) >= 0.7:
        chosen[detail] = ("title", chosen[detail][1])
        return
    known = [fields[name] for name in _STANDS_IN if name in fields]
    stands_in = next((i for i in known if _varied(cells.get(i, []))), None)
    free = free if stands_in is None else [i for i in free if _length(cells[i]) >= 4]
    if free:
        longest = max(free, key=lambda i: (_length(cells[i]) >= 4, -i))
        chosen[longest], sure[longest] = ("title", 0.5), BY_CONTENT
    elif stands_in is not None:
        chosen[stands_in] = ("title", chosen[stands_in][1])


def _lists(heading: str, cells: list[str]) -> bool:
    """Say whether a column of unknown heading could be what the table lists."""
    if not cells or is_dropped(heading) or is_private(heading):
        return False
    words = [c for c in cells if not re.fullmatch(r"[\d\s.,:：/年月日-]+", c)]
    enough = len(words) >= 0.8 * len(cells) and _length(cells) >= 2
    return enough and _varied(cells)


def _varied(cells: list[str]) -> bool:
    return len(set(cells)) >= 0.6 * len(cells)


def _length(cells: list[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0.0
