"""Splits cells that hold several items, and takes their numbering away."""

import re
from collections.abc import Callable

_CHINESE = "一二三四五六七八九十"
_OPEN = r"(?:^|(?<=[\s；;。，,、:：）)\n]))"


def _digit(text: str) -> int:
    return int(text)


def _chinese(text: str) -> int:
    if len(text) == 2:
        return 10 + _CHINESE.index(text[1]) + 1
    return _CHINESE.index(text) + 1


def _from(first: str) -> Callable[[str], int]:
    return lambda text: ord(text) - ord(first) + 1


# A style of numbering: how a mark looks, with its number, and how to count it.
_STYLES: list[tuple[re.Pattern[str], Callable[[str], int]]] = [
    (re.compile(pattern), count)
    for pattern, count in (
        (r"(?<![\d.])(\d{1,2})[.．](?![\d.])\s*", _digit),
        (r"(?<![\d.(（])(\d{1,2})[、)）]\s*", _digit),
        (rf"{_OPEN}(\d{{1,2}})[:：](?!\d)\s*", _digit),
        (r"[(（]\s*(\d{1,2})\s*[)）][、.．]?\s*", _digit),
        (r"([①-⑳])[、.．]?\s*", _from("①")),
        (r"([⑴-⒇])[、.．]?\s*", _from("⑴")),
        (r"([⒈-⒛])\s*", _from("⒈")),
        (r"([❶-❿])\s*", _from("❶")),
        (rf"{_OPEN}([{_CHINESE}]{{1,2}})[、.．]\s*", _chinese),
        (rf"[(（]([{_CHINESE}]{{1,2}})[)）][、.．]?\s*", _chinese),
        (rf"{_OPEN}([{_CHINESE}])是[:：,，]?\s*", _chinese),
        (rf"{_OPEN}其([{_CHINESE}])[,，、:：]?\s*", _chinese),
        (rf"{_OPEN}第([{_CHINESE}])[,，、:：]\s*", _chinese),
        (rf"{_OPEN}([A-Ha-h])[.、．)）]\s*", lambda text: ord(text.lower()) - ord("a") + 1),
    )
]
_BULLET = re.compile(r"^\s*(?:[●○•·◆◇■□▪★☆➢►▶√✓✔*]|[-—–](?!\d))\s*(?=\S)")
_ONE_MARK = re.compile(
    rf"^\s*(?:\d{{1,2}}[.、．)）](?![\d])|[(（](?:\d{{1,2}}|[{_CHINESE}])[)）]|[①-⑳]|[{_CHINESE}]、)\s*"
)
# A line that goes on from the one before it.
_GOES_ON = re.compile(r"^\s*[（(【\[及和与并等、，,；;。）)]")
_UNFINISHED = re.compile(r"[，,、：:（(—和及与的]\s*$")


def split_items(text: str) -> list[str]:
    """Return the items a cell holds, without their numbering; one where it holds one."""
    if len(text) < 3:
        return [text]
    for pieces in (
        *(_lines_counted(text), _numbered(text), _bulleted(text)),
        *(_by_line(text), _by_mark(text)),
    ):
        if len(pieces) > 1:
            return pieces
    bare = _ONE_MARK.sub("", text.replace("\n", "")).strip().rstrip("；;").strip()
    return [bare or text]


def split_alike(text: str, count: int, *, by_line: bool) -> list[str]:
    """Return the `count` pieces of a cell numbered as its neighbour's items are, else [].

    by_line: pieces on lines of their own count too, though unnumbered.
    """
    for pieces in (
        *(_lines_counted(text), _numbered(text), _bulleted(text)),
        _lines_counted(text, r"\s+"),
    ):
        if len(pieces) == count:
            return pieces
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if by_line and len(lines) == count:
        return lines
    parts = [part.strip() for part in re.split(r"[；;]", text) if part.strip()]
    return parts if by_line and len(parts) == count else []


def _numbered(text: str) -> list[str]:
    """Return the items after marks that count 1, 2, 3 in one style; [] where there are none."""
    found = max((_run(text, style) for style in _STYLES), key=len)
    if len(found) < 2:
        return []
    lead = text[: found[0][0]].strip()
    if lead and not re.search(r"[:：]$", lead) and len(lead) > 6:
        return []
    ends = [start for start, _ in found[1:]] + [len(text)]
    pieces = [_bare(text[end:stop]) for (_, end), stop in zip(found, ends, strict=True)]
    return pieces if all(pieces) else []


def _run(text: str, style: tuple[re.Pattern[str], Callable[[str], int]]) -> list[tuple[int, int]]:
    """Return where the marks of one style that count up from 1 begin and end."""
    pattern, count = style
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        if count(match[1]) == len(found) + 1:
            found.append(match.span())
    return found


def _lines_counted(text: str, mark: str = r"[.、．)）]\s*") -> list[str]:
    """Return lines that count 1, 2, 3, whatever follows: "1.2场" above "2.3次" is 2场, 3次."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    counted = [re.match(rf"{n}{mark}(?=\S)", line) for n, line in enumerate(lines, 1)]
    if len(lines) < 2 or not all(counted):
        return []
    return [_bare(line[m.end() :]) for line, m in zip(lines, counted, strict=True) if m]


def _bulleted(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(map(_BULLET.match, lines)):
        return [_bare(_BULLET.sub("", line)) for line in lines]
    return []


def _by_line(text: str) -> list[str]:
    """Return lines as items, unless they are one sentence that was wrapped."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    wrapped = any(map(_UNFINISHED.search, lines[:-1])) or any(map(_GOES_ON.match, lines[1:]))
    least = 2 if len(lines) > 2 else 3
    if wrapped or any(len(line) < least for line in lines) or _open_bracket(lines):
        return []
    return [_bare(line) for line in lines]


def _open_bracket(lines: list[str]) -> bool:
    return any(
        sum(map(line.count, "（(《“")) > sum(map(line.count, "）)》”")) for line in lines[:-1]
    )


def _by_mark(text: str) -> list[str]:
    pieces = [
        piece.strip() for piece in re.split(r"[；;]", text.replace("\n", "")) if piece.strip()
    ]
    return [_bare(p) for p in pieces] if all(len(p) > 1 for p in pieces) else []


def _bare(piece: str) -> str:
    return piece.replace("\n", "").strip().strip("；;。，,").strip()
