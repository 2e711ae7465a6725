"""What changes an alliance: dates, rights, history and notices."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mulin.accounts.models import Person
from mulin.alliance.actions import groups, mechanism, memberships, organisations, posts, rotation
from mulin.alliance.models import Membership, Organisation, Post
from mulin.alliance.queries import acts_for, leading_side, mechanism_of, people_answering_for
from mulin.alliance.wording import heading_number
from mulin.history.models import Event
from mulin.notifications.models import Message

JUNE = date(2026, 6, 16)


def dates(rows) -> list[tuple]:
    return [(str(row), row.from_on, row.until_on) for row in rows]


def told() -> list[tuple[str, str]]:
    return sorted((m.person.username, m.key.split(":")[0]) for m in Message.objects.all())


def test_renaming_keeps_the_old_name_with_its_dates(cast):
    body = organisations.rename_organisation(
        cast.lane, by=cast.lin, alliance=cast.here, name="新社区", on=JUNE
    )
    assert (body.name, dates(body.names.all())) == (
        "新社区",
        [("一社区", None, date(2026, 6, 15)), ("新社区", JUNE, None)],
    )


def test_renaming_is_remembered(cast):
    organisations.rename_organisation(
        cast.lane, by=cast.lin, alliance=cast.here, name="新社区", on=JUNE
    )
    event = Event.objects.get()
    assert (event.verb, event.scope, event.words.by, event.words.details) == (
        "organisation_renamed", cast.here.pk, cast.lin, {"old": "一社区", "name": "新社区"},
    )  # fmt: skip


@pytest.mark.parametrize("on", [timezone.localdate() + timedelta(days=1), date(2026, 1, 1)])
def test_renaming_ahead_or_before_a_later_name_is_refused(cast, on):
    change = {"by": cast.lin, "alliance": cast.here}
    organisations.rename_organisation(cast.lane, name="新社区", on=JUNE, **change)
    with pytest.raises(PermissionDenied):
        organisations.rename_organisation(cast.lane, name="又一名", on=on, **change)


def test_code_is_dated(cast):
    change = {"by": cast.lin, "alliance": cast.here}
    organisations.give_code(cast.lane, code="1", on=date(2021, 1, 1), **change)
    organisations.give_code(cast.lane, code="2", on=date(2023, 1, 1), **change)
    assert dates(cast.lane.codes.order_by("code")) == [
        ("1", date(2021, 1, 1), date(2022, 12, 31)),
        ("2", date(2023, 1, 1), None),
    ]


def test_dissolving_ends_what_it_held_and_its_successor_acts(cast):
    heir = organisations.add_organisation(
        cast.here, by=cast.lin, kind="community", name="二社区", parent=cast.east.organisation
    )
    Post.objects.create(person=cast.mei, organisation=heir, role="liaison")
    body = organisations.dissolve_organisation(
        cast.lane, by=cast.lin, alliance=cast.here, on=JUNE, successor=heir
    )
    ended = [
        Membership.objects.get(organisation=body).until_on,
        Post.objects.get(organisation=body).until_on,
    ]
    assert (ended, body.acting(), acts_for(cast.mei, body)) == ([JUNE, JUNE], heir, True)


def test_side_is_not_dissolved(cast):
    with pytest.raises(PermissionDenied):
        organisations.dissolve_organisation(
            cast.east.organisation, by=cast.lin, alliance=cast.here, on=JUNE
        )


def test_successors_cannot_lead_in_a_circle(cast):
    heir = Organisation.objects.create(
        kind="community", name="二", parent=cast.lane.parent, dissolved_on=JUNE, successor=cast.lane
    )
    with pytest.raises(PermissionDenied):
        organisations.dissolve_organisation(
            cast.lane, by=cast.lin, alliance=cast.here, on=JUNE, successor=heir
        )


def test_admitting_twice_is_refused(cast):
    with pytest.raises(PermissionDenied):
        memberships.admit_member(
            cast.here, by=cast.lin, organisation=cast.lane, side=cast.east, from_on=JUNE
        )


def test_admitting_again_after_the_end_keeps_both(cast):
    first = Membership.objects.get(organisation=cast.lane)
    memberships.end_membership(first, by=cast.lin, until_on=date(2026, 1, 31))
    memberships.admit_member(
        cast.here, by=cast.lin, organisation=cast.lane, side=cast.east, from_on=JUNE
    )
    kept = Membership.objects.filter(organisation=cast.lane).order_by("pk")
    assert [(m.from_on, m.until_on) for m in kept] == [(None, date(2026, 1, 31)), (JUNE, None)]
    assert told() == [("mei", "member_admitted")]


def test_appointing_tells_the_person_and_twice_is_once(cast):
    new = {"alliance": cast.here, "by": cast.lin, "person": cast.hua, "role": "liaison"}
    given = [posts.appoint(cast.lane, from_on=JUNE, **new) for _ in range(2)]
    assert (given[0], told()) == (given[1], [("hua", "post_given")])


def test_coordinators_belong_to_sides(cast):
    with pytest.raises(PermissionDenied):
        posts.appoint(
            cast.lane, alliance=cast.here, by=cast.lin, person=cast.mei, role="coordinator",
            from_on=JUNE,
        )  # fmt: skip


def test_nobody_appoints_themselves_into_another_alliance(cast):
    memberships.admit_member(
        cast.here, by=cast.lin, organisation=cast.far.organisation, side=None, from_on=JUNE
    )
    with pytest.raises(PermissionDenied):
        posts.appoint(
            cast.far.organisation, alliance=cast.here, by=cast.lin, person=cast.lin,
            role="liaison", from_on=JUNE,
        )  # fmt: skip


def test_newcomer_has_a_post_and_no_password_and_gets_the_link(cast):
    post, token = posts.appoint_newcomer(
        cast.lane, alliance=cast.here, by=cast.lin, role="alternate", from_on=JUNE,
        name="新人", username="xin", email="xin@example.org",
    )  # fmt: skip
    person = Person.objects.get(username="xin")
    link = Message.objects.get(key__startswith="welcome:")
    assert (post.person, person.has_usable_password(), link.url, link.is_secret) == (
        person, False, f"/me/welcome/{token}/", True,
    )  # fmt: skip


def test_liaison_hands_over_from_a_day(cast):
    today = timezone.localdate()
    post = Post.objects.get(person=cast.mei)
    posts.hand_over_post(post, alliance=cast.here, by=cast.lin, to=cast.hua, on=today)
    held = Post.objects.filter(organisation=cast.lane).order_by("pk")
    assert [(p.person, p.from_on, p.until_on) for p in held] == [
        (cast.mei, None, today - timedelta(days=1)),
        (cast.hua, today, None),
    ]
    assert people_answering_for(cast.lane) == [cast.hua]


def test_group_members_come_and_go_with_dates(cast):
    group = groups.add_group(
        cast.here, by=cast.lin, name="围墙两边", kind="neighbours", members=[cast.lane]
    )
    member = groups.join_group(
        group, by=cast.hua, organisation=cast.west.organisation, from_on=JUNE
    )
    groups.leave_group(member, by=cast.lin, until_on=date(2026, 7, 1))
    assert dates(group.members.order_by("pk")) == [
        ("一社区", None, None),
        ("西街道", JUNE, date(2026, 7, 1)),
    ]


def test_place_moves_on_a_day(cast):
    place = groups.add_place(
        cast.here, by=cast.lin, name="建设七路", organisation=cast.east.organisation
    )
    groups.hand_place_to(place, by=cast.lin, organisation=cast.west.organisation, from_on=JUNE)
    assert [(str(j.organisation), j.from_on, j.until_on) for j in place.jurisdictions.all()] == [
        ("东街道", None, date(2026, 6, 15)),
        ("西街道", JUNE, None),
    ]


@pytest.fixture
def terms(cast):
    """East leads now; then west, east, west."""
    days = [timezone.localdate() - timedelta(days=30), date(2097, 6, 16), date(2098, 6, 16),
            date(2099, 6, 16)]  # fmt: skip
    return [rotation.plan_term(cast.here, by=cast.lin, starts_on=day) for day in days]


def order(cast) -> list[str]:
    return [str(term.side) for term in cast.here.terms.all()]


def test_terms_follow_the_order_of_the_sides(cast, terms):
    assert order(cast) == ["东街道", "西街道", "东街道", "西街道"]


def test_lead_moves_by_itself_on_the_day(cast, terms):
    days = [date(2097, 6, 15), date(2097, 6, 16)]
    assert [leading_side(cast.here, day) for day in days] == [cast.east, cast.west]


def test_skipping_moves_the_later_turns_forward(cast, terms):
    term = rotation.skip_term(terms[1], by=cast.lin, note="换届")
    assert (order(cast), term.note) == (["东街道", "东街道", "西街道", "东街道"], "换届")
    assert told() == [("hua", "rotation")]


def test_swapping_exchanges_two_terms(cast, terms):
    rotation.swap_terms(terms[1], by=cast.lin, other=terms[2], note="互换")
    assert order(cast) == ["东街道", "东街道", "西街道", "西街道"]


def test_a_term_that_began_stays(cast, terms):
    with pytest.raises(PermissionDenied):
        rotation.skip_term(terms[0], by=cast.lin, note="换届")
    with pytest.raises(PermissionDenied):
        rotation.swap_terms(terms[1], by=cast.lin, other=terms[0], note="互换")


def test_order_can_be_set(cast):
    rotation.set_order(cast.here, by=cast.lin, sides=[cast.west, cast.east])
    assert [str(side) for side in cast.here.sides.all()] == ["西街道", "东街道"]


def headings(cast) -> list[str]:
    return [f"{heading_number(h.path)}{h.node.heading}" for h in mechanism_of(cast.here)]


@pytest.fixture
def tree(cast):
    """Two headings, the first with two under it."""
    add = {"by": cast.lin}
    one = mechanism.add_heading(cast.here, heading="共建", **add)
    two = mechanism.add_heading(cast.here, heading="共治", **add)
    under = [mechanism.add_heading(cast.here, heading=h, parent=one, **add) for h in "甲乙"]
    return {"one": one, "two": two, "first": under[0], "second": under[1]}


def test_numbers_follow_from_the_order(cast, tree):
    assert headings(cast) == ["一、共建", "（一）甲", "（二）乙", "二、共治"]


def test_heading_moves_among_its_siblings(cast, tree):
    mechanism.move_heading(tree["two"], by=cast.lin, parent=None, position=0)
    assert headings(cast) == ["一、共治", "二、共建", "（一）甲", "（二）乙"]


def test_heading_moves_under_another(cast, tree):
    mechanism.move_heading(tree["first"], by=cast.lin, parent=tree["two"], position=9)
    assert headings(cast) == ["一、共建", "（一）乙", "二、共治", "（一）甲"]


def test_heading_cannot_stand_under_itself(cast, tree):
    with pytest.raises(PermissionDenied):
        mechanism.move_heading(tree["one"], by=cast.lin, parent=tree["first"], position=0)


def test_removing_takes_what_stands_under_it(cast, tree):
    mechanism.remove_heading(tree["one"], by=cast.lin)
    assert headings(cast) == ["一、共治"]


def test_rewriting_keeps_the_old_words_in_the_history(cast, tree):
    mechanism.rewrite_heading(tree["two"], by=cast.lin, heading="共享", text="新")
    details = Event.objects.get(verb="heading_rewritten").words.details
    assert details == {"old_heading": "共治", "old_text": ""}
