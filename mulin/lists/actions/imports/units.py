"""Which member a written name means: whole name, short name, either script, or a choice."""

import re
from collections import defaultdict

from mulin.alliance.models import Organisation
from mulin.hanzi import bigrams, fold

ENDINGS = re.compile(
    "(社区居民委员会|社区居委会|居民委员会|居委会|街道办事处|街道党工委|党工委|社区党委|社区"
    "|街道|党委|党支部|委员会|有限责任公司|有限公司|公司|村委会)$"
)
CHOICES = 4


def stem(name: str) -> str:
    """A folded name without spaces, brackets and the ending that people leave out."""
    plain = re.sub(r"[\s()（）·.。、]", "", fold(name))
    short = ENDINGS.sub("", plain)
    return short if len(short) > 1 else plain


class Units:
    """The members one may import for, found by what a sheet calls them."""

    def __init__(self, members: list[Organisation], default: Organisation | None):
        self.default = default
        self.members = members
        self.by_id = {str(member.pk): member for member in members}
        self.whole: dict[str, list[Organisation]] = defaultdict(list)
        self.short: dict[str, list[Organisation]] = defaultdict(list)
        for member in members:
            parent = member.parent.name if member.parent else ""
            for name in {member.name, parent + member.name}:
                self.whole[re.sub(r"\s", "", fold(name))].append(member)
            self.short[stem(member.name)].append(member)
        self._known: dict[str, dict] = {}

    def cell(self, text: str, *, why: str = "") -> dict:
        """The unit cell of a text; the result is shared between rows, so copy before changing."""
        if text not in self._known:
            self._known[text] = self._settle(text.strip())
        found = dict(self._known[text])
        if why and found["state"] == "read":
            found |= {"state": "guessed", "why": why}
        return found

    def _settle(self, text: str) -> dict:
        if not text:
            return self._silent()
        exact = self.whole.get(re.sub(r"\s", "", fold(text)), [])
        if len(exact) == 1:
            return _unit(text, exact[0])
        near = exact or self.short.get(stem(text), []) or self._containing(stem(text))
        if len(near) == 1:
            return _unit(text, near[0], state="guessed", why="written_otherwise")
        if near:
            return _unknown(text, "several_units", near[:CHOICES])
        return _unknown(text, "no_such_unit", self._closest(text))

    def _silent(self) -> dict:
        if self.default:
            return _unit("", self.default)
        return _unknown("", "unit_missing", self.members[:CHOICES])

    def _containing(self, short: str) -> list[Organisation]:
        if len(short) < 2:
            return []
        return [
            member
            for known, members in self.short.items()
            for member in members
            if short in fold(member.name) or (len(known) > 1 and short.endswith(known))
        ]

    def _closest(self, text: str) -> list[Organisation]:
        wanted = set(bigrams(fold(text))) | set(stem(text))
        scored = [
            (len(wanted & (set(bigrams(fold(m.name))) | set(stem(m.name)))), m)
            for m in self.members
        ]
        best = sorted((s for s in scored if s[0] > 1), key=lambda s: -s[0])
        likely = [member for _, member in best[:CHOICES]]
        if self.default and self.default not in likely:
            likely = [self.default, *likely][:CHOICES]
        return likely or self.members[: CHOICES - 1]


def _unit(text: str, unit: Organisation, *, state: str = "read", why: str = "") -> dict:
    value = {"id": str(unit.pk), "name": unit.name}
    return {"text": text, "value": value, "state": state, "why": why, "choices": []}


def _unknown(text: str, why: str, likely: list[Organisation]) -> dict:
    choices = [[str(unit.pk), unit.full_name] for unit in likely]
    return {"text": text, "value": None, "state": "rejected", "why": why, "choices": choices}
