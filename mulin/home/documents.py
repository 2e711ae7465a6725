"""Papers of home: the story of one thing as a table."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.documents.sheets import Sheet
from mulin.history.wording import Told
from mulin.web.templatetags.look import JOINER


def story_sheet(title: str, lines: Iterable[Told]) -> Sheet:
    """One row an event: when, what, in whose words, by whom."""
    rows = [
        [
            f"{timezone.localtime(line.on):%Y-%m-%d %H:%M}",
            # Word knows no joiners, and shows them as boxes.
            "\n".join([line.title, *(words for words, _url in line.lines)]).replace(JOINER, ""),
            line.quote,
            line.who,
        ]
        for line in lines
    ]
    printed = date_format(timezone.localtime(), "DATETIME_FORMAT")
    return Sheet(
        title=_("How it came about: %(title)s") % {"title": title},
        columns=[
            pgettext("column of a story", "When"),
            pgettext("column of a story", "What happened"),
            pgettext("column of a story", "In their words"),
            pgettext("column of a story", "Who"),
        ],
        rows=rows,
        note=_("From mulin, as of %(time)s") % {"time": printed},
    )
