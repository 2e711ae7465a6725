"""Founding an alliance from official divisions."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mulin.alliance.models import Alliance
from mulin.alliance.queries import charter_of

TREE = Path(__file__).parents[2] / "mulin/alliance/fixtures/qingshan_420107.json"
CODES = ["--side", "420107003", "--side", "420107004"]


@pytest.fixture
def divisions(db):
    call_command("load_divisions", str(TREE), verbosity=0)


def test_communities_join_with_their_street(divisions):
    call_command("found_alliance", "共同体", "--slug", "here", "--founded-on", "2022-06-16", *CODES)
    alliance = Alliance.objects.get()
    parts = [(str(part.side), len(part.members)) for part in charter_of(alliance)]
    assert (alliance.founded_on, parts) == (
        date(2022, 6, 16),
        [("新沟桥街道", 9), ("红钢城街道", 9), ("None", 0)],
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--slug", "a b", *CODES], "a b"),
        (["--slug", "here", "--side", "420107003"], "two sides"),
        (["--slug", "here", "--side", "420107003", "--side", "1"], "no organisation"),
    ],
)
def test_impossible_alliances_are_refused(divisions, words, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("found_alliance", "共同体", *words)
    assert Alliance.objects.count() == 0


def test_address_is_taken_once(divisions):
    words = ["found_alliance", "共同体", "--slug", "here", *CODES]
    call_command(*words)
    with pytest.raises(CommandError, match="already"):
        call_command(*words)
