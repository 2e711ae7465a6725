"""The public lists: only what is published, of alliances with a public page, without contacts."""

import pytest
from django.urls import reverse

from mulin.projects.models import Project
from tests.factories.things import make_item, make_project

pytestmark = pytest.mark.django_db
NAMES = ("home:public_needs", "home:public_resources", "home:public_projects")


def test_public_lists_show_published_rows_alone(client, cast):
    for state in ("published", "draft", "submitted", "returned", "withdrawn", "expired", "parked"):
        make_item(cast, title=f"需{state}", state=state, detail="不公开的细节", remark="备注")
    page = client.get(reverse("home:public_needs", args=["here"]))
    assert [item.title for item, _, _ in page.context["rows"]] == ["需published"]
    assert not {"不公开的细节", "备注", "Mei", "Lin"} & set(page.content.decode().split("<"))


def test_public_figures_open_as_many_rows_as_they_say(client, cast):
    for n in range(2):
        make_item(cast, title=f"需{n}")
        make_project(cast, number=f"X-{n}")
    make_item(cast, kind="resource")
    front = client.get(reverse("home:public_alliance", args=["here"])).context
    found = [client.get(reverse(name, args=["here"])).context["page"] for name in NAMES]
    counts = [page.paginator.count for page in found]
    assert [front["needs"], front["resources"], front["running"]] == counts == [2, 1, 2]


def test_public_projects_show_what_is_done_apart(client, cast):
    make_project(cast)
    url = reverse("home:public_projects", args=["here"])
    assert len(client.get(url, {"done": ""}).context["page"]) == 0
    Project.objects.update(state=Project.State.CLOSED)
    assert len(client.get(url, {"done": ""}).context["page"]) == 1
    assert len(client.get(url).context["page"]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_public_lists_are_hidden_with_the_alliance(client, cast, name):
    cast.alliance.is_public = False
    cast.alliance.save()
    assert client.get(reverse(name, args=["here"])).status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("page", ["0", "999", "x"])
def test_public_lists_bear_any_page(client, cast, name, page):
    make_item(cast)
    assert client.get(reverse(name, args=["here"]), {"page": page}).status_code == 200
