"""The template tags and filters every page is written with."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from mulin.web.moons import SHAPES, WORDS
from mulin.web.templatetags import look

YEAR = look.timezone.localdate().year
DATE = datetime.date(YEAR, 9, 28)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-hans", "9\u2060月\u206028\u2060日"), ("en", "28\u00a0Sep")],
)
def test_day_never_breaks(language, expected):
    with translation.override(language):
        assert look.day(DATE) == expected


def test_day_names_another_year():
    with translation.override("en"):
        assert look.day(datetime.date(2001, 2, 3)) == "3\u00a0Feb\u00a02001"


@pytest.mark.parametrize(("days_ago", "expected"), [(-3, 0), (0, 0), (9, 9)])
def test_days_late_counts_from_the_day_after(days_ago, expected):
    today = look.timezone.localdate()
    assert look.days_late(today - datetime.timedelta(days=days_ago)) == expected


@pytest.mark.parametrize(
    ("amount", "measure", "expected"),
    [(8800, "元", "8,800\u00a0元"), (1.50, "", "1.5"), (None, "元", ""), (100, "", "100")],
)
def test_quantity_groups_and_drops_zeros(amount, measure, expected):
    with translation.override("en"):
        assert look.quantity(amount, measure) == expected


@pytest.mark.parametrize(
    ("number", "shown", "tint"),
    [(None, "·", "heat-none"), (0, "0", ""), (7, "＋7", "more-4"), (-2, "－2", "less-2")],
)
def test_heat_prints_sign_and_tint(number, shown, tint):
    assert (look.signed(number), look.heat_class(number)) == (shown, tint)


def test_every_state_has_shape_and_word():
    assert SHAPES.keys() == WORDS.keys()


def test_seal_escapes_what_it_is_given():
    assert "<script>" not in look.seal("<script>")


def test_seal_follows_the_script():
    with translation.override("zh-hant"):
        assert ">資<" in look.seal("资")


@pytest.mark.parametrize(
    ("signed_in", "full", "expected"),
    [
        (True, False, '<a href="/alliance/organisations/{}/">东街第一社区</a>'),
        (True, True, '<a href="/alliance/organisations/{}/">东街街道 东街第一社区</a>'),
        (False, False, "东街第一社区"),
    ],
)
def test_unit_leads_to_its_page_for_who_is_signed_in(cast, rf, signed_in, full, expected):
    request = rf.get("/")
    request.user = cast.lin if signed_in else AnonymousUser()
    said = look.unit({"request": request}, cast.member, full=full)
    assert said == expected.format(cast.member.pk)


def test_unit_of_nobody_is_nothing():
    assert look.unit({}, None) == ""


def test_choices_mark_the_chosen_and_escape_words():
    found = look.choices([("", "全部"), (7, "<b>七</b>")], "7")
    assert found == (
        '<option value="">全部</option><option value="7" selected>&lt;b&gt;七&lt;/b&gt;</option>'
    )
