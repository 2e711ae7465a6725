"""What browsers may keep, and what a stranger can learn or bend while signing in."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from mulin.accounts import actions
from mulin.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def without_tokens(page: str) -> str:
    return re.sub(r"\b\w{64}\b", "", page)


def test_pages_of_signed_in_people_are_not_kept(client, lin):
    before = client.get("/a/nothing/").headers.get("Cache-Control")
    client.force_login(lin)
    after = client.get(reverse("accounts:profile"))["Cache-Control"]
    assert (before, after) == (None, "private, no-store")


def test_welcome_page_is_not_kept(client, db):
    mei = actions.add_person(username="mei", name="梅")
    answer = client.get(reverse("accounts:welcome", args=[actions.invite(mei)]))
    assert "no-store" in answer["Cache-Control"]


def test_signing_in_changes_the_session(client, lin):
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post(reverse("account_login"), {"login": "lin", "password": "a-long-password"})
    assert client.session.session_key != session.session_key


def test_tries_to_sign_in_are_limited(client, lin):
    told = []
    for word in ["wrong-password"] * 10 + ["a-long-password"]:
        client.post(reverse("account_login"), {"login": "lin", "password": word})
        told.append("_auth_user_id" in client.session)
    assert told == [False] * 11


def test_strangers_name_and_wrong_password_answer_alike(client, lin):
    answers = []
    for name in ("lin", "nobody"):
        words = {"login": name, "password": "wrong-password"}
        page = client.post(reverse("account_login"), words).content.decode()
        answers.append(without_tokens(page).replace(f'value="{name}"', ""))
    assert answers[0] == answers[1]


def test_forgotten_password_tells_nobody_who_has_an_account(client, lin):
    answers = [
        client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        for address in ("lin@example.org", "nobody@example.org")
    ]
    pages = [without_tokens(answer.content.decode()) for answer in answers]
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [["lin@example.org"]]


def test_link_to_a_new_password_leads_here_whatever_host_was_asked(client, lin, settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], "https://mulin.office:8443"
    client.post(
        reverse("account_reset_password"),
        {"email": "lin@example.org"},
        headers={"host": "evil.example"},
    )
    assert "https://mulin.office:8443/sign-in/password/reset/key/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


def test_forgotten_password_is_set_anew_once(client, lin):
    client.post(reverse("account_reset_password"), {"email": "lin@example.org"})
    path = re.search(r"/sign-in/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(path, follow=True).redirect_chain[-1][0]
    words = {"password1": "lamp-on-the-wall", "password2": "lamp-on-the-wall"}
    client.post(form, words)
    assert Person.objects.get().check_password("lamp-on-the-wall")
    client.session.flush()
    again = client.get(path, follow=True)
    assert 'name="password1"' not in again.content.decode()


def test_address_of_ones_own_stands_in_the_profile_alone(client, lin):
    client.force_login(lin)
    answer = client.post("/sign-in/email/", {"email": "other@x.test", "action_add": ""})
    assert answer.url == reverse("accounts:profile")


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", r"/\evil.example"])
def test_signing_in_never_leads_to_another_site(client, lin, there):
    words = {"login": "lin", "password": "a-long-password", "next": there}
    assert client.post(reverse("account_login"), words).url == reverse("home:desk")
