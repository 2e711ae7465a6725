"""The geometry of the year's ring."""

import datetime

from mulin.web.rings import MIDDLE_X, MIDDLE_Y, RADIUS, Point, Ring, Segment, drawing, point_at

START, MIDDLE, END = (
    datetime.date(2023, 1, 1),
    datetime.date(2023, 7, 2),
    datetime.date(2024, 1, 1),
)


def ring(today: datetime.date) -> Ring:
    halves = (Segment("first", START, MIDDLE), Segment("second", MIDDLE, END))
    return Ring(starts_on=START, ends_on=END, today=today, segments=halves)


def test_ring_starts_at_the_top():
    assert point_at(0, RADIUS) == Point(MIDDLE_X, MIDDLE_Y - RADIUS, "middle")


def test_ring_runs_clockwise():
    assert point_at(0.25, RADIUS) == Point(MIDDLE_X + RADIUS, MIDDLE_Y, "start")


def test_segment_under_way_is_split_at_today():
    kinds = [stroke["kind"] for stroke in drawing(ring(datetime.date(2023, 9, 1)))["strokes"]]
    assert kinds == ["year-past", "year-past", "year-ahead"]


def test_ring_names_the_segment_under_way():
    assert drawing(ring(datetime.date(2023, 3, 1)))["title"] == "first"


def test_ring_leaves_out_the_month_beside_today():
    months = drawing(ring(datetime.date(2023, 9, 1)))["months"]
    assert [m["date"].month for m in months if not m["is_named"]] == [9]


def test_ring_keeps_the_first_and_the_last_name_apart():
    ends = [datetime.timedelta(days=days) for days in (15, 350)]
    parts = (
        Segment("first", START, START + ends[0]),
        Segment("long", START + ends[0], START + ends[1]),
        Segment("last", START + ends[1], END),
    )
    year = Ring(starts_on=START, ends_on=END, today=MIDDLE, segments=parts)
    anchors = [name["at"].anchor for name in drawing(year)["names"]]
    assert anchors == ["start", "middle", "end"]


def test_ring_marks_the_top_in_one_line_above_the_names():
    year = Ring(starts_on=START, ends_on=END, today=MIDDLE, segments=(), dates=((START, "x"),))
    (mark,) = drawing(year)["marks"]
    assert mark["leads_to"].y > mark["at"].y
