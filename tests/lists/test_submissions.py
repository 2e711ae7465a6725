"""A unit's answer to a round: rows carried forward, dropped, added, sent."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from mulin.lists.actions import (
    add_row,
    confirm_all_rows,
    confirm_row,
    drop_row,
    freeze_round,
    open_round,
    send_submission,
    undo_row,
)
from mulin.lists.actions.rounds import personal_path
from mulin.lists.models import Item
from mulin.lists.queries.submissions import last_rows


@pytest.fixture
def submission(world, tomorrow):
    collection = open_round(
        world.alliance, by=world.people["north"], title="征集", closes_on=tomorrow,
        organisations=[world.units["community"]],
    )  # fmt: skip
    return collection.submissions.get()


def states(submission) -> list[tuple[str, str]]:
    return list(submission.items.order_by("title").values_list("title", "state"))


def test_rows_in_hand_and_of_others_are_not_carried(world, submission):
    world.need(title="还缺")
    world.need(title="已认领", taken=1)
    world.need("neighbour", title="别人的")
    assert [row.title for row in last_rows(submission)] == ["还缺"]


def test_confirming_twice_carries_once_and_undo_forgets(world, submission):
    row, by = world.need(), world.people["community"]
    confirm_row(submission, row=row, by=by)
    confirm_row(submission, row=row, by=by, title="改了")
    carried = states(submission)
    undo_row(submission, row=row, by=by)
    assert (carried, states(submission)) == ([("改了", "draft")], [])


def test_sending_hands_in_what_holds_and_withdraws_what_does_not(world, submission):
    by = world.people["community"]
    world.need(title="甲"), world.need(title="乙")
    gone = world.need(title="丙")
    drop_row(submission, row=gone, by=by)
    confirmed = confirm_all_rows(submission, by=by)
    add_row(submission, by=by, kind=Item.Kind.NEED, title="丁")
    send_submission(submission, by=by)
    gone.refresh_from_db()
    sent = [title for title, state in states(submission) if state == "submitted"]
    assert (confirmed, sorted(sent), gone.state) == (2, ["丁", "乙", "甲"], "withdrawn")


def test_row_typed_but_not_added_goes_with_the_sending(world, submission, client):
    client.force_login(world.people["community"])
    typed = {"do": ["add", "send"], "kind": "need", "title": "补路灯", "quantity_text": "2盏"}
    client.post(reverse("lists:submission", args=[submission.pk]), typed)
    submission.refresh_from_db()
    assert (states(submission), bool(submission.sent_at)) == ([("补路灯", "submitted")], True)


def test_sending_nothing_new_needs_no_title(world, submission, client):
    client.force_login(world.people["community"])
    empty = {"do": ["add", "send"], "kind": "need", "title": "", "quantity_text": ""}
    client.post(reverse("lists:submission", args=[submission.pk]), empty)
    submission.refresh_from_db()
    assert (states(submission), bool(submission.sent_at)) == ([], True)


def test_unreadable_row_is_not_lost_in_the_sending(world, submission, client):
    client.force_login(world.people["community"])
    typed = {"do": ["add", "send"], "kind": "nonsense", "title": "补路灯"}
    page = client.post(reverse("lists:submission", args=[submission.pk]), typed)
    submission.refresh_from_db()
    assert (page.context["form"]["title"].value(), submission.sent_at) == ("补路灯", None)


def test_personal_link_speaks_its_persons_language(world, submission, client):
    person = world.people["community"]
    person.language = "en"
    person.save()
    address = personal_path(submission, person)
    heard = [client.get(address).headers["Content-Language"]]
    client.cookies["language"] = "zh-hant"
    heard.append(client.get(address).headers["Content-Language"])
    assert heard == ["en", "zh-hant"]


def test_nothing_is_taken_after_sending(world, submission):
    row, by = world.need(), world.people["community"]
    send_submission(submission, by=by)
    with pytest.raises(PermissionDenied):
        confirm_row(submission, row=row, by=by)


def test_frozen_round_takes_no_answers(world, submission):
    freeze_round(submission.round, by=world.people["north"])
    with pytest.raises(PermissionDenied):
        send_submission(submission, by=world.people["community"])


def test_row_of_another_unit_is_refused(world, submission):
    with pytest.raises(ValidationError):
        confirm_row(submission, row=world.need("neighbour"), by=world.people["community"])


def test_another_unit_cannot_answer(world, submission):
    with pytest.raises(PermissionDenied):
        confirm_row(submission, row=world.need(), by=world.people["neighbour"])
