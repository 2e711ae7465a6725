"""Names lead somewhere: every link of every page of mulin opens for who sees it."""

import re

import pytest
from django.urls import reverse

from mulin.lists.actions.finding import put_in_search
from tests.factories.things import make_item, make_things

PAGES = ("home:desk", "home:alliance", "home:overview", "lists:needs", "lists:resources",
         "lists:review", "lists:rounds", "lists:proposals", "projects:projects",
         "alliance:charter", "alliance:groups", "alliance:places", "alliance:organisations",
)  # fmt: skip
THINGS = {"lists:item": "need", "projects:project": "project", "lists:round": "round",
          "alliance:organisation": "organisation"}  # fmt: skip
pytestmark = pytest.mark.django_db


def links(client, url: str) -> set[str]:
    """Addresses of our own that the page leads to, without their anchors."""
    page = client.get(url)
    assert (url, page.status_code) == (url, 200)
    found = re.findall(r'<a [^>]*href="(/[^"#]*)', page.content.decode())
    return {address.replace("&amp;", "&") for address in found}


@pytest.mark.parametrize("who", ["mei", "lin", "sun"])
def test_every_link_opens(cast, client, who):
    things = make_things(cast)
    put_in_search(make_item(cast, title="扶手", group_id=things["group"], place_text="示例广场"))
    client.force_login(getattr(cast, who))
    pages = [reverse(page) for page in PAGES if not (page == "lists:review" and who != "lin")]
    pages += [reverse(name, args=[things[thing]]) for name, thing in THINGS.items()]
    pages.append(reverse("home:search") + "?q=扶手")
    found = {address for page in pages for address in links(client, page)}
    broken = [address for address in sorted(found) if client.get(address).status_code >= 400]
    assert broken == []


@pytest.mark.parametrize(
    ("page", "thing"), [("lists:item", "need"), ("projects:project", "project")]
)
def test_names_of_units_lead_to_them(cast, client, page, thing):
    things = make_things(cast)
    client.force_login(cast.mei)
    wanted = reverse("alliance:organisation", args=[cast.member.pk])
    assert wanted in links(client, reverse(page, args=[things[thing]]))
