"""One's settings, the language, and the pages of signing in."""

import pytest
from django.urls import reverse

from mulin.accounts import actions
from mulin.accounts.models import Person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "登录"),
        ("account_reset_password", "密码重置"),
        ("account_signup", "账号由协调员开设"),
    ],
)
def test_entrance_pages_are_ours_and_chinese(client, name, heading):
    page = client.get(reverse(name)).content.decode()
    assert (heading in page, 'class="masthead"' in page, "<style" in page) == (True, True, False)


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_change_password", "更改密码"),
        ("mfa_index", "双因素认证"),
        ("mfa_list_webauthn", "安全密钥"),
        ("account_reauthenticate", "确认访问"),
        ("accounts:profile", "我的账号"),
    ],
)
def test_signed_in_pages_are_ours_and_chinese(client, lin, name, heading):
    client.force_login(lin)
    page = client.get(reverse(name), follow=True).content.decode()
    assert ('class="masthead"' in page, "<style" in page) == (True, False)


def test_signing_in_by_name_and_by_address(client, lin):
    results = []
    for login in ("lin", "lin@example.org", "LIN"):
        client.logout()
        words = {"login": login, "password": "a-long-password", "next": "/me/"}
        client.post(reverse("account_login"), words)
        results.append(client.session.get("_auth_user_id"))
    assert results == [str(lin.pk)] * 3


def test_sign_in_refuses_a_wrong_password(client, lin):
    client.post(reverse("account_login"), {"login": "lin", "password": "another-password"})
    assert "_auth_user_id" not in client.session


def test_profile_saves_and_this_device_follows(client, lin):
    client.force_login(lin)
    answer = client.post(
        reverse("accounts:profile"),
        {"name": "林小", "email": "", "language": "en", "text_size": "large"},
    )
    lin.refresh_from_db()
    assert (lin.name, lin.email, lin.language, lin.text_size, lin.wants_email) == (
        "林小", "", "en", "large", False,
    )  # fmt: skip
    assert (answer.cookies["language"].value, answer.cookies["text_size"].value) == ("en", "large")


def test_language_of_a_stranger_is_a_cookie_and_leads_back(client):
    answer = client.post(
        reverse("accounts:set_language"), {"language": "zh-hant", "next": "/sign-in/login/"}
    )
    assert (answer.url, answer.cookies["language"].value) == ("/sign-in/login/", "zh-hant")


def test_language_never_leads_to_another_site(client):
    answer = client.post(
        reverse("accounts:set_language"), {"language": "en", "next": "https://evil.example/"}
    )
    assert answer.url == "/"


def test_way_back_is_no_name_of_an_address(client):
    words = {"language": "en", "next": "999"}
    assert client.post(reverse("accounts:set_language"), words).url == "999"


def test_language_of_a_person_is_kept(client, lin):
    client.force_login(lin)
    client.post(reverse("accounts:set_language"), {"language": "en"})
    assert Person.objects.get(pk=lin.pk).language == "en"


def test_unknown_language_and_size_are_refused(client):
    answers = [
        client.post(reverse("accounts:set_language"), {"language": "xx"}),
        client.post(reverse("accounts:set_text_size"), {"size": "huge"}),
    ]
    assert [answer.status_code for answer in answers] == [400, 400]


def test_welcome_link_sets_the_first_password_once(client, db):
    person = actions.add_person(username="mei", name="梅")
    address = reverse("accounts:welcome", args=[actions.invite(person)])
    words = {"new_password1": "lamp-on-the-wall", "new_password2": "lamp-on-the-wall"}
    answers = [client.get(address), client.post(address, words), client.post(address, words)]
    assert [answer.status_code for answer in answers] == [200, 302, 410]
    person.refresh_from_db()
    assert person.check_password("lamp-on-the-wall")


def test_welcome_refuses_a_strangers_token(client):
    assert client.get(reverse("accounts:welcome", args=["nothing"])).status_code == 404


def test_profile_takes_no_address_of_another(client, lin, django_user_model):
    django_user_model.objects.create_user("deng", name="邓", email="deng@x.test")
    client.force_login(lin)
    values = {"name": "林", "email": "Deng@x.test", "language": "", "text_size": "normal"}
    answer = client.post(reverse("accounts:profile"), values)
    lin.refresh_from_db()
    assert list(answer.context["form"].errors) == ["email"]
    assert lin.email != "Deng@x.test"


def test_menu_leads_to_the_profile(client, lin):
    client.force_login(lin)
    assert 'href="/me/"' in client.get(reverse("accounts:profile")).content.decode()
