"""Every address of ours × every role: what they get, and whether anything happened (+)."""

import logging

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from mulin.history.models import Event
from tests.access.addresses import addresses
from tests.access.table import TABLE
from tests.factories.things import make_things

ROLES = (None, "mei", "lin", "deng", "sun", "wang")
APPS = sorted({name.partition(":")[0] for name, _ in TABLE})
WORDS = {"token": "nonsense", "slug": "here"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast) -> list[Client]:
    made = [Client(raise_request_exception=False) for _ in ROLES]
    for client, role in zip(made, ROLES, strict=True):
        if role:
            client.force_login(getattr(cast, role))
    return made


@pytest.fixture(autouse=True)
def quiet(caplog) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")


def outcome(client: Client, method: str, url: str) -> str:
    """The status, `login` for being sent to sign in, with a + where history was written."""
    with transaction.atomic():
        before = Event.objects.count()
        answer = getattr(client, method)(url)
        acted = "+" if Event.objects.count() > before else ""
        transaction.set_rollback(True)
    to_login = answer.status_code == 302 and "/sign-in/login" in answer["Location"]
    return ("login" if to_login else str(answer.status_code)) + acted


@pytest.mark.parametrize("app", APPS)
def test_everybody_gets_what_the_table_says(cast, clients, app):
    things = {**make_things(cast), **WORDS}
    known = dict(addresses())
    found, declared = {}, {row: said for row, said in TABLE.items() if row[0].startswith(f"{app}:")}
    for name, method in declared:
        url = reverse(name, kwargs={word: things[what] for word, what in known[name].items()})
        found[name, method] = " ".join(outcome(client, method, url) for client in clients)
    assert found == declared


def test_every_address_stands_in_the_table():
    assert {name for name, _ in TABLE} == {name for name, _ in addresses()}


def test_signing_in_pages_break_for_nobody(clients):
    """allauth's own pages, which stand in no namespace: a page, a way elsewhere, or a refusal."""
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    broken = []
    for name in names:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        broken += [name for client in clients[:2] if client.get(url).status_code >= 500]
    assert broken == []
