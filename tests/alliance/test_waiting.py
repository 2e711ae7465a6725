"""What a coordinator finds on the desk about the alliance itself."""

from datetime import timedelta

from django.utils import timezone

from mulin.alliance.actions import rotation
from mulin.alliance.models import Membership, Organisation
from mulin.alliance.queries import Standing
from mulin.alliance.waiting import waiting_for


def told(person) -> list[tuple[str, str]]:
    return [(str(task.title), str(task.detail)) for task in waiting_for(Standing(person))]


def test_units_without_anyone_are_named_to_their_side(cast):
    rotation.plan_term(cast.here, by=cast.lin, starts_on=timezone.localdate())
    school = Organisation.objects.create(
        kind="school", name="示例学校", parent=cast.east.organisation
    )
    Membership.objects.create(alliance=cast.here, organisation=school, side=cast.east)
    assert [told(cast.lin), told(cast.hua), told(cast.mei)] == [
        [("1 家单位还没有联络员", "示例学校")],
        [],
        [],
    ]


def test_next_term_is_asked_for_two_months_ahead(cast):
    today = timezone.localdate()
    term = rotation.plan_term(cast.here, by=cast.lin, starts_on=today - timedelta(days=304))
    early = told(cast.lin)
    type(term).objects.update(starts_on=today - timedelta(days=305))
    assert (early, [title for title, _detail in told(cast.lin)]) == ([], ["排下一任轮值"])
