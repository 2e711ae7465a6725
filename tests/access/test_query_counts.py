"""Pages of rows ask the database as often for five rows as for two."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.things import make_item, make_project

PAGES = ["home:desk", "home:alliance", "lists:needs", "lists:resources", "lists:review",
         "lists:proposals", "lists:why_not",
         "projects:projects", "notifications:inbox"]  # fmt: skip
pytestmark = pytest.mark.django_db


def fill(cast, rows: range) -> None:
    """A published need and resource, a need to review, and a project, for each row."""
    for n in rows:
        make_item(cast, title=f"需求{n}")
        make_item(cast, kind="resource", title=f"资源{n}")
        make_item(cast, title=f"待审{n}", state="submitted", published_at=None)
        make_project(cast, number=f"X-{n}")


def count(client: Client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(reverse(page))
    assert answer.status_code == 200
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_query_count_is_flat(cast, client, page):
    client.force_login(cast.lin)
    fill(cast, range(2))  # two, because like needs are only compared where there are some
    client.get(reverse(page))  # a first answer fills caches and settles the session
    two = count(client, page)
    fill(cast, range(2, 5))
    client.get(reverse(page))
    assert count(client, page) == two
