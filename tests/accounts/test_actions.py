"""Links and codes that answer one thing once, also among many at once."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from mulin.accounts import actions
from mulin.accounts.models import AnswerCode, AnswerLink, Person

THING = uuid.UUID(int=7)


def at_once(ask: Callable[[], object], *, threads: int = 8) -> list[object]:
    """What each of several threads is told; an SQLite in memory refuses instead of waiting."""

    def insist(_: int) -> object:
        try:
            for _attempt in range(10_000):
                try:
                    return ask()
                except OperationalError as error:
                    if "locked" not in str(error):
                        raise
        finally:
            connection.close()
        raise AssertionError("never got through")

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(insist, range(threads)))


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def check(code: str, *people: Person, thing: uuid.UUID = THING) -> Person | None:
    return actions.check_code(code, people=list(people), purpose="answer", subject=thing)


def test_link_is_stored_as_a_hash_only(lin):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    assert token not in str(AnswerLink.objects.values().get())


def test_link_is_found_for_its_purpose_only(lin):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    found = [actions.find_link(token, purpose=purpose) for purpose in ("answer", "welcome")]
    assert [link and link.person for link in found] == [lin, None]


def test_link_of_a_person_who_left_is_not_found(lin):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    Person.objects.update(is_active=False)
    assert actions.find_link(token, purpose="answer") is None


def test_link_is_used_once(lin):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    link = actions.find_link(token, purpose="answer")
    assert [actions.use_link(link), actions.use_link(link)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_link_is_used_once_among_many(lin):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    link = actions.find_link(token, purpose="answer")
    assert sorted(at_once(lambda: actions.use_link(link))) == [False] * 7 + [True]


@pytest.mark.parametrize("field", ["expires_at", "revoked_at"])
def test_link_that_is_over_is_not_used(lin, field):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    AnswerLink.objects.update(**{field: timezone.now() - timedelta(seconds=1)})
    link = actions.find_link(token, purpose="answer")
    assert (link.is_usable, actions.use_link(link)) == (False, False)


def test_code_is_taken_once(lin):
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    assert [check(f" {code} ", lin), check(code, lin)] == [lin, None]


@pytest.mark.django_db(transaction=True)
def test_code_is_taken_once_among_many(lin):
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    told = at_once(lambda: check(code, lin), threads=4)
    assert sorted(told, key=str) == [None, None, None, lin]


def test_code_ends_after_its_tries_even_when_right(lin):
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    tries = [check(wrong(code), lin) for _ in range(AnswerCode.MAX_TRIES)]
    assert [*tries, check(code, lin)] == [None] * (AnswerCode.MAX_TRIES + 1)


@pytest.mark.django_db(transaction=True)
def test_tries_are_counted_among_many(lin):
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    at_once(lambda: check(wrong(code), lin))
    assert (AnswerCode.objects.get().tries, check(code, lin)) == (AnswerCode.MAX_TRIES, None)


def test_code_counts_a_try_for_each_person_asked(lin):
    mei = Person.objects.create_user("mei", name="梅")
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    actions.issue_code(mei, purpose="answer", subject=THING)
    assert (check(wrong(code), lin, mei), [c.tries for c in AnswerCode.objects.all()]) == (
        None,
        [1, 1],
    )


def test_code_expires(lin):
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    AnswerCode.objects.update(expires_at=timezone.now())
    assert check(code, lin) is None


def test_new_code_ends_the_old(lin):
    old = actions.issue_code(lin, purpose="answer", subject=THING)
    new = actions.issue_code(lin, purpose="answer", subject=THING)
    assert ([check(old, lin)] if old != new else [None]) + [check(new, lin)] == [None, lin]


def test_code_fits_its_thing_only(lin):
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    assert check(code, lin, thing=uuid.UUID(int=8)) is None


def test_code_fits_its_people_only(lin):
    mei = Person.objects.create_user("mei", name="梅")
    code = actions.issue_code(lin, purpose="answer", subject=THING)
    assert check(code, mei) is None


def test_codes_are_limited_an_hour(lin):
    told = []
    for _ in range(6):
        told.append(actions.too_many_codes(lin))
        actions.issue_code(lin, purpose="answer", subject=THING)
    AnswerCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert [*told, actions.too_many_codes(lin)] == [False] * 5 + [True, False]


def test_invitation_replaces_the_earlier_one(db):
    mei = actions.add_person(username="mei", name="梅")
    tokens = [actions.invite(mei), actions.invite(mei)]
    links = [actions.find_link(token, purpose=actions.WELCOME) for token in tokens]
    assert [link.is_usable for link in links] == [False, True]


def test_invitation_is_not_made_for_who_has_a_password(lin):
    with pytest.raises(ValueError, match="without a password"):
        actions.invite(lin)


def test_first_password_needs_a_welcome_link(lin):
    token = actions.issue_link(lin, purpose="answer", subject=THING)
    link = actions.find_link(token, purpose="answer")
    assert not actions.choose_first_password(link, password="lamp-on-the-wall")
