"""What residents say without signing in: a need for the coordinators to read first."""

import datetime
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mulin.alliance.models import Alliance, Organisation
from mulin.alliance.queries import members_of
from mulin.history.actions import record
from mulin.lists.models import Item
from mulin.sheets.personal import cut, is_name, shorten

A_DAY = datetime.timedelta(days=1)
MOST_A_DAY = 60
"""How many words of residents an alliance hears a day: what more comes would only be a flood."""
LONGEST, TITLE = 500, 40


@transaction.atomic
def hear_resident(alliance: Alliance, *, text: str, organisation: Organisation) -> Item:
    """Keep a resident's word as a need to be reviewed, without names, phones and identity numbers.

    organisation: the member it is about. Nobody is written to: it lies with what is to review.
    Raises ValidationError for an empty or too long word, a stranger's unit, or a full day.
    """
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    if not members_of(alliance).filter(pk=organisation.pk).exists():
        raise ValidationError(_("Choose one of the communities."))
    if heard_today(alliance) >= MOST_A_DAY:
        raise ValidationError(_("Very much has been said today. Please try again tomorrow."))
    words = _without_names(cut(_plain(text))[0])
    if not words or len(words) > LONGEST:
        raise ValidationError(_("Say it in a few sentences, at most 500 characters."))
    title = _title(words)
    item = Item.objects.create(
        alliance=alliance,
        kind=Item.Kind.NEED,
        organisation=organisation,
        title=title,
        detail=words if words != title else "",
        state=Item.State.SUBMITTED,
        is_residents=True,
    )
    record("said_by_resident", item, by=None, unit=organisation.name)
    return item


def heard_today(alliance: Alliance) -> int:
    """Words of residents in the last 24 hours."""
    said = Item.objects.filter(alliance=alliance, is_residents=True)
    return said.filter(created_at__gt=timezone.now() - A_DAY).count()


def _plain(text: str) -> str:
    """Without control and direction characters, which could hide what is written."""
    kept = (sign for sign in text if sign == "\n" or unicodedata.category(sign) not in HIDDEN)
    return "\n".join(" ".join(line.split()) for line in "".join(kept).splitlines()).strip()


def _without_names(words: str) -> str:
    """Those who introduce themselves, or sign, keep their family name alone."""
    lines = (shorten(line) if is_name(line) else line for line in words.split("\n"))
    return INTRODUCED.sub(_half_named, "\n".join(lines))


INTRODUCED = re.compile(
    r"(?P<cue>我是|我叫|我的名字是|本人(?:是|叫)?|署名[:：]?|[—－-]{1,2}\s*)(?P<name>[\u4e00-\u9fff]{2,4})"
)


def _half_named(found: re.Match[str]) -> str:
    for length in (3, 2, 4):
        name, rest = found["name"][:length], found["name"][length:]
        if len(name) == length and is_name(name):
            return f"{found['cue']}{shorten(name)}{rest}"
    return found[0]


HIDDEN = {"Cc", "Cf", "Co", "Cn", "Cs"}


def _title(words: str) -> str:
    """The first sentence, shortened where it runs on."""
    first = words.split("\n")[0]
    for mark in "。！？!?；;":
        first = first.split(mark)[0]
    first = first.strip() or words.split("\n")[0]
    return first if len(first) <= TITLE else f"{first[: TITLE - 1]}…"
