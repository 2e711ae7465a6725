"""Single sign-on against a small provider of its own, configured as an operator does it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from mulin.accounts.models import Person
from mulin.config.settings import _single_sign_on

LOGIN = "/sign-in/oidc/oidc/login/"
pytestmark = pytest.mark.django_db


class Provider(ThreadingHTTPServer):
    """Vouches for `claims`; keeps what it was asked for a token with."""

    claims: dict
    asked: dict

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def documents(self) -> dict[str, dict]:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        config = {f"{name}_endpoint": f"{self.url}/{end}" for name, end in ends.items()}
        issued = {"iss": self.url, "aud": "mulin", **self.claims}
        token = jwt.encode(issued, "k" * 32, "HS256")
        return {
            "/.well-known/openid-configuration": config
            | {"issuer": self.url, "jwks_uri": f"{self.url}/keys"},
            "/token": {"access_token": "a", "token_type": "Bearer", "id_token": token},
            "/userinfo": self.claims,
        }


class Desk(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        body = json.dumps(self.server.documents()[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked = parse_qs(self.rfile.read(length).decode())
        self.do_GET()

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def provider(monkeypatch, settings) -> Iterator[Provider]:
    with Provider(("127.0.0.1", 0), Desk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("MULIN_OIDC_SERVER", server.url)
        monkeypatch.setenv("MULIN_OIDC_NAME", "区政务")
        monkeypatch.setenv("MULIN_OIDC_CLIENT", "mulin")
        monkeypatch.setenv("MULIN_OIDC_SECRET", "hush")
        settings.SOCIALACCOUNT_PROVIDERS = _single_sign_on()
        server.claims = {"sub": "7", "email": "Lin@Example.org", "email_verified": True}
        yield server
        server.shutdown()


def arrive(client: Client, **changed: str) -> tuple[str, str | None]:
    """Go to the provider and come back: the address led to, and who is signed in then."""
    there = urlsplit(client.post(LOGIN).url)
    back = {"code": "c", "state": parse_qs(there.query)["state"][0]} | changed
    answer = client.get(f"{LOGIN}callback/", back)
    return answer.get("Location", ""), client.session.get("_auth_user_id")


def test_sign_in_page_offers_it_by_name(client, provider):
    page = client.get(reverse("account_login")).content.decode()
    assert (f'href="{LOGIN}' in page, "区政务" in page) == (True, True)


def test_known_verified_address_signs_in(client, provider, lin):
    first = arrive(client)
    client.logout()
    provider.claims = {"sub": "7", "email": "new@example.org", "email_verified": False}
    assert [first, arrive(client)] == [(reverse("home:desk"), str(lin.pk))] * 2


def test_exchange_is_bound_to_who_began_it(client, provider, lin):
    arrive(client)
    assert (provider.asked["client_secret"], len(provider.asked["code_verifier"][0]) > 40) == (
        ["hush"],
        True,
    )
    client.logout()
    assert arrive(client, state="forged")[1] is None


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "lin@example.org", "email_verified": False},
        {"email": "lin@example.org"},
        {"email": "nobody@example.org", "email_verified": True},
        {"email_verified": True},
        {},
    ],
)
def test_unknown_and_unverified_addresses_are_refused_with_a_reason(client, provider, lin, claims):
    provider.claims = {"sub": "8", **claims}
    assert arrive(client) == (reverse("account_login"), None)
    page = client.get(reverse("account_login")).content.decode()
    assert ("这里没有用这个邮箱的账号" in page, Person.objects.count()) == (True, 1)


def test_person_who_left_is_refused(client, provider, lin):
    arrive(client)
    client.logout()
    Person.objects.update(is_active=False)
    assert arrive(client)[1] is None


def test_address_of_two_people_is_refused(client, provider, lin):
    Person.objects.create_user("lin2", name="林", email="lin@example.org")
    assert arrive(client) == (reverse("account_login"), None)
